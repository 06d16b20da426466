"""Visits: known by a secret that is not stored, ended on time, renewed, kept when the resident wants it; and what was told once."""

import asyncio

from support.journey_samples import NOW, SECRET, a_draft, answered

from onestop.casework.case import Json
from onestop.store.database import Database
from onestop.store.tables import data_keys, drafts, prefill, sessions
from onestop.store.tables.sessions import Session


async def begun(database: Database, now: int = NOW, token: str = "") -> tuple[str, Session]:
    return await database.run(lambda tx: sessions.begin(tx, "small", now, idle=900, whole=3600, token=token))


async def found(database: Database, token: str, now: int = NOW) -> Session | None:
    return await database.read(lambda tx: sessions.look_up(tx, token, now))


async def touched(database: Database, session: Session, now: int) -> None:
    await database.run(lambda tx: sessions.touch(tx, session.id, now))


async def told_one(database: Database, session: Session, values: dict[str, Json]) -> None:
    await database.run(lambda tx: prefill.save(tx, session.id, values, NOW))


async def test_a_session_is_found_by_its_secret_only(database: Database) -> None:
    token, session = await begun(database)
    assert await found(database, token) == session
    for wrong in ("", session.id, token[:-1], token[:-1] + "!", token.upper(), "' OR 1=1 --"):
        assert await found(database, wrong) is None


async def test_a_session_ends_when_idle_and_after_its_maximum_lifetime(database: Database) -> None:
    token, session = await begun(database)
    assert await found(database, token, NOW + 899) is not None
    assert await found(database, token, NOW + 900) is None
    for minute in range(0, 60, 10):
        await touched(database, session, NOW + 60 * minute)
    assert await found(database, token, NOW + 3599) is not None
    assert await found(database, token, NOW + 3600) is None
    await database.run(lambda tx: sessions.touch(tx, session.id, NOW + 3600))
    assert await found(database, token, NOW + 3600) is None


async def test_touching_a_session_is_stored_only_now_and_then(database: Database) -> None:
    _, session = await begun(database)
    assert not session.stale(NOW + 59)
    assert session.stale(NOW + 60)


async def test_one_token_begins_one_session(database: Database) -> None:
    given = sessions.new_token(NOW)
    begins = await asyncio.gather(*(begun(database, token=given) for _ in range(10)))
    assert {token for token, _ in begins} == {given}
    assert len({session.id for _, session in begins}) == 1


async def test_the_secret_of_an_ended_session_is_not_reused(database: Database) -> None:
    token, session = await begun(database)
    again, other = await begun(database, NOW + 5000, token)
    assert again != token
    assert other.id != session.id
    assert await found(database, token, NOW + 5000) is None
    odd, _ = await begun(database, token="chosen by somebody else")
    assert sessions.TOKEN.fullmatch(odd)


async def test_ending_a_session_leaves_no_rows(database: Database) -> None:
    token, session = await begun(database)
    draft = await answered(database, await a_draft(database, session.id))
    await database.run(lambda tx: prefill.save(tx, session.id, {"name": SECRET}, NOW))
    await database.run(lambda tx: sessions.end(tx, session.id, NOW))
    assert await found(database, token) is None
    assert await database.read(lambda tx: drafts.get(tx, session.id, draft.id, NOW)) is None
    assert await database.read(lambda tx: prefill.load(tx, session.id, NOW)) == {}
    assert await database.read(lambda tx: data_keys.find(tx, session.id)) is None


async def test_reusable_answers_are_stored(database: Database) -> None:
    _, session = await begun(database)
    await database.run(lambda tx: prefill.save(tx, session.id, {"name": SECRET, "phone": "1"}, NOW))
    await database.run(lambda tx: prefill.save(tx, session.id, {"phone": None, "address": {"at": [1, 2]}}, NOW))
    assert await database.read(lambda tx: prefill.load(tx, session.id, NOW)) == {
        "name": SECRET,
        "address": {"at": [1, 2]},
    }
    assert await database.read(lambda tx: prefill.load(tx, session.id, NOW + 900)) == {}
    _, stranger = await begun(database)
    assert await database.read(lambda tx: prefill.load(tx, stranger.id, NOW)) == {}


async def test_concurrent_reusable_answers_are_merged(database: Database) -> None:
    _, session = await begun(database)
    await asyncio.gather(*(told_one(database, session, {f"f{n}": n}) for n in range(15)))
    assert await database.read(lambda tx: prefill.load(tx, session.id, NOW)) == {f"f{n}": n for n in range(15)}


async def test_a_device_is_remembered_until_the_resident_revokes_it(database: Database) -> None:
    token, session = await begun(database)
    await database.run(lambda tx: prefill.save(tx, session.id, {"name": SECRET}, NOW))
    await database.run(lambda tx: sessions.keep(tx, session.id, NOW, 365 * 86400))
    later = NOW + 300 * 86400
    kept = await found(database, token, later)
    assert kept is not None
    assert kept.kept
    await database.run(lambda tx: sessions.touch(tx, session.id, later))
    assert await database.read(lambda tx: prefill.load(tx, session.id, later + 300 * 86400)) == {"name": SECRET}
    await database.run(lambda tx: sessions.forget(tx, session.id, later, idle=900, whole=3600))
    forgot = await found(database, token, later)
    assert forgot is not None
    assert not forgot.kept
    assert await database.read(lambda tx: prefill.load(tx, session.id, later)) == {}
    assert await found(database, token, later + 900) is None


async def test_reusable_answers_can_be_erased_and_stored_again(database: Database) -> None:
    _, session = await begun(database)
    await database.run(lambda tx: prefill.save(tx, session.id, {"name": SECRET}, NOW))
    await database.run(lambda tx: prefill.forget(tx, session.id))
    assert await database.read(lambda tx: prefill.load(tx, session.id, NOW)) == {}
    await database.run(lambda tx: prefill.save(tx, session.id, {"name": "B"}, NOW))
    assert await database.read(lambda tx: prefill.load(tx, session.id, NOW)) == {"name": "B"}
    await database.run(lambda tx: prefill.save(tx, "nobody", {"name": "C"}, NOW))
