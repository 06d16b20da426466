"""Drafts: saved answer by answer, with conflicts between windows detected, private to their session."""

import asyncio
from pathlib import Path

import pytest
from support.samples.journey_samples import EDITION, NOW, SECRET, a_draft, a_session, answered, submitted

from onestop.store.connect import open_database
from onestop.store.database import Database
from onestop.store.tables import drafts, editions
from onestop.store.tables.drafts import AlreadySubmitted, AnswerConflict, AnswerSaved, Draft
from onestop.store.tables.editions import Edition

OTHER = Edition("f" * 64, "pothole", "title: Report a pothole\n")


async def save(database: Database, draft: Draft, ask: str, value: str, seen: int) -> object:
    return await database.run(
        lambda tx: drafts.save_answer(tx, draft.session, draft.id, ask, value, seen=seen, now=NOW)
    )


async def present(database: Database, draft: Draft, now: int = NOW) -> Draft | None:
    return await database.read(lambda tx: drafts.get(tx, draft.session, draft.id, now))


async def test_a_session_has_one_open_draft_per_journey(database: Database) -> None:
    session = await a_session(database)
    begun = await asyncio.gather(*(a_draft(database, session) for _ in range(20)))
    assert len({draft.id for draft in begun}) == 1
    assert begun[0].answers == {}
    other = await a_draft(database, session, OTHER)
    assert other.id != begun[0].id
    assert await database.read(lambda tx: drafts.find(tx, session, other.journey, NOW)) == other


async def test_the_edition_of_a_draft_is_stored(database: Database) -> None:
    draft = await a_draft(database, await a_session(database))
    assert await database.read(lambda tx: editions.find(tx, draft.edition)) == EDITION.source
    assert await database.read(lambda tx: editions.find(tx, "nothing")) is None


async def test_answers_survive_a_restart(url: str, keys_file: Path | None) -> None:
    values = {"name": SECRET, "ages": [3, 80], "spot": {"at": [51.5, -0.1]}, "skipped": None, "urgent": True}
    async with open_database(url, keys_file) as database:
        draft = await a_draft(database, await a_session(database))
        for ask, value in values.items():
            draft = await answered(database, draft, ask, value)
        assert draft.revision == 5
    async with open_database(url, keys_file) as database:
        assert await present(database, draft) == draft
        assert draft.answers == values


async def test_saving_from_an_outdated_form_is_a_conflict(database: Database) -> None:
    draft = await a_draft(database, await a_session(database))
    first = await save(database, draft, "room", "kitchen", seen=0)
    assert isinstance(first, AnswerSaved)
    assert first.draft.revision == 1
    second = await save(database, draft, "room", "bath", seen=0)
    assert second == AnswerConflict(first.draft, "kitchen")
    found = await present(database, draft)
    assert found is not None
    assert found.answers == {"room": "kitchen"}
    third = await save(database, draft, "room", "bath", seen=1)
    assert isinstance(third, AnswerSaved)
    assert third.draft.answers == {"room": "bath"}


async def test_two_windows_at_different_questions_do_not_conflict(database: Database) -> None:
    draft = await a_draft(database, await a_session(database))
    went = await asyncio.gather(*(save(database, draft, f"ask-{n}", str(n), seen=0) for n in range(20)))
    assert all(isinstance(one, AnswerSaved) for one in went)
    found = await present(database, draft)
    assert found is not None
    assert found.answers == {f"ask-{n}": str(n) for n in range(20)}
    assert found.revision == 20


async def test_the_same_answer_again_changes_nothing(database: Database) -> None:
    draft = await a_draft(database, await a_session(database))
    went = await asyncio.gather(*(save(database, draft, "room", "kitchen", seen=0) for _ in range(20)))
    assert {one.draft.revision for one in went if isinstance(one, AnswerSaved)} == {1}
    assert len(went) == 20


async def test_of_concurrent_answers_one_is_saved_and_the_others_conflict(database: Database) -> None:
    draft = await a_draft(database, await a_session(database))
    went = await asyncio.gather(*(save(database, draft, "room", f"room {n}", seen=0) for n in range(20)))
    saved = [one for one in went if isinstance(one, AnswerSaved)]
    told = [one for one in went if isinstance(one, AnswerConflict)]
    assert (len(saved), len(told)) == (1, 19)
    assert {one.present for one in told} == {saved[0].draft.answers["room"]}


async def test_a_draft_is_read_and_changed_only_by_its_own_session(database: Database) -> None:
    draft = await answered(database, await a_draft(database, await a_session(database)))
    stranger = await a_session(database)

    async def tried(now: int = NOW) -> list[object]:
        return [
            await database.read(lambda tx: drafts.get(tx, stranger, draft.id, now)),
            await database.run(lambda tx: drafts.save_answer(tx, stranger, draft.id, "name", "X", seen=9, now=now)),
            await database.run(lambda tx: drafts.discard(tx, stranger, draft.id, now)),
            await database.run(lambda tx: drafts.set_language(tx, stranger, draft.id, "cy", now)),
        ]

    assert await tried() == [None, None, False, None]
    assert await present(database, draft) == draft


async def test_the_language_of_a_draft_can_change(database: Database) -> None:
    draft = await a_draft(database, await a_session(database))
    await database.run(lambda tx: drafts.set_language(tx, draft.session, draft.id, "cy", NOW))
    found = await present(database, draft)
    assert found is not None
    assert found.language == "cy"


async def test_each_answer_extends_the_lifetime_of_a_draft(database: Database) -> None:
    draft = await a_draft(database, await a_session(database), keeps=100)
    assert await present(database, draft, NOW + 99) is not None
    assert await present(database, draft, NOW + 100) is None
    await answered(database, draft, now=NOW + 50)
    assert await present(database, draft, NOW + 149) is not None
    assert await present(database, draft, NOW + 150) is None


async def test_an_expired_draft_does_not_block_a_new_one(database: Database) -> None:
    session = await a_session(database)
    old = await a_draft(database, session, keeps=100)
    new = await a_draft(database, session, now=NOW + 200)
    assert new.id != old.id
    assert new.answers == {}


async def test_a_discarded_draft_leaves_no_rows(database: Database) -> None:
    draft = await answered(database, await a_draft(database, await a_session(database)))
    assert await database.run(lambda tx: drafts.discard(tx, draft.session, draft.id, NOW))
    assert await present(database, draft) is None
    assert not await database.run(lambda tx: drafts.discard(tx, draft.session, draft.id, NOW))


async def test_a_submitted_draft_holds_and_accepts_no_answers(database: Database) -> None:
    draft = await answered(database, await a_draft(database, await a_session(database)))
    await submitted(database, draft)
    outcome = await save(database, draft, "name", "another", seen=9)
    assert isinstance(outcome, AlreadySubmitted)
    assert outcome.draft.answers == {}
    assert outcome.draft.standing == "done"
    again = await a_draft(database, draft.session)
    assert again.id != draft.id


@pytest.mark.parametrize("ask", ["", "people.2", "ü", "x" * 200])
async def test_an_ask_may_have_any_name(database: Database, ask: str) -> None:
    draft = await answered(database, await a_draft(database, await a_session(database)), ask, "1")
    assert draft.answers == {ask: "1"}
