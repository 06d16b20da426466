"""What comes of a form that was sent: an answer saved, a case made, a code given, a draft begun again."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from onestop.forms.private_page import Go
from onestop.forms.received_form import Mismatch, NotHeld, Taken
from onestop.forms.save_answer import CONTENT, is_pictured, save
from onestop.forms.store_down import Unkept
from onestop.forms.submit import submit
from onestop.forms.views import FORGET, another_screen, gone_screen
from onestop.forms.visit import OWN_WHOLE, lasting
from onestop.journeys.journey import Ask
from onestop.journeys.kind import Refused
from onestop.journeys.screens.context import ScreenContext, address_of
from onestop.journeys.screens.question import QuestionState, difference_screen, question_screen
from onestop.journeys.values.answer import SKIPPED, Answer
from onestop.journeys.values.form_values import DO
from onestop.journeys.walk.answer_text import say_answer
from onestop.journeys.walk.submitted_answer import parse_answer
from onestop.journeys.walk.walk import walk
from onestop.pictures.photo import LARGEST, NotAPhoto, PhotoTooLarge
from onestop.pictures.photo_queue import PhotoQueueFull
from onestop.screen import Screen
from onestop.store.tables import drafts, sessions
from onestop.store.tables.drafts import AlreadySubmitted, AnswerConflict, Draft


async def take(taken: Taken) -> Screen | Go:
    """Do what the form asks for. A screen that answers it has no address of its own, so it must be seen whole."""
    found = await _done(taken)
    return replace(found, one_page=True) if isinstance(found, Screen) else found


async def _done(taken: Taken) -> Screen | Go:
    try:
        return await ACTIONS.get(taken.step.name, answer)(taken)
    except NotHeld:
        return gone_screen(taken.held, taken.around)
    except Mismatch:
        return another_screen(taken.held, taken.around)
    except PhotoQueueFull:
        raise Unkept(taken.sent) from None


async def answer(taken: Taken) -> Screen | Go:
    """Save the answer to one question, or say what is wrong with it."""
    held, around, step = taken.held, taken.around, taken.step
    ask = held.walk.ask_on_path(step.name)
    if ask is None:
        return Go(around.here)
    before: Answer = held.draft.answers.get(ask.name, SKIPPED) if held.draft else SKIPPED
    if taken.sent.first(DO) == "keep":
        return Go(around.here)
    if taken.sent.first(DO) == FORGET:
        return await forget(taken)
    photo = await _photo(taken, ask)
    found = photo if isinstance(photo, Refused) else parse_answer(
        ask, taken.sent.fields, taken.words, held.today, before=before, item=step.item, photo=photo
    )  # fmt: skip
    if isinstance(found, Refused):
        shown = QuestionState(before, step.item, taken.sent.fields, found.message)
        return question_screen(held.walk, ask, around, shown)
    return await _saved(taken, ask, found)


async def _saved(taken: Taken, ask: Ask, found: Answer) -> Screen | Go:
    """On to what comes next, once the answer is kept; or both answers, if another window gave one meanwhile."""
    held, around = taken.held, taken.around
    outcome = await taken.database.run(lambda tx: save(tx, taken, ask, found))
    saved, word = outcome.saved, outcome.word
    if isinstance(saved, AlreadySubmitted):
        return Go(around.address("done"), word)
    now = walk(held.journey, saved.draft.answers, taken.channel, held.today)
    if isinstance(saved, AnswerConflict):
        mine = say_answer(ask, found, taken.words)
        there = now.ask_on_path(ask.name) or ask
        around = replace(around, hidden=_seen(around, saved.draft))
        return replace(difference_screen(now, there, around, taken.sent.fields, mine, saved.present), status=409)
    still_here = now.next is not None and now.next.name == ask.name
    return Go(around.address(ask.name) if still_here else address_of(now, around), word)


def _seen(around: ScreenContext, draft: Draft) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(draft.revision) if name == "seen" else value) for name, value in around.hidden)


async def _photo(taken: Taken, ask: Ask) -> Answer | Refused:
    """The picture that was sent, drawn anew; nothing if none was."""
    words = taken.words
    if not is_pictured(ask) or taken.sent.first(DO):
        return SKIPPED
    if taken.sent.too_large:
        return Refused(words("Choose a photo of at most {most} MB", most=LARGEST // 1024 // 1024))
    if taken.sent.picture is None:
        return SKIPPED
    try:
        photo = await taken.photo_queue.reencode(taken.sent.picture)
    except PhotoTooLarge:
        return Refused(words("That photo is too large to open. Choose a smaller one, or one in JPEG format"))
    except NotAPhoto:
        return Refused(words("Choose a photo in JPEG, PNG or WebP format"))
    return {CONTENT: photo.body}


async def begin_again(taken: Taken) -> Screen | Go:
    """Erase what there is, and begin with nothing."""
    held = taken.held
    if held.session and held.draft:
        session, draft = held.session.id, held.draft.id
        await taken.database.run(lambda tx: drafts.discard(tx, session, draft, held.now))
    return Go(taken.around.here)


async def keep(taken: Taken) -> Screen | Go:
    """Remember on this device what was told, because its owner says so. Never where strangers share it."""
    held = taken.held
    if held.session and not taken.means.shared:
        session = held.session.id
        await taken.database.run(lambda tx: sessions.keep(tx, session, held.now, OWN_WHOLE))
    return Go(taken.around.address("done"))


async def forget(taken: Taken) -> Screen | Go:
    """Forget all of it, at once and for good."""
    held, (idle, whole) = taken.held, lasting(taken.means)
    if held.session:
        session = held.session.id
        await taken.database.run(lambda tx: sessions.forget(tx, session, held.now, idle=idle, whole=whole))
    return Go(taken.around.here if held.draft else taken.around.address("done"))


ACTIONS: Mapping[str, Callable[[Taken], Awaitable[Screen | Go]]] = {
    "check": submit,
    "again": begin_again,
    "keep": keep,
    "forget": forget,
}
