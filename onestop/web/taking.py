"""What comes of a form that was sent: an answer saved, a case made, a code given, a draft begun again."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from secrets import SystemRandom

from onestop.casework.case import Receipt, Submission
from onestop.journeys.answer import SKIPPED, Answer
from onestop.journeys.around import Around, address_of
from onestop.journeys.end_screens import done_text
from onestop.journeys.journey import Ask, Each, Picture
from onestop.journeys.parsing import DO, Refused, parse_answer
from onestop.journeys.payload import Submission as Sending
from onestop.journeys.payload import payload
from onestop.journeys.question_screen import Showing, difference_screen, question_screen
from onestop.journeys.saying import said_answer
from onestop.journeys.told import told_by
from onestop.journeys.walk import walk
from onestop.language import Words
from onestop.screen import Means, Screen
from onestop.store import cases, drafts, photos, sessions, told
from onestop.store.database import Database, Transaction
from onestop.store.drafts import Conflict, Draft, Edition, Finished, Saved
from onestop.web.asking import FORGET, gone_screen
from onestop.web.held import DAY, Held, lasting
from onestop.web.personal import Go
from onestop.web.photos import LARGEST, NoPhoto, redrawn
from onestop.web.sending import Sent
from onestop.web.steps import Step

CHANCE = SystemRandom()
KEPT = 366 * DAY
"""Seconds a device is remembered after it was last used."""
CONTENT, JPEG = "content", "image/jpeg"


@dataclass(frozen=True, slots=True)
class Taken:
    """A form, whose visitor holds what, and everything needed to deal with it. `official` are the words of the default language."""

    held: Held
    around: Around
    step: Step
    sent: Sent
    channel: str
    means: Means
    official: Words
    database: Database

    @property
    def words(self) -> Words:
        return self.around.words


class Incomplete(Exception):
    """There is something left to ask, or the path stops: nothing may be sent."""


class NotHeld(Exception):
    """The draft that the form belongs to is not this visit's, or is there no longer."""


async def take(taken: Taken) -> Screen | Go:
    """Do what the form asks for. A screen that answers it has no address of its own, so it must be seen whole."""
    found = await ACTIONS.get(taken.step.name, answer)(taken)
    return replace(found, whole=True) if isinstance(found, Screen) else found


async def answer(taken: Taken) -> Screen | Go:
    """Save the answer to one question, or say what is wrong with it."""
    held, around, step = taken.held, taken.around, taken.step
    ask = held.walk.asked(step.name)
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
        shown = Showing(before, step.item, taken.sent.fields, found.message)
        return question_screen(held.walk, ask, around, shown)
    try:
        saved = await taken.database.run(lambda tx: _save(tx, taken, ask, found))
    except NotHeld:
        return gone_screen(held, around)
    if isinstance(saved, Finished):
        return Go(around.address("done"))
    if isinstance(saved, Conflict):
        mine = said_answer(ask, found, taken.words)
        now = walk(held.journey, saved.draft.answers, taken.channel, held.today)
        there = now.asked(ask.name) or ask
        around = replace(around, hidden=_seen(around, saved.draft))
        return replace(difference_screen(now, there, around, taken.sent.fields, mine, saved.present), status=409)
    after = walk(held.journey, saved.draft.answers, taken.channel, held.today)
    still_here = after.next is not None and after.next.name == ask.name
    return Go(around.address(ask.name) if still_here else address_of(after, around))


def _seen(around: Around, draft: Draft) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(draft.revision) if name == "seen" else value) for name, value in around.hidden)


async def _save(tx: Transaction, taken: Taken, ask: Ask, value: Answer) -> Saved | Conflict | Finished:
    """In one transaction: the visit and the draft if there are none yet, the picture, the answer."""
    held, now = taken.held, taken.held.now
    session = await _session(tx, taken)
    draft = await _draft(tx, taken, session)
    if isinstance(value, Mapping) and isinstance(content := value.get(CONTENT), bytes):
        kept = await photos.add(tx, draft, ask=ask.name, kind=JPEG, content=content, now=now)
        if kept is None:
            raise NotHeld
        value = {"photo": kept.id, "kind": kept.kind, "size": kept.size}
    saved = await drafts.save_answer(tx, session, draft, ask.name, value, seen=taken.sent.number("seen"), now=now)
    if saved is None:
        raise NotHeld
    if saved.draft.language != taken.words.language:
        await drafts.speak(tx, session, draft, taken.words.language, now)
    if held.session and held.session.stale(now):
        await sessions.touch(tx, session, now)
    return saved


