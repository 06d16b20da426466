"""Limits on guessing hand-over codes: per session, per network, in all, and per day."""

import asyncio
from collections import Counter
from collections.abc import Iterable

from store.claims import claimed, shown
from support.programs.databases import query
from support.samples.journey_samples import NOW, a_draft, a_session, answered

from onestop.store.database import Database
from onestop.store.tables import codes, guesses
from onestop.store.tables.codes import CodeRejected, DraftClaimed, HandOverCode, OwnDraftExists

GUARDED = CodeRejected("guarded")


LATER = NOW - NOW % guesses.WINDOW + guesses.WINDOW
"""When the next window begins."""


def wrong_ones(code: HandOverCode, many: int) -> list[str]:
    return [digits for n in range(many + 1) if (digits := f"{n:06}") != code.digits][:many]


def looked_up(outcomes: Iterable[DraftClaimed | OwnDraftExists | CodeRejected]) -> int:
    """Return how many codes were looked up before the rest were refused."""
    counted = Counter(outcomes)
    assert set(counted) <= {CodeRejected("unknown"), GUARDED}
    return counted[CodeRejected("unknown")]


async def test_guesses_are_limited_per_session(database: Database) -> None:
    draft = await answered(database, await a_draft(database, await a_session(database)))
    code, phone = await shown(database, draft), await a_session(database)
    wrong = wrong_ones(code, 20)
    assert looked_up(await asyncio.gather(*(claimed(database, given, phone) for given in wrong))) == guesses.FOR_ONE
    assert await claimed(database, code.digits, phone) == GUARDED
    assert isinstance(await claimed(database, code.digits, await a_session(database)), DraftClaimed)


async def test_guesses_are_limited_in_all_and_longer_codes_still_work(database: Database) -> None:
    draft = await answered(database, await a_draft(database, await a_session(database)))
    code = await shown(database, draft)
    guessed = [
        claimed(database, given, f"session {n}", place=f"198.51.100.{n}")
        for n, given in enumerate(wrong_ones(code, 90))
    ]
    assert looked_up(await asyncio.gather(*guessed)) == guesses.FOR_ALL
    assert await claimed(database, code.digits, "another") == GUARDED
    longer = await shown(database, draft)
    assert len(code.digits) == codes.SHORT and len(longer.digits) == codes.LONG
    assert await shown(database, draft) == longer
    assert isinstance(await claimed(database, longer.digits, "another"), DraftClaimed)
    again = await answered(database, await a_draft(database, await a_session(database)))
    assert isinstance(await claimed(database, (await shown(database, again)).ticket, "a third"), DraftClaimed)


async def test_guesses_do_not_block_longer_codes(database: Database) -> None:
    """A longer code cannot be guessed, so guessing does not block others, even on the same network."""
    draft = await answered(database, await a_draft(database, await a_session(database)))
    await asyncio.gather(
        *(
            claimed(database, given, "guesser", place="198.51.100.7")
            for given in wrong_ones(await shown(database, draft), 9)
        )
    )
    longer = await shown(database, draft)
    guessed = [claimed(database, f"{n:012}", "guesser", place="198.51.100.7") for n in range(200)]
    assert set(await asyncio.gather(*guessed)) == {CodeRejected("unknown")}
    assert isinstance(await claimed(database, longer.digits, "guesser", place="198.51.100.7"), DraftClaimed)


async def test_six_digit_codes_return_after_a_day(database: Database) -> None:
    draft = await answered(database, await a_draft(database, await a_session(database)))
    for n, given in enumerate(wrong_ones(await shown(database, draft), guesses.FOR_ALL + 1)):
        await claimed(database, given, f"session {n}")
    a_day_later = LATER - guesses.WINDOW + guesses.A_DAY
    for now, length in ((a_day_later, codes.LONG), (a_day_later + 1, codes.SHORT)):
        other = await answered(database, await a_draft(database, await a_session(database)))
        assert len((await shown(database, other, now)).digits) == length


async def test_slow_guessing_is_limited_per_day(database: Database) -> None:
    """A few in each window of ten minutes add up to the limit of a day."""
    draft = await answered(database, await a_draft(database, await a_session(database)))
    wrong, found = wrong_ones(await shown(database, draft), 40), 0
    for window in range(40):
        for n in range(guesses.FOR_ONE):
            who = f"session {window}"
            found += (await claimed(database, wrong[n], who, NOW + window * guesses.WINDOW)) == CodeRejected("unknown")
            who = f"other {window}"
            found += (await claimed(database, wrong[n], who, NOW + window * guesses.WINDOW)) == CodeRejected("unknown")
    assert found == guesses.FOR_DAY + 1


async def test_guesses_are_limited_per_network_without_blocking_others(database: Database) -> None:
    """A guesser who changes cookies is recognised by network; residents on it use longer codes."""
    draft = await answered(database, await a_draft(database, await a_session(database)))
    code, phone = await shown(database, draft), await a_session(database)
    guessed = [
        claimed(database, given, f"session {n}", place="198.51.100.7") for n, given in enumerate(wrong_ones(code, 90))
    ]
    assert looked_up(await asyncio.gather(*guessed)) == guesses.FOR_PLACE
    assert await claimed(database, code.digits, phone, place="198.51.100.7") == GUARDED
    other = await answered(database, await a_draft(database, await a_session(database)))
    longer = await shown(database, other)
    assert isinstance(await claimed(database, longer.digits, phone, place="198.51.100.7"), DraftClaimed)
    far = await a_session(database)
    assert isinstance(await claimed(database, code.digits, far, place="203.0.113.9"), DraftClaimed)
    late = LATER + guesses.WINDOW
    again = await answered(database, await a_draft(database, await a_session(database)))
    assert len((await shown(database, again, late - 1)).digits) == codes.LONG
    third = await answered(database, await a_draft(database, await a_session(database)))
    assert len((await shown(database, third, late)).digits) == codes.SHORT
    kept = await database.read(lambda tx: tx.rows(query("SELECT who FROM guesses")))
    assert not any("198.51" in who for (who,) in kept)


def test_the_documented_odds_of_guessing_are_right() -> None:
    waiting = 50
    assert waiting / 10**codes.SHORT == 1 / 20_000
    assert round(10**codes.SHORT / waiting / guesses.FOR_DAY) == 67
    assert waiting / 10**codes.LONG == 1 / 20_000_000_000
    assert round(10**codes.LONG / waiting / (1000 * 86400)) == 231


async def test_valid_codes_are_not_counted_as_guesses(database: Database) -> None:
    phone, last = await a_session(database), ""
    for _ in range(guesses.FOR_ONE * 2):
        draft = await answered(database, await a_draft(database, await a_session(database)))
        assert isinstance(
            await claimed(database, (await shown(database, draft)).digits, phone, instead=last), DraftClaimed
        )
        last = draft.id
