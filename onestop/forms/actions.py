"""Actions on a received form: save an answer, make a case, erase a draft, remember or forget answers."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from onestop.forms.received_form import DraftGone, DraftMismatch, ReceivedForm
from onestop.forms.save_answer import CONTENT, is_pictured, save
from onestop.forms.submit import submit
from onestop.forms.views import FORGET, another_screen, gone_screen
from onestop.journeys.journey import Ask
from onestop.journeys.kind import Refused
from onestop.journeys.screens.context import ScreenContext, address_of
from onestop.journeys.screens.question import QuestionState, difference_screen, question_screen
from onestop.journeys.values.answer import SKIPPED, Answer
from onestop.journeys.values.form_values import DO
from onestop.journeys.walk.answer_text import say_answer
from onestop.journeys.walk.submitted_answer import parse_answer
from onestop.journeys.walk.walk import walk
from onestop.pages.store_down import NotSaved
from onestop.pictures.photo import LARGEST, NotAPhoto, PhotoTooLarge
from onestop.pictures.photo_queue import PhotoQueueFull
from onestop.screen import Screen
from onestop.site.context import Redirect
from onestop.site.session_lifetime import OWN_WHOLE, session_lifetime
from onestop.store.tables import drafts, sessions
from onestop.store.tables.drafts import AlreadySubmitted, AnswerConflict, Draft


async def act(form: ReceivedForm) -> Screen | Redirect:
    """Return the response to a form. A screen in response to a POST has no address for a second page, so it is not split."""
    found = await _done(form)
    return replace(found, one_page=True) if isinstance(found, Screen) else found


async def _done(form: ReceivedForm) -> Screen | Redirect:
    try:
        return await ACTIONS.get(form.step.name, answer)(form)
    except DraftGone:
        return gone_screen(form.visit, form.around)
    except DraftMismatch:
        return another_screen(form.visit, form.around)
    except PhotoQueueFull:
        raise NotSaved(form.body) from None


async def answer(form: ReceivedForm) -> Screen | Redirect:
    """Save the answer to one question, or return the question with an error message."""
    visit, around, step = form.visit, form.around, form.step
    ask = visit.walk.ask_on_path(step.name)
    if ask is None:
        return Redirect(around.here)
    before: Answer = visit.draft.answers.get(ask.name, SKIPPED) if visit.draft else SKIPPED
    if form.body.first(DO) == "keep":
        return Redirect(around.here)
    if form.body.first(DO) == FORGET:
        return await forget(form)
    photo = await _photo(form, ask)
    found = photo if isinstance(photo, Refused) else parse_answer(
        ask, form.body.fields, form.words, visit.today, before=before, item=step.item, photo=photo
    )  # fmt: skip
    if isinstance(found, Refused):
        shown = QuestionState(before, step.item, form.body.fields, found.message)
        return question_screen(visit.walk, ask, around, shown)
    return await _saved(form, ask, found)


async def _saved(form: ReceivedForm, ask: Ask, found: Answer) -> Screen | Redirect:
    """Save the answer and redirect to the next step, or return a screen with both answers if another window has saved one."""
    visit, around = form.visit, form.around
    result = await form.database.run(lambda tx: save(tx, form, ask, found))
    saved, token = result.outcome, result.token
    if result.begun:
        form.counter.begun[form.counted_as] += 1
    if isinstance(saved, AlreadySubmitted):
        return Redirect(around.address("done"), token)
    now = walk(visit.journey, saved.draft.answers, form.channel, visit.today)
    if isinstance(saved, AnswerConflict):
        mine = say_answer(ask, found, form.words)
        there = now.ask_on_path(ask.name) or ask
        around = replace(around, hidden=_seen(around, saved.draft))
        return replace(difference_screen(now, there, around, form.body.fields, mine, saved.present), status=409)
    still_here = now.next is not None and now.next.name == ask.name
    return Redirect(around.address(ask.name) if still_here else address_of(now, around), token)


def _seen(around: ScreenContext, draft: Draft) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(draft.revision) if name == "seen" else value) for name, value in around.hidden)


async def _photo(form: ReceivedForm, ask: Ask) -> Answer | Refused:
    """Return the uploaded photo, re-encoded; SKIPPED if none was uploaded."""
    words = form.words
    if not is_pictured(ask) or form.body.first(DO):
        return SKIPPED
    if form.body.too_large:
        return Refused(words("Choose a photo of at most {most} MB", most=LARGEST // 1024 // 1024))
    if form.body.picture is None:
        return SKIPPED
    try:
        photo = await form.photos.reencode(form.body.picture)
    except PhotoTooLarge:
        return Refused(words("That photo is too large to open. Choose a smaller one, or one in JPEG format"))
    except NotAPhoto:
        return Refused(words("Choose a photo in JPEG, PNG or WebP format"))
    return {CONTENT: photo.body}


async def begin_again(form: ReceivedForm) -> Screen | Redirect:
    """Erase the draft and redirect to the first question."""
    visit = form.visit
    if visit.session and visit.draft:
        session, draft = visit.session.id, visit.draft.id
        if await form.database.run(lambda tx: drafts.discard(tx, session, draft, visit.now)):
            form.counter.given_up[form.counted_as] += 1
    return Redirect(form.around.here)


async def keep(form: ReceivedForm) -> Screen | Redirect:
    """Remember the reusable answers on this device, at the resident's request. Never on a shared device."""
    visit = form.visit
    if visit.session and not form.means.shared:
        session = visit.session.id
        await form.database.run(lambda tx: sessions.keep(tx, session, visit.now, OWN_WHOLE))
    return Redirect(form.around.address("done"))


async def forget(form: ReceivedForm) -> Screen | Redirect:
    """Erase all remembered answers."""
    visit, (idle, whole) = form.visit, session_lifetime(form.means)
    if visit.session:
        session = visit.session.id
        await form.database.run(lambda tx: sessions.forget(tx, session, visit.now, idle=idle, whole=whole))
    return Redirect(form.around.here if visit.draft else form.around.address("done"))


ACTIONS: Mapping[str, Callable[[ReceivedForm], Awaitable[Screen | Redirect]]] = {
    "check": submit,
    "again": begin_again,
    "keep": keep,
    "forget": forget,
}