async def _session(tx: Transaction, taken: Taken) -> str:
    """The visit, begun with the word that the browser holds already."""
    if taken.held.session:
        return taken.held.session.id
    found = await sessions.look_up(tx, taken.held.visitor.word, taken.held.now)
    if found:
        return found.id
    idle, whole = lasting(taken.means)
    word = taken.held.visitor.word
    _, made = await sessions.begin(tx, taken.channel, taken.held.now, idle=idle, whole=whole, token=word)
    return made.id


async def _draft(tx: Transaction, taken: Taken, session: str) -> str:
    """The draft the form was shown for, else the open one, begun if there is none."""
    shown_for = taken.sent.first("draft")
    if shown_for:
        return shown_for
    journey = taken.held.journey
    edition = Edition(journey.edition, journey.name, journey.source)
    language, keeps = taken.words.language, journey.keeps_draft * DAY
    draft = await drafts.begin(
        tx, session, edition, channel=taken.channel, language=language, keeps=keeps, now=taken.held.now
    )
    return draft.id


async def _photo(taken: Taken, ask: Ask) -> Answer | Refused:
    """The picture that was sent, drawn anew; nothing if none was."""
    kind = ask.kind.of if isinstance(ask.kind, Each) else ask.kind
    if not isinstance(kind, Picture) or taken.sent.first(DO):
        return SKIPPED
    if taken.sent.too_large:
        return Refused(taken.words("Choose a photo of at most {most} MB", most=LARGEST // 1024 // 1024))
    if taken.sent.picture is None:
        return SKIPPED
    try:
        photo = await asyncio.to_thread(redrawn, taken.sent.picture)
    except NoPhoto:
        return Refused(taken.words("Choose a photo in JPEG, PNG or WebP format"))
    return {CONTENT: photo.body}


async def submit(taken: Taken) -> Screen | Go:
    """Make the case, once however often it is asked for; only what is complete is sent."""
    held, around = taken.held, taken.around
    draft = taken.sent.first("draft") or (held.draft.id if held.draft else "")
    if held.session is None or not draft:
        return Go(around.here)
    session = held.session.id

    async def work(tx: Transaction) -> Receipt | None:
        receipt = await cases.submit(
            tx, session, draft, lambda d, ref: _made(taken, d, ref), chance=CHANCE, now=held.now
        )
        if receipt and held.draft:
            # What was told once is offered in the next journey of this visit.
            await told.remember(tx, session, told_by(held.walk), held.now)
        return receipt

    try:
        receipt = await taken.database.run(work)
    except Incomplete:
        return Go(around.here)
    return Go(around.address("done")) if receipt else gone_screen(held, around)


def _made(taken: Taken, draft: Draft, reference: str) -> Submission:
    """The case of a draft as it is now, in the default language; raises `Incomplete`."""
    held = taken.held
    way = walk(held.journey, draft.answers, taken.channel, held.today)
    if not way.complete:
        raise Incomplete
    sent = Sending(reference, datetime.fromtimestamp(held.now, UTC), taken.channel, draft.language)
    body = payload(way, sent, taken.official)
    pictures = tuple(str(one["photo"]) for one in _listed(body.get("files")) if "photo" in one)
    shown = {"said": done_text(way, taken.around)}
    return Submission(body, way.journey.done.send, way.journey.keeps_case * DAY, shown, pictures)  # type: ignore[arg-type]


def _listed(files: object) -> list[Mapping[str, object]]:
    return [one for one in files if isinstance(one, Mapping)] if isinstance(files, list) else []


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
        await taken.database.run(lambda tx: sessions.keep(tx, session, held.now, KEPT))
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
