"""Guessing passwords is slowed, and slows nobody but whoever guesses: delays, known browsers, networks."""

import asyncio
from pathlib import Path

import pytest
from staff.officer_browser import OfficerBrowser, StaffServer

from onestop.staff.forms import sign_in
from onestop.staff.proof.device import known_device
from onestop.staff.proof.limits import OF_ACCOUNT, OF_DEVICE, OF_NETWORK
from onestop.store.database import Database
from onestop.store.encryption.master_keys import create_key_file, read_key_file
from onestop.store.tables.staff import attempts, officers
from onestop.store.tables.staff.attempts import AttemptLimit
from onestop.store.tables.staff.officers import OfficerRow

pytestmark = pytest.mark.slow
NOW = 1_795_000_000
HALE = AttemptLimit("account hale", 10)


async def guess(browser: OfficerBrowser, name: str, times: int) -> list[int]:
    statuses = []
    for _ in range(times):
        await browser.sign_in(name, "wrong horse battery")
        statuses.append(browser.status)
    return statuses


async def test_a_known_browser_signs_in_however_much_strangers_guess(server: StaffServer) -> None:
    known = OfficerBrowser(server.borough)
    await known.sign_in()
    await known.send("/desk/sign-out")
    stranger = OfficerBrowser(server.borough)
    statuses = await guess(stranger, "hale", OF_ACCOUNT + 3)
    assert statuses == [403] * (OF_ACCOUNT + 1) + [429] * 2
    # Whoever guessed the password now would not learn it.
    await stranger.sign_in()
    assert stranger.status == 429
    assert (await known.sign_in()) and known.path == "/desk/account"
    server.borough.clock.now += attempts.LONGEST + 1
    await stranger.sign_in()
    assert stranger.path == "/desk/account"


async def test_a_name_of_nobody_is_delayed_like_one_that_exists_and_no_password_is_checked(server: StaffServer) -> None:
    for name in ("lee", "nobody"):
        stranger = OfficerBrowser(server.borough)
        assert await guess(stranger, name, OF_ACCOUNT + 1) == [403] * (OF_ACCOUNT + 1)
        before = sign_in.PASSWORDS.checks
        assert await guess(stranger, name, 1) == [429]
        assert sign_in.PASSWORDS.checks == before


async def test_a_known_browser_is_delayed_for_its_own_failures(server: StaffServer) -> None:
    known = OfficerBrowser(server.borough)
    await known.sign_in()
    await known.send("/desk/sign-out")
    assert (await guess(known, "hale", OF_DEVICE + 2))[-1] == 429
    # Without its cookie it is a stranger, and counted as one.
    stranger = OfficerBrowser(server.borough)
    await stranger.sign_in()
    assert stranger.path == "/desk/account"


async def test_a_browser_is_known_for_its_own_officer_only_and_until_a_reset(server: StaffServer) -> None:
    known = OfficerBrowser(server.borough)
    await known.sign_in()
    cookie = known.cookies["desk-known"]
    attacker = OfficerBrowser(server.borough, cookies={"desk-known": cookie})
    await guess(attacker, "lee", OF_ACCOUNT + 1)
    assert await guess(attacker, "lee", 1) == [429]
    now = int(server.borough.clock()) + 1
    await server.borough.database.run(lambda tx: officers.mark_changed(tx, server.hale, now))
    await guess(OfficerBrowser(server.borough), "hale", OF_ACCOUNT + 1)
    again = OfficerBrowser(server.borough, cookies={"desk-known": cookie})
    await again.sign_in()
    assert again.status == 429
    forged = OfficerBrowser(server.borough, cookies={"desk-known": cookie[:-3] + "AAA~~\u00e9.x"})
    await forged.sign_in()
    assert forged.status == 429


async def test_one_of_a_thousand_attempts_at_once_is_not_more_than_free(database: Database) -> None:
    limits = (HALE, AttemptLimit("network 198.51.100.7", OF_NETWORK))
    waits = await asyncio.gather(*(database.run(lambda tx: attempts.reserve(tx, limits, NOW)) for _ in range(40)))
    assert sum(wait == 0 for wait in waits) == HALE.free + 1


async def test_failures_double_the_delay_and_are_forgotten_after_an_hour_or_by_success(database: Database) -> None:
    async def reserve(now: int) -> int:
        return await database.run(lambda tx: attempts.reserve(tx, (HALE,), now))

    now = NOW
    assert [await reserve(now) for _ in range(HALE.free)] == [0] * HALE.free
    for wait in (2, 4, 8, 16, 32, 64, 128, 256, attempts.LONGEST, attempts.LONGEST):
        assert await reserve(now) == 0
        assert await reserve(now) == wait
        assert await reserve(now + wait - 1) == 1
        now += wait
    await database.run(lambda tx: attempts.forgive(tx, (HALE,)))
    assert [await reserve(now) for _ in range(HALE.free + 1)] == [0] * (HALE.free + 1)
    assert await reserve(now) == 2
    assert await reserve(now + attempts.FORGOTTEN + 1) == 0
    assert await reserve(now + attempts.FORGOTTEN + 1) == 0


def test_a_cookie_of_bytes_that_are_no_text_is_that_of_a_stranger(tmp_path: Path) -> None:
    create_key_file(tmp_path / "keys")
    hale = OfficerRow("x", "hale", "J. Hale", "officer", (), "", 0, 0, demonstration=False)
    for cookie in ("\udcff.AAAA", "a~\udcc3.x", "\udcff.\udcff~" * 9):
        assert known_device(read_key_file(tmp_path / "keys"), cookie, hale) == ""
