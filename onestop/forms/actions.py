"""Actions on a received form: save an answer, make a case, erase a draft, remember or forget answers."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from onestop.forms.confirmation import confirmed, resend, send_first_code
from onestop.forms.earlier_report import EARLIER
from onestop.forms.place_question import by_hand_screen, is_place
from onestop.forms.received_form import ArrivedForm, DraftGone, DraftMismatch, ReceivedForm
from onestop.forms.save_answer import CONTENT, SavedAnswer, is_pictured, save
from onestop.forms.submit import follow_or_send, submit_or_follow
from onestop.forms.views import FORGET, another_screen, gone_screen
from onestop.forms.visit import Visit
from onestop.http.request.upload import MAX_PHOTO
from onestop.journeys.journey import Ask
from onestop.journeys.kind import Refused
from onestop.journeys.screens.context import ScreenContext, next_step
from onestop.journeys.screens.question import QuestionState, difference_screen, question_screen
from onestop.journeys.values.answer import SKIPPED, Answer
from onestop.journeys.values.form_values import DO, RESEND, SIGN, with_sign
from onestop.journeys.values.property import is_property
from onestop.journeys.walk.answer_text import say_answer
from onestop.journeys.walk.submitted_answer import parse_answer
from onestop.journeys.walk.walk import Walk, walk
from onestop.pages.store_down import NotSaved
from onestop.pictures.photo import DamagedPhoto, NotAPhoto, PhotoTooLarge
from onestop.pictures.photo_queue import PhotoQueueFull
from onestop.screen import Screen
from onestop.site.context import Redirect
from onestop.site.session_lifetime import OWN_WHOLE, session_lifetime
from onestop.store.database import Transaction
from onestop.store.tables import drafts, sessions
from onestop.store.tables.drafts import AlreadySubmitted, AnswerConflict, Draft

KEEP = "keep"


async def act(arrived: ArrivedForm) -> tuple[ReceivedForm, Screen | Redirect]:
    """Return the response to a form. A screen in response to a POST has no address for a second page, so it is not split."""
    form, found = await _done(arrived)
    return form, replace(found, one_page=True) if isinstance(found, Screen) else found


async def _done(arrived: ArrivedForm) -> tuple[ReceivedForm, Screen | Redirect]:
    action = ACTIONS.get(arrived.step.name)
    try:
        if action is None:
            return await answer(arrived)
        form = await arrived.load()
        return form, await action(form)
    except (DraftGone, DraftMismatch) as why:
        form = await arrived.load()
        return form, WHY_NOT[type(why)](form.visit, form.around)
    except PhotoQueueFull:
        raise NotSaved(arrived.body) from None


async def answer(arrived: ArrivedForm) -> tuple[ReceivedForm, Screen | Redirect]:
    """Save the answer to one question, or return the question with an error message.

    The visit is loaded, and the answer parsed and saved, in one transaction; only a photo is processed, and an address found, before it.
    """
    do, photo, place = arrived.body.first(DO), SKIPPED, SKIPPED
    if do == RESEND:
        form, ask, refused = await arrived.database.run(lambda tx: resend(tx, arrived))
        return form, _refused(form, ask, refused) if ask and refused else Redirect(form.step.at(form.step.name))
    if arrived.body.upload or do in (KEEP, FORGET) or arrived.body.first(SIGN):
        form = await arrived.load()
        ask = form.visit.walk.ask_on_path(form.step.name)
        if ask is None or do == KEEP:
            return form, Redirect(form.step.at(""))
        if do == FORGET:
            return form, await forget(form)
        if arrived.body.first(SIGN):
            shown = QuestionState(_before(form.visit, ask), form.step.item, with_sign(form.body.fields))
            return form, question_screen(form.visit.walk, ask, form.around, shown)
        reencoded = await _photo(form, ask)
        if isinstance(reencoded, Refused):
            return form, _refused(form, ask, reencoded)
        photo = reencoded
    elif _is_place(arrived) and not arrived.place.is_answered_by(arrived.body):
        form = await arrived.load()
        found = await _place(form, arrived)
        if isinstance(found, Screen | Redirect):
            return form, found
        place = found
    parsed = await arrived.database.run(lambda tx: _parsed(tx, arrived, photo, place))
    return parsed.form, _response(parsed)


def _is_place(arrived: ArrivedForm) -> bool:
    ask = arrived.loader.newest.ask(arrived.step.name)
    return ask is not None and is_place(ask)


async def _place(form: ReceivedForm, arrived: ArrivedForm) -> Screen | Redirect | Answer:
    """Return the property that was found, or the next screen on which it is found."""
    ask = form.visit.walk.ask_on_path(form.step.name)
    if ask is None:
        return Redirect(form.step.at(""))

    def base() -> Screen:
        return question_screen(form.visit.walk, ask, form.around, QuestionState(item=form.step.item))

    return await arrived.place.receive(form.body, form.visit, ask, base)


@dataclass(frozen=True, slots=True)
class ParsedAnswer:
    """The form with the visit it was parsed for; `ask` is None if the path has no such question, `saved` if it was refused."""

    form: ReceivedForm
    ask: Ask | None
    value: Answer | Refused = SKIPPED
    saved: SavedAnswer | None = None


async def _parsed(tx: Transaction, arrived: ArrivedForm, photo: Answer, place: Answer) -> ParsedAnswer:
    form = await arrived.lock(tx)
    visit, step = form.visit, form.step
    ask = visit.walk.ask_on_path(step.name)
    if ask is None:
        return ParsedAnswer(form, None)
    value = parse_answer(
        ask, form.body.fields, form.around.words, visit.today,
        before=_before(visit, ask), item=step.item, photo=photo, place=place,
    )  # fmt: skip
    value = await confirmed(tx, form, ask, value)
    saved = None if isinstance(value, Refused) else await save(tx, form, ask, value)
    if saved:
        await send_first_code(tx, form, ask, visit.draft.answers if visit.draft else {}, saved.outcome)
    return ParsedAnswer(form, ask, value, saved)


def _before(visit: Visit, ask: Ask) -> Answer:
    return visit.draft.answers.get(ask.name, SKIPPED) if visit.draft else SKIPPED


def _refused(form: ReceivedForm, ask: Ask, refused: Refused) -> Screen:
    visit = form.visit
    shown = QuestionState(_before(visit, ask), form.step.item, form.body.fields, refused.message, refused.parts)
    screen = question_screen(visit.walk, ask, form.around, shown)
    return by_hand_screen(screen, form.step) if form.step.part else screen


def _response(parsed: ParsedAnswer) -> Screen | Redirect:
    """Return a redirect to the next step, or a screen: with the error, or with both answers if another window has saved one."""
    form, ask, value = parsed.form, parsed.ask, parsed.value
    visit, step = form.visit, form.step
    if ask is None:
        return Redirect(step.at(""))
    if isinstance(value, Refused) or parsed.saved is None:
        return _refused(form, ask, value if isinstance(value, Refused) else Refused(""))
    saved, token = parsed.saved.outcome, parsed.saved.token
    if parsed.saved.begun:
        form.counter.begun[form.counted_as] += 1
    if isinstance(saved, AlreadySubmitted):
        return Redirect(step.at("done"), token)
    now = walk(visit.journey, saved.draft.answers, form.channel, visit.today)
    if isinstance(saved, AnswerConflict):
        return _conflict(form, ask, value, saved, now)
    still_here = now.next is not None and now.next.name == ask.name
    return Redirect(step.at(ask.name if still_here else next_step(now)), token)


def _conflict(form: ReceivedForm, ask: Ask, value: Answer, saved: AnswerConflict, now: Walk) -> Screen:
    mine = say_answer(ask, value, form.around.words)
    there = now.ask_on_path(ask.name) or ask
    around = form.around
    around = replace(around, hidden=_seen(around, saved.draft))
    fields = ask.kind.form_values(value) if is_property(value) else form.body.fields
    return replace(difference_screen(now, there, around, fields, mine, saved.present), status=409)


def _seen(around: ScreenContext, draft: Draft) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(draft.revision) if name == "seen" else value) for name, value in around.hidden)


async def _photo(form: ReceivedForm, ask: Ask) -> Answer | Refused:
    """Return the uploaded photo, re-encoded; SKIPPED if none was uploaded."""
    words = form.around.words
    if not is_pictured(ask) or form.body.first(DO):
        return SKIPPED
    if form.body.too_large:
        return Refused(words("Choose a photo of at most {most} MB", most=MAX_PHOTO // 1024 // 1024))
    if form.body.picture is None:
        return SKIPPED
    try:
        photo = await form.photos.reencode(form.body.picture)
    except PhotoTooLarge:
        return Refused(words("That photo is too large to open. Choose a smaller one, or one in JPEG format"))
    except DamagedPhoto:
        return Refused(words("That photo is damaged or did not arrive whole. Choose it again, or choose another photo"))
    except NotAPhoto:
        return Refused(words("That file is not a photo we can open. Choose a photo in JPEG, PNG, WebP or HEIC format"))
    return {CONTENT: photo.body}


async def begin_again(form: ReceivedForm) -> Screen | Redirect:
    """Erase the draft and redirect to the first question."""
    visit = form.visit
    if visit.session and visit.draft:
        session, draft = visit.session.id, visit.draft.id
        if await form.database.run(lambda tx: drafts.discard(tx, session, draft, visit.now)):
            form.counter.given_up[form.counted_as] += 1
    return Redirect(form.step.at(""))


async def keep(form: ReceivedForm) -> Screen | Redirect:
    """Remember the reusable answers on this device, at the resident's request. Never on a shared device."""
    visit = form.visit
    if visit.session and not form.means.shared:
        session = visit.session.id
        await form.database.run(lambda tx: sessions.keep(tx, session, visit.now, OWN_WHOLE))
    return Redirect(form.step.at("done"))


async def forget(form: ReceivedForm) -> Screen | Redirect:
    """Erase all remembered answers."""
    visit, (idle, whole) = form.visit, session_lifetime(form.means)
    if visit.session:
        session = visit.session.id
        await form.database.run(lambda tx: sessions.forget(tx, session, visit.now, idle=idle, whole=whole))
    return Redirect(form.step.at("" if visit.draft else "done"))


WHY_NOT: Mapping[type[Exception], Callable[[Visit, ScreenContext], Screen]] = {
    DraftGone: gone_screen,
    DraftMismatch: another_screen,
}
ACTIONS: Mapping[str, Callable[[ReceivedForm], Awaitable[Screen | Redirect]]] = {
    "check": submit_or_follow,
    EARLIER: follow_or_send,
    "again": begin_again,
    "keep": keep,
    "forget": forget,
}
