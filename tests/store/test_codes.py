"""Hand-over codes: ten minutes, one use, one holder of the draft, and limits on guessing."""

import asyncio
from random import Random
from secrets import SystemRandom
from typing import Any

import pytest
from store.claims import claimed, shown
from support.samples.journey_samples import NOW, a_draft, a_session, answered, submitted

from onestop.store.database import Database, Row, Transaction
from onestop.store.encryption.master_keys import MasterKeys
from onestop.store.queries import Query
from onestop.store.tables import codes, drafts, guesses, moves, sessions
from onestop.store.tables.codes import Claimant, CodeRejected, DraftClaimed, OwnDraftExists


@pytest.mark.parametrize("form", ["digits", "ticket", "spaced", "small"])
async def test_claiming_a_code_moves_the_draft_with_its_answers(database: Database, form: str) -> None:
    draft = await answered(database, await a_draft(database, await a_session(database)))
    code = await shown(database, draft)
    given = {
        "digits": code.digits,
        "ticket": code.ticket,
        "spaced": f" {code.digits[:3]} {code.digits[3:]} ",
        "small": code.ticket.lower(),
    }[form]
    phone = await a_session(database)
    outcome = await claimed(database, given, phone, NOW + 30)
    assert isinstance(outcome, DraftClaimed)
    assert outcome.draft.answers == draft.answers
    assert (outcome.draft.id, outcome.draft.session, outcome.draft.channel) == (draft.id, phone, "palm")
    assert await database.read(lambda tx: drafts.find(tx, phone, draft.journey, NOW + 30)) == outcome.draft


async def test_the_first_device_sees_the_move_and_loses_the_draft(database: Database) -> None:
    draft = await answered(database, await a_draft(database, await a_session(database)))
    assert await database.read(lambda tx: moves.last(tx, draft.session, draft.journey)) is None
    await claimed(database, (await shown(database, draft)).digits, await a_session(database), NOW + 30)
    moved = await database.read(lambda tx: moves.last(tx, draft.session, draft.journey))
    assert moved == moves.DraftMove(draft.id, "palm", NOW + 30)
    assert await database.read(lambda tx: drafts.get(tx, draft.session, draft.id, NOW)) is None
    saved = await database.run(
        lambda tx: drafts.save_answer(tx, draft.session, draft.id, "name", "late", seen=9, now=NOW)
    )
    assert saved is None


async def test_a_draft_can_be_moved_back(database: Database) -> None:
    draft = await answered(database, await a_draft(database, await a_session(database)))
    phone = await a_session(database)
    there = await claimed(database, (await shown(database, draft)).digits, phone)
    assert isinstance(there, DraftClaimed)
    back = await claimed(database, (await shown(database, there.draft)).digits, draft.session)
    assert isinstance(back, DraftClaimed)
    assert back.draft.answers == draft.answers
    assert await database.read(lambda tx: moves.last(tx, draft.session, draft.journey)) is None
    assert await database.read(lambda tx: moves.last(tx, phone, draft.journey)) is not None


async def test_a_code_is_reused_until_it_is_about_to_expire(database: Database) -> None:
    draft = await a_draft(database, await a_session(database))
    first = await shown(database, draft)
    assert first.expires == NOW + 600
    assert await shown(database, draft, NOW + 530) == first
    assert await shown(database, draft, NOW + 550) != first
    both = await asyncio.gather(*(shown(database, draft, NOW + 550) for _ in range(10)))
    assert len(set(both)) == 1


async def test_earlier_codes_are_invalid_after_a_move(database: Database) -> None:
    draft = await answered(database, await a_draft(database, await a_session(database)))
    code, again = await shown(database, draft), await shown(database, draft, NOW + 550)
    phone = await a_session(database)
    assert isinstance(await claimed(database, code.digits, phone, NOW + 560), DraftClaimed)
    for given in (again.digits, again.ticket):
        assert await claimed(database, given, draft.session, NOW + 560) == CodeRejected("used")
        assert await claimed(database, given, await a_session(database), NOW + 560) == CodeRejected("used")
    assert await database.read(lambda tx: drafts.find(tx, phone, draft.journey, NOW + 560)) is not None


