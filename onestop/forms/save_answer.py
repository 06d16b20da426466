"""How an answer is saved: in one transaction with the visit and the draft if there are none yet, and with its picture."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from onestop.forms.received_form import NotHeld, Taken
from onestop.forms.visit import DAY, lasting
from onestop.journeys.journey import Ask
from onestop.journeys.values.answer import Answer, is_open, is_thin, items_of, still_open
from onestop.store.database import Transaction
from onestop.store.tables import drafts, photos, sessions
from onestop.store.tables.drafts import AlreadySubmitted, AnswerConflict, AnswerSaved
from onestop.store.tables.editions import Edition

CONTENT, PHOTO, JPEG = "content", "photo", "image/jpeg"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it; `word` is the secret that the browser must hold from now on."""

    saved: AnswerSaved | AnswerConflict | AlreadySubmitted
    word: str


async def save(tx: Transaction, taken: Taken, ask: Ask, value: Answer) -> Outcome:
    """Save one answer. Raises `NotHeld` or `Mismatch`, and nothing has happened then."""
    now, language = taken.held.now, taken.words.language
    session, word = await _session(tx, taken)
    draft = await _draft(tx, taken, session)
    value = await _stored(tx, draft, ask, value, now)
    saved = await drafts.save_answer(tx, session, draft, ask.name, value, seen=taken.sent.number("seen"), now=now)
    if saved is None:
        raise NotHeld
    if is_pictured(ask):
        # What was replaced, taken back or not taken over another window's is kept no longer.
        await photos.keep_only(tx, draft, ask.name, set(_kept(saved.draft.answers.get(ask.name))))
    if saved.draft.language != language:
        await drafts.speak(tx, session, draft, language, now)
    if taken.held.session and taken.held.session.stale(now):
        await sessions.touch(tx, session, now)
    return Outcome(saved, word)


def is_pictured(ask: Ask) -> bool:
    """Whether the answers are pictures."""
    return ask.kind.is_file


async def _session(tx: Transaction, taken: Taken) -> tuple[str, str]:
    """The visit, and its secret: the one that the browser holds already, unless a visit that has ended was known by it."""
    who, now = taken.held.visitor, taken.held.now
    found = taken.held.session or await sessions.look_up(tx, who.secret, now)
    if found:
        return found.id, who.secret
    idle, whole = lasting(taken.means)
    word, made = await sessions.begin(tx, taken.channel, now, idle=idle, whole=whole, token=who.secret)
    return made.id, word


async def _draft(tx: Transaction, taken: Taken, session: str) -> str:
    """The draft the form was shown for, else the open one, begun if there is none."""
    shown_for, now = taken.sent.first("draft"), taken.held.now
    draft = await drafts.get(tx, session, shown_for, now) if shown_for else await _begun(tx, taken, session)
    if draft is None:
        raise NotHeld
    taken.check(draft)
    return draft.id


async def _begun(tx: Transaction, taken: Taken, session: str) -> drafts.Draft:
    journey = taken.held.journey
    edition = Edition(journey.edition, journey.name, journey.source)
    language, keeps = taken.words.language, journey.keeps_draft * DAY
    return await drafts.begin(
        tx, session, edition, channel=taken.channel, language=language, keeps=keeps, now=taken.held.now
    )


async def _stored(tx: Transaction, draft: str, ask: Ask, value: Answer, now: int) -> Answer:
    """The answer with pictures that have just come put away, and only named."""
    if isinstance(value, Mapping) and isinstance(content := value.get(CONTENT), bytes):
        kept = await photos.add(tx, draft, ask=ask.name, kind=JPEG, content=content, now=now)
        if kept is None:
            raise NotHeld
        return {PHOTO: kept.id, "kind": kept.kind, "size": kept.size}
    if not is_pictured(ask) or not items_of(value):
        return value
    items = [await _stored(tx, draft, ask, item, now) for item in items_of(value)]
    return still_open(items) if is_open(value) else items


def _kept(answer: Answer) -> Iterator[str]:
    """The names of the pictures of an answer."""
    for one in (answer, *items_of(answer)):
        if isinstance(one, Mapping) and not is_thin(one) and isinstance(name := one.get(PHOTO), str):
            yield name
