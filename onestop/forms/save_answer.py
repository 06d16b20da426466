"""Save an answer and its photo in one transaction, with a new session and draft if there are none yet."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from onestop.forms.received_form import DraftGone, ReceivedForm
from onestop.journeys.journey import Ask
from onestop.journeys.values.answer import Answer, is_open, is_thin, items_of, still_open
from onestop.site.session_lifetime import DAY, session_lifetime
from onestop.store.database import Transaction
from onestop.store.tables import drafts, photos, sessions
from onestop.store.tables.drafts import AlreadySubmitted, AnswerConflict, AnswerSaved
from onestop.store.tables.editions import Edition
from onestop.store.tables.sessions import SentForm

CONTENT, PHOTO, JPEG = "content", "photo", "image/jpeg"


@dataclass(frozen=True, slots=True)
class SavedAnswer:
    """`outcome` is what the store did; `token` is the secret of a session that was begun, else empty. `begun` is whether this was the
    first answer of the draft.
    """

    outcome: AnswerSaved | AnswerConflict | AlreadySubmitted
    token: str
    begun: bool


async def save(tx: Transaction, form: ReceivedForm, ask: Ask, value: Answer) -> SavedAnswer:
    """Save one answer, of a visit whose draft this transaction has locked.

    Raises DraftGone, DraftMismatch or NetworkLimitReached, and then nothing was changed.
    """
    now, language = form.visit.now, form.words.language
    session, token = await _session(tx, form)
    before = await _draft(tx, form, session)
    draft, begun = before.id, before.revision == 0 and before.standing == "open"
    value = await _stored(tx, form, draft, ask, value)
    saved = await drafts.save_in(tx, before, ask.name, value, seen=form.body.number("seen"), now=now)
    if is_pictured(ask):
        # Erase photos that were replaced or removed, or that lost to another window's answer.
        await photos.keep_only(tx, draft, ask.name, set(_kept(saved.draft.answers.get(ask.name))))
    if saved.draft.language != language:
        await drafts.set_language(tx, session, draft, language, now)
    if form.visit.session and form.visit.session.stale(now):
        await sessions.touch(tx, form.visit.session, now)
    return SavedAnswer(saved, token, begun)


def is_pictured(ask: Ask) -> bool:
    """Return whether the answers are photos."""
    return ask.kind.is_file


async def _session(tx: Transaction, form: ReceivedForm) -> tuple[str, str]:
    """Return the session, and its secret if the browser must be given a new one."""
    known, who = form.visit.session, form.visit.visitor
    if known:
        return known.id, ""
    idle, whole = session_lifetime(form.means)
    sent = SentForm(who.secret, form.body.first("token"), who.form_key)
    token, made = await sessions.begin(tx, form.channel, form.visit.now, idle=idle, whole=whole, sent=sent)
    return made.id, token


async def _draft(tx: Transaction, form: ReceivedForm, session: str) -> drafts.Draft:
    """Return the draft the form names, else the open one; a new one if there is none. It is locked."""
    shown_for, own, now = form.body.first("draft"), form.visit.draft, form.visit.now
    if own and own.id == shown_for:
        return own
    draft = await drafts.lock(tx, shown_for, now) if shown_for else await _begun(tx, form, session)
    if draft is None or draft.session != session:
        raise DraftGone
    form.check(draft)
    return draft


async def _begun(tx: Transaction, form: ReceivedForm, session: str) -> drafts.Draft:
    journey = form.visit.journey
    if form.visit.draft is None and not form.visit.helper:
        await form.limits.count(tx, "drafts", form.visit.now)
    edition = Edition(journey.edition, journey.name, journey.source)
    language, keeps = form.words.language, journey.keeps_draft * DAY
    return await drafts.begin(
        tx, session, edition, channel=form.contact_channel, language=language, keeps=keeps, now=form.visit.now
    )


async def _stored(tx: Transaction, form: ReceivedForm, draft: str, ask: Ask, value: Answer) -> Answer:
    """Return the answer, with new photos stored and replaced by their ids."""
    if isinstance(value, Mapping) and isinstance(content := value.get(CONTENT), bytes):
        now = form.visit.now
        await form.limits.count(tx, "photos", now)
        kept = await photos.add(tx, draft, ask=ask.name, kind=JPEG, content=content, now=now)
        if kept is None:
            raise DraftGone
        return {PHOTO: kept.id, "kind": kept.kind, "size": kept.size}
    if not is_pictured(ask) or not items_of(value):
        return value
    items = [await _stored(tx, form, draft, ask, item) for item in items_of(value)]
    return still_open(items) if is_open(value) else items


def _kept(answer: Answer) -> Iterator[str]:
    """The ids of the photos of an answer."""
    for one in (answer, *items_of(answer)):
        if isinstance(one, Mapping) and not is_thin(one) and isinstance(name := one.get(PHOTO), str):
            yield name
