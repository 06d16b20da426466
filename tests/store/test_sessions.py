"""Sessions: identified by a secret that is not stored, expired, renewed, remembered with consent; and reusable answers."""

import asyncio
from dataclasses import replace

from support.programs.databases import scalar
from support.samples.journey_samples import NOW, SECRET, a_draft, answered

from onestop.casework.case import Json
from onestop.store.database import Database
from onestop.store.expiry import erase_expired
from onestop.store.ids import new_token
from onestop.store.tables import data_keys, drafts, prefill, sessions
from onestop.store.tables.sessions import SentForm, Session

CHOSEN = "00000000ChosenByTheClient_____"


def form(mark: str = "a form", cookie: str = CHOSEN) -> SentForm:
    return SentForm(cookie, mark, b"form key")


async def begun(database: Database, now: int = NOW, sent: SentForm | None = None) -> tuple[str, Session]:
    return await database.run(lambda tx: sessions.begin(tx, "small", now, idle=900, whole=3600, sent=sent))


async def found(database: Database, token: str, now: int = NOW) -> Session | None:
    return await database.read(lambda tx: sessions.look_up(tx, token, now))


async def touched(database: Database, session: Session, now: int) -> None:
    await database.run(lambda tx: sessions.touch(tx, session, now))


async def rotated(database: Database, session: Session, cookie: str, mark: str = "a form") -> str:
    return await database.run(lambda tx: sessions.rotate(tx, session, form(mark, cookie), NOW))


async def key_before(database: Database, session: Session, now: int) -> bytes:
    return await database.read(lambda tx: sessions.previous_form_key(tx, session.id, now))


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
    await database.run(lambda tx: sessions.touch(tx, session, NOW + 3600))
    assert await found(database, token, NOW + 3600) is None


async def test_touching_a_session_is_stored_only_now_and_then(database: Database) -> None:
    _, session = await begun(database)
    assert not session.stale(NOW + 59)
    assert session.stale(NOW + 60)


async def test_a_form_sent_twice_begins_one_session_with_one_secret(database: Database) -> None:
    begins = await asyncio.gather(*(begun(database, sent=form()) for _ in range(10)))
    assert len({(token, session.id) for token, session in begins}) == 1
    token, _ = await begun(database, NOW + sessions.REPEAT - 1, form())
    assert token == begins[0][0]


async def test_the_cookie_alone_gives_no_access(database: Database) -> None:
    token, session = await begun(database, sent=form())
    assert token != CHOSEN
    assert await found(database, CHOSEN) is None
    for other_form in (form("another form"), form(cookie=token), form(cookie=new_token(NOW))):
        other, stranger = await begun(database, sent=other_form)
        assert other != token
        assert stranger.id != session.id


async def test_a_form_sent_again_later_begins_another_session(database: Database) -> None:
    token, session = await begun(database, sent=form())
    for later in (sessions.REPEAT, 5000):
        again, other = await begun(database, NOW + later, form())
        assert again != token
        assert other.id != session.id
    assert await found(database, token, NOW + 5000) is None


async def test_a_new_secret_replaces_the_old_one_after_a_while(database: Database) -> None:
    old, session = await begun(database)
    new = await rotated(database, session, old)
    assert new != old
    assert await found(database, new) == session
    assert await found(database, old, NOW + sessions.GRACE - 1) == replace(session, current=False)
    assert await found(database, old, NOW + sessions.GRACE) is None
    assert await found(database, new, NOW + sessions.GRACE) == session


async def test_the_form_that_replaced_a_secret_leads_to_the_new_one_again(database: Database) -> None:
    old, session = await begun(database)
    secrets = await asyncio.gather(*(rotated(database, session, old) for _ in range(10)))
    assert len(set(secrets)) == 1
    # The old one is not known any more: this form is taken for a stranger's, which leads to the same session.
    token, again = await begun(database, NOW + sessions.GRACE + 1, form(cookie=old))
    assert (token, again.id) == (secrets[0], session.id)


async def test_another_form_with_the_old_secret_is_not_told_the_new_one(database: Database) -> None:
    old, session = await begun(database)
    new = await rotated(database, session, old)
    assert await rotated(database, session, old, "another form") == ""
    assert await found(database, new) == session


async def test_a_form_shown_before_is_known_by_its_key_for_a_while(database: Database) -> None:
    old, session = await begun(database)
    assert await key_before(database, session, NOW) == b""
    await rotated(database, session, old)
    assert await key_before(database, session, NOW + sessions.FORM_GRACE - 1) == b"form key"
    assert await key_before(database, session, NOW + sessions.FORM_GRACE) == b""


async def test_expiry_erases_the_old_secret_and_the_key_of_its_forms(database: Database) -> None:
    old, session = await database.run(lambda tx: sessions.begin(tx, "small", NOW, idle=86400, whole=86400))
    new = await rotated(database, session, old)
    held = {}
    for after in (sessions.GRACE - 1, sessions.GRACE, sessions.FORM_GRACE - 1, sessions.FORM_GRACE):
        await erase_expired(database, NOW + after)
        held[after] = [
            await scalar(database, f"SELECT COUNT(previous_{name}) FROM sessions") for name in ("secret", "form_key")
        ]
    assert list(held.values()) == [[1, 1], [0, 1], [0, 1], [0, 0]]
    assert await found(database, new, NOW + sessions.FORM_GRACE) == session


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
    await database.run(lambda tx: sessions.touch(tx, session, later))
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
