"""The code that confirms an address: sent when the address is saved or at the wish of the resident, compared when it is keyed in."""

from dataclasses import replace

from onestop.forms.received_form import CHANCE, ArrivedForm, ReceivedForm
from onestop.forms.visit import Visit
from onestop.journeys.journey import Ask
from onestop.journeys.kind import Refused
from onestop.journeys.kinds.code import CONFIRMED, CodeKind
from onestop.journeys.values.answer import Answer, Answers
from onestop.journeys.values.recipient import Recipient
from onestop.language import Words
from onestop.messages.code_texts import CHECK_TEXTS, SENDING_TEXTS, unsent_text
from onestop.screen import Note, Run, Screen
from onestop.store.database import Transaction
from onestop.store.messages import confirmations
from onestop.store.tables.drafts import AnswerSaved, Draft


async def confirmed(tx: Transaction, form: ReceivedForm, ask: Ask, value: Answer | Refused) -> Answer | Refused:
    """Return the answer to store for the digits of a code, or why they are refused; every other answer as it is."""
    found = _code(form.visit, ask)
    if found is None or not isinstance(value, str):
        return value
    draft, of, recipient = found
    checked = await confirmations.check_code(tx, draft.id, of, recipient, value, form.visit.now)
    return {CONFIRMED: recipient.to} if checked == "right" else Refused(form.words(CHECK_TEXTS[checked]))


async def send_first_code(tx: Transaction, form: ReceivedForm, ask: Ask, before: Answers, saved: object) -> None:
    """Send a code to an address that was saved and is another one than `before`."""
    if (
        not ask.confirm
        or not isinstance(saved, AnswerSaved)
        or before.get(ask.name) == saved.draft.answers.get(ask.name)
    ):
        return
    recipient = ask.kind.recipient(saved.draft.answers.get(ask.name))
    if recipient:
        await confirmations.send_code(
            tx, saved.draft, ask.name, recipient, network=form.network, now=form.visit.now, chance=CHANCE, first=True
        )


async def resend(tx: Transaction, arrived: ArrivedForm) -> tuple[ReceivedForm, Ask | None, Refused | None]:
    """Send another code for the ask of a form; return why none was sent, if so."""
    form = await arrived.lock(tx)
    ask = form.visit.walk.ask_on_path(form.step.name)
    found = _code(form.visit, ask) if ask else None
    if ask is None or found is None:
        return form, None, None
    draft, of, recipient = found
    sending = await confirmations.send_code(
        tx, draft, of, recipient, network=form.network, now=form.visit.now, chance=CHANCE
    )
    return form, ask, None if sending == "sent" else Refused(form.words(SENDING_TEXTS[sending]))


async def with_note(tx: Transaction, screen: Screen, visit: Visit, ask: Ask, words: Words) -> Screen:
    """Return the question for a code with a warning, if none could be sent."""
    found = _code(visit, ask)
    if found is None:
        return screen
    draft, of, recipient = found
    if await confirmations.is_on_its_way(tx, draft.id, of, visit.now):
        return screen
    note = Note((Run(unsent_text(recipient, words)),), "warning")
    return replace(screen, blocks=(note, *screen.blocks))


def is_code(ask: Ask | None) -> bool:
    return ask is not None and isinstance(ask.kind, CodeKind)


def _code(visit: Visit, ask: Ask) -> tuple[Draft, str, Recipient] | None:
    """Return the draft, the ask that is confirmed and the recipient, if `ask` is for a code."""
    if not isinstance(ask.kind, CodeKind) or visit.draft is None or visit.draft.key is None:
        return None
    recipient = ask.kind.recipient_among(visit.walk.answers)
    return (visit.draft, ask.kind.of, recipient) if recipient else None
