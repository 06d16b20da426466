"""The commands `staff` and `audit`, and demonstration officers."""

import re
from pathlib import Path

import pytest
from staff.officer_browser import OfficerBrowser, StaffServer
from support.paths import CONTENT
from support.servers.borough_server import borough

from server import main

pytestmark = pytest.mark.slow
GIVEN = re.compile(r"first time: (\S+)")
OWN = "quite another horse"


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    def command(*arguments: str) -> tuple[int, str]:
        status = main([*arguments, "--database", f"sqlite:///{tmp_path}/a.db", "--content", str(CONTENT)])
        told = capsys.readouterr()
        return status, told.out + told.err

    return command


async def first_sign_in(folder: Path, name: str, password: str) -> OfficerBrowser:
    async with borough(folder) as server:
        server.clock.now = __import__("time").time()
        browser = OfficerBrowser(server)
        await browser.sign_in(name, password)
        if browser.path.startswith("/desk/new-password"):
            await browser.send("/desk/new-password", password=OWN, again=OWN)
        return browser


def test_wrong_commands_are_explained(run) -> None:  # type: ignore[no-untyped-def]
    for arguments, text in (
        (("staff", "promote", "hale"), "staff takes one of add, list, reset, remove"),
        (("staff", "add"), "takes one sign-in name"),
        (("staff", "add", "hale", "--desks", "bin"), "desks.yaml has no desk `bin`; there are waste, streets"),
        (("staff", "add", "hale", "--role", "king"), "`king` is no role"),
        (("staff", "add", "Jane Hale"), "a sign-in name is"),
        (("staff", "reset", "nobody"), "there is no officer `nobody`"),
        (("audit", "burn"), "audit takes `verify`"),
        (("audit", "verify", "12"), "takes COUNT and HEAD"),
    ):
        status, said = run(*arguments)
        assert status == 1 and text in said, said


async def test_demonstration_officers_exist_only_with_demo(tmp_path: Path) -> None:
    for demo, status in (("yes", 200), ("no", 403), ("yes", 200)):
        async with borough(tmp_path, demo=demo) as server:
            browser = OfficerBrowser(server)
            await browser.sign_in("officer", "demonstration")
            assert browser.status == status
            assert ("demonstration" in await OfficerBrowser(server).get("/desk/sign-in")) == (demo == "yes")


async def test_out_of_the_box_nobody_can_sign_in(tmp_path: Path) -> None:
    async with borough(tmp_path) as server:
        for name in ("officer", "admin", "lead"):
            browser = OfficerBrowser(server)
            await browser.sign_in(name, "demonstration")
            assert browser.status == 403


async def test_a_reset_ends_sessions_and_the_former_password(server: StaffServer) -> None:
    browser = OfficerBrowser(server.borough)
    await browser.sign_in()
    database, now = server.borough.database, int(server.borough.clock())
    from onestop.staff.proof.password import HASHER
    from onestop.store.tables.staff import officers

    hashed = HASHER.hash("k3fm-9wqz-aaaa-bbbb-cccc")
    await database.run(lambda tx: officers.reset(tx, server.hale, hashed, now))
    assert "Sign-in name" in await browser.get("/desk/account")
    await browser.sign_in()
    assert browser.status == 403
    await browser.sign_in("hale", "k3fm-9wqz-aaaa-bbbb-cccc")
    assert browser.path.startswith("/desk/new-password")
    await browser.send("/desk/new-password", password="hale hale hale", again="hale hale hale")
    assert browser.status == 403
    await browser.send("/desk/new-password", password=OWN, again=OWN)
    assert browser.path == "/desk/account"
    server.borough.clock.now += 8 * 86400
    late = OfficerBrowser(server.borough)
    await late.sign_in("hale", OWN)
    assert late.path == "/desk/account"


async def test_a_password_that_was_given_out_expires(server: StaffServer) -> None:
    from onestop.staff.proof.password import HASHER
    from onestop.store.tables.staff import officers

    database, now = server.borough.database, int(server.borough.clock())
    hashed = HASHER.hash("k3fm-9wqz-aaaa-bbbb-cccc")
    await database.run(lambda tx: officers.reset(tx, server.hale, hashed, now))
    server.borough.clock.now += officers.ONE_TIME + 1
    browser = OfficerBrowser(server.borough)
    await browser.sign_in("hale", "k3fm-9wqz-aaaa-bbbb-cccc")
    assert browser.status == 403


def test_an_officer_is_added_listed_reset_and_removed_and_the_log_says_so(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    import asyncio

    status, said = run(
        "staff", "add", "Hale", "--full-name", "J. Hale", "--desks", "waste,streets", "--role", "team-lead"
    )
    given = GIVEN.search(said)
    assert status == 0 and given
    assert run("staff", "list")[1].startswith("hale  J. Hale  team-lead  waste streets, has not signed in yet")
    assert "there is an officer `hale` already" in run("staff", "add", "hale")[1]
    browser = asyncio.run(first_sign_in(tmp_path, "hale", given[1]))
    assert browser.path == "/desk/account" and "Team lead" in browser.body
    assert run("staff", "list")[1] == "hale  J. Hale  team-lead  waste streets\n"
    status, said = run("audit", "verify")
    assert said.count("\n") == 2, said
    count, head = said.split("\n")[1].split()
    # Added; a password of their own; signed in.
    assert (status, count, len(head)) == (0, "3", 64)
    again = GIVEN.search(run("staff", "reset", "hale")[1])
    assert again and again[1] != given[1]
    assert run("staff", "remove", "hale")[0] == 0
    assert run("staff", "list")[1].startswith("there are no officers")
    assert run("audit", "verify", count, head)[1].startswith("5 entries are sound")
    status, said = run("audit", "verify", "9", head)
    assert status == 1 and "BROKEN: entry 6 is missing" in said
    assert "BROKEN: entry 2" in run("audit", "verify", "2", head)[1]