async def test_two_codes_of_a_draft_move_it_once(database: Database) -> None:
    draft = await answered(database, await a_draft(database, await a_session(database)))
    both = [(await shown(database, draft, now)).digits for now in (NOW, NOW + 550)]
    phones = [await a_session(database) for _ in range(10)]
    outcomes = await asyncio.gather(
        *(claimed(database, both[n % 2], phone, NOW + 560) for n, phone in enumerate(phones))
    )
    assert sum(isinstance(outcome, DraftClaimed) for outcome in outcomes) == 1


async def test_concurrent_claims_of_a_code_succeed_once(database: Database) -> None:
    draft = await answered(database, await a_draft(database, await a_session(database)))
    code = await shown(database, draft)
    phones = [await a_session(database) for _ in range(12)]
    outcomes = await asyncio.gather(*(claimed(database, code.digits, phone) for phone in phones))
    assert sum(isinstance(outcome, DraftClaimed) for outcome in outcomes) == 1
    assert sum(outcome == CodeRejected("used") for outcome in outcomes) == 11


async def test_a_rejected_code_has_a_reason(database: Database) -> None:
    draft = await answered(database, await a_draft(database, await a_session(database)))
    code = await shown(database, draft)
    phone = await a_session(database)
    unknown = f"{(int(code.digits) + 1) % 1_000_000:06}"
    assert await claimed(database, unknown, phone) == CodeRejected("unknown")
    assert await claimed(database, "", phone) == CodeRejected("unknown")
    assert await claimed(database, "A" * 13, phone) == CodeRejected("unknown")
    assert await claimed(database, code.digits, phone, NOW + 599 - 599 % 600) != CodeRejected("expired")


async def test_a_code_expires_after_ten_minutes(database: Database) -> None:
    draft = await answered(database, await a_draft(database, await a_session(database)))
    code = await shown(database, draft)
    phone = await a_session(database)
    assert await claimed(database, code.digits, phone, NOW + 600) == CodeRejected("expired")
    assert await claimed(database, code.ticket, phone, NOW + 600) == CodeRejected("expired")
    assert isinstance(await claimed(database, code.digits, phone, NOW + 599), DraftClaimed)


async def test_a_submitted_draft_is_not_moved(database: Database) -> None:
    draft = await answered(database, await a_draft(database, await a_session(database)))
    code = await shown(database, draft)
    await submitted(database, draft)
    assert await claimed(database, code.digits, await a_session(database)) == CodeRejected("finished")
    assert await database.run(lambda tx: codes.show(tx, draft.session, draft.id, NOW, SystemRandom())) is None


async def test_a_code_is_shown_only_to_the_session_of_its_draft(database: Database) -> None:
    draft = await a_draft(database, await a_session(database))
    stranger = await a_session(database)
    assert await database.run(lambda tx: codes.show(tx, stranger, draft.id, NOW, SystemRandom())) is None


@pytest.mark.parametrize("form", ["digits", "ticket"])
async def test_a_claimant_with_a_draft_of_the_same_journey_must_choose(database: Database, form: str) -> None:
    arriving = await answered(database, await a_draft(database, await a_session(database)), "name", "on the set")
    phone = await a_session(database)
    mine = await answered(database, await a_draft(database, phone), "name", "on the phone")
    code = await shown(database, arriving)
    given = {"digits": code.digits, "ticket": code.ticket}[form]
    for instead in ("", "another", arriving.id):
        assert await claimed(database, given, phone, instead=instead) == OwnDraftExists(mine)
    assert await database.read(lambda tx: drafts.find(tx, phone, mine.journey, NOW)) == mine
    assert await database.read(lambda tx: drafts.get(tx, arriving.session, arriving.id, NOW)) == arriving
    outcome = await claimed(database, given, phone, instead=mine.id)
    assert isinstance(outcome, DraftClaimed)
    assert outcome.draft.answers == {"name": "on the set"}
    assert await database.read(lambda tx: drafts.get(tx, phone, mine.id, NOW)) is None


