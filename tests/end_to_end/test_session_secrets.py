"""The secret in the session cookie: issued only by the server, and rotated on hand-over without losing a draft."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from support.programs.databases import rows
from support.servers.borough_server import BIN, TO_ADDRESS, Borough, Visitor, borough, code_of

from onestop.store.tables.sessions import FORM_GRACE, GRACE

CHOSEN = "00000000ChosenByTheClient_____"
NEXT = "What is the address"
SECOND = "Which was missed?"


@pytest.fixture
async def server(url: str, keys_file: Path | None, tmp_path: Path) -> AsyncIterator[Borough]:
    keys = {"keys": str(keys_file)} if keys_file else {}
    async with borough(tmp_path, database=url, **keys) as made:
        yield made


def browser(server: Borough, cookie: str = "") -> Visitor:
    visitor = Visitor(server)
    visitor.cookie = cookie
    return visitor


async def drafts_in(server: Borough) -> int:
    return len(await rows(server.database, "SELECT id FROM drafts"))


async def test_a_cookie_that_the_client_chose_becomes_no_session(server: Borough) -> None:
    victim, attacker = browser(server, f"visit={CHOSEN}"), browser(server, f"visit={CHOSEN}")
    await victim.send(f"{BIN}/day", [("answer", "today")], BIN)
    assert re.fullmatch(r"visit=[0-9a-f]{8}[A-Za-z0-9_-]{22}", victim.cookie)
    assert CHOSEN not in victim.cookie
    await victim.until(BIN, TO_ADDRESS[1:])
    assert NEXT in await victim.get(BIN)
    # Neither the cookie nor the attacker's own form gives access to the victim's session.
    assert "When should we have emptied it?" in await attacker.get(BIN)
    await attacker.send(f"{BIN}/day", [("answer", "today")], BIN)
    assert attacker.cookie != victim.cookie
    assert SECOND in await attacker.get(BIN)
    for table in ("sessions", "drafts", "codes", "guesses"):
        assert CHOSEN not in str(await rows(server.database, f"SELECT * FROM {table}"))


async def test_the_first_answer_sent_twice_is_one_draft(server: Borough) -> None:
    """A double press: the browser sends the same form twice with the cookie that it has."""
    visitor = browser(server)
    page = await visitor.get(BIN)
    presses = [browser(server, visitor.cookie) for _ in range(4)]
    statuses = await asyncio.gather(*(press.answer(f"{BIN}/day", [("answer", "today")], page) for press in presses))
    assert {status for status, _ in statuses} == {303}
    assert len({press.cookie for press in presses}) == 1
    assert await drafts_in(server) == 1
    assert SECOND in await presses[0].get(BIN)


async def test_a_second_tab_opened_before_the_first_answer_may_be_sent(server: Borough) -> None:
    visitor = browser(server)
    first, second = await visitor.get(BIN), await visitor.get("/have-your-say/complain/ask")
    assert (await visitor.answer(f"{BIN}/day", [("answer", "today")], first))[0] == 303
    server.clock.now += FORM_GRACE - 1
    at = re.search(r'action="(/have-your-say/complain/ask/[a-z]+)"', second)
    assert at
    status, _ = await visitor.answer(at[1], [("answer", "nothing of the kind")], second)
    assert status in (200, 303)
    server.clock.now += 1
    assert (await visitor.answer(at[1], [("answer", "nothing of the kind")], second))[0] == 403


async def test_the_secret_changes_on_hand_over_and_the_old_one_ends(server: Borough) -> None:
    screen, phone = browser(server), browser(server)
    await screen.until(BIN, TO_ADDRESS)
    await phone.send("/have-your-say/complain/ask/about", [("answer", "x")], "/have-your-say/complain/ask")
    await phone.send("/move", [("answer", "123456")])
    before = phone.cookie
    page = await phone.get(f"{BIN}/day")
    assert (await phone.send("/move", [("answer", await code_of(screen))]))[0] == 303
    assert phone.cookie != before
    old = browser(server, before)
    server.clock.now += GRACE - 1
    assert NEXT in await old.get(BIN)
    status, _ = await old.answer(f"{BIN}/home", [("answer", "1 High Street, EM4 2QT")], page)
    assert status == 303
    # No response to the old secret replaces the new one in the browser.
    assert old.cookie == before
    server.clock.now += 1
    assert NEXT not in await old.get(BIN)
    assert 'value="High Street"' in await phone.get(f"{BIN}/home")
    # The browser with the new secret may still send a form shown before the rotation.
    assert (await phone.answer(f"{BIN}/home", [("answer", "1 High Street, EM4 2QT")], page))[0] == 303


@pytest.mark.parametrize("known", [True, False], ids=["a phone with a session", "a stranger's phone"])
async def test_a_code_pressed_twice_or_a_lost_response_loses_no_draft(known: bool, server: Borough) -> None:
    screen, phone = browser(server), browser(server)
    await screen.until(BIN, TO_ADDRESS)
    if known:
        await phone.send("/move", [("answer", "123456")])
    page, code = await phone.get("/move"), await code_of(screen)
    presses = [browser(server, phone.cookie) for _ in range(3)]
    for sent in await asyncio.gather(*(press.answer("/move", [("answer", code)], page) for press in presses)):
        assert sent == (303, f"{BIN}")
    assert len({press.cookie for press in presses}) == 1
    # All responses were lost: the resident opens the page afresh, with the old cookie, and keys the code in again.
    server.clock.now += GRACE + 60
    assert (await phone.send("/move", [("answer", code)]))[0] == 303
    assert phone.cookie == presses[0].cookie
    server.clock.now += GRACE
    assert NEXT in await phone.get(BIN)


async def test_an_ended_kiosk_session_accepts_neither_secret(server: Borough) -> None:
    screen, kiosk = browser(server), browser(server)
    await screen.until(BIN, TO_ADDRESS)
    await kiosk.send("/kiosk/move", [("answer", "123456")])
    before, page, code = kiosk.cookie, await kiosk.get("/kiosk/move"), await code_of(screen)
    assert (await kiosk.answer("/kiosk/move", [("answer", code)], page))[0] == 303
    await server.get("/kiosk/leave", Cookie=kiosk.cookie, Sec_Fetch_Site="same-origin")
    for cookie in (before, kiosk.cookie):
        next_visitor = browser(server, cookie)
        assert NEXT not in await next_visitor.get(f"/kiosk{BIN}")
        await next_visitor.answer("/kiosk/move", [("answer", code)], page)
        assert NEXT not in await next_visitor.get(f"/kiosk{BIN}")