async def test_an_empty_draft_is_replaced_without_a_choice(database: Database) -> None:
    arriving = await answered(database, await a_draft(database, await a_session(database)))
    phone = await a_session(database)
    await a_draft(database, phone)
    assert isinstance(await claimed(database, (await shown(database, arriving)).digits, phone), DraftClaimed)


async def test_choosing_between_drafts_is_not_counted_as_a_guess(database: Database) -> None:
    arriving = await answered(database, await a_draft(database, await a_session(database)))
    phone = await a_session(database)
    mine = await answered(database, await a_draft(database, phone))
    code = await shown(database, arriving)
    for _ in range(guesses.FOR_ONE * 2):
        assert await claimed(database, code.digits, phone, place="198.51.100.7") == OwnDraftExists(mine)


async def test_claiming_ones_own_code_changes_nothing(database: Database) -> None:
    draft = await answered(database, await a_draft(database, await a_session(database)))
    code = await shown(database, draft)
    assert await claimed(database, code.digits, draft.session) == DraftClaimed(draft)
    assert isinstance(await claimed(database, code.digits, await a_session(database)), DraftClaimed)


class Same(Random):
    """A random source that repeats each value a few times."""

    calls = 0

    def randrange(self, start: int, stop: int | None = None, step: int = 1) -> int:
        self.calls += 1
        return self.calls // 4


async def test_valid_digits_are_unique_and_expired_ones_are_reused(database: Database) -> None:
    chance = Same()
    held = [await a_draft(database, await a_session(database)) for _ in range(5)]
    digits = [(await shown(database, draft, chance=chance)).digits for draft in held]
    assert digits == [f"{n:06}" for n in range(5)]
    again = await shown(database, await a_draft(database, await a_session(database)), NOW + 600, Same())
    assert again.digits == "000000"


async def test_a_draft_with_a_valid_code_survives_the_end_of_its_kiosk_session(database: Database) -> None:
    draft = await answered(database, await a_draft(database, await a_session(database)))
    code = await shown(database, draft)
    await database.run(lambda tx: sessions.end(tx, draft.session, NOW + 60))
    outcome = await claimed(database, code.digits, await a_session(database), NOW + 120)
    assert isinstance(outcome, DraftClaimed)
    assert outcome.draft.answers == draft.answers
    assert outcome.draft.expires == NOW + 120 + draft.keeps


class Noting:
    """A transaction that adds each statement to `sent`."""

    def __init__(self, inner: Transaction, sent: list[str]) -> None:
        self.inner, self.sent = inner, sent

    @property
    def keys(self) -> MasterKeys:
        return self.inner.keys

    async def execute(self, query: Query, **values: Any) -> int:
        self.sent.append(str(query))
        return await self.inner.execute(query, **values)

    async def row(self, query: Query, **values: Any) -> Row | None:
        self.sent.append(str(query))
        return await self.inner.row(query, **values)

    async def rows(self, query: Query, **values: Any) -> list[Row]:
        self.sent.append(str(query))
        return await self.inner.rows(query, **values)


async def statements_of(database: Database, wrong: str) -> list[str]:
    """Return the statements that a wrong code costs."""
    sent, who = list[str](), Claimant(await a_session(database), "palm")
    assert await database.run(lambda tx: codes.claim(Noting(tx, sent), wrong, who, NOW)) == CodeRejected("unknown")
    return sent


async def test_every_wrong_code_costs_the_same_statements(database: Database) -> None:
    """Otherwise response times would tell how many digits of a guess are right."""
    draft = await answered(database, await a_draft(database, await a_session(database)))
    digits = (await shown(database, draft)).digits
    other = str((int(digits[0]) + 1) % 10)
    wrong = [digits[:right] + "".join(str((int(d) + 1) % 10) for d in digits[right:]) for right in range(6)]
    wrong += [other + digits[1:], digits[:5], "", "abcdef"]
    costs = [await statements_of(database, given) for given in wrong]
    assert costs[0] and all(cost == costs[0] for cost in costs)
