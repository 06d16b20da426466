"""The command `staff`: add, list, reset and remove officers."""

import argparse
import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from onestop.audit.chain import record
from onestop.audit.entry import OPERATOR, AuditAction, AuditEntry
from onestop.capability import CommandFailed
from onestop.journeys.source.desks import read_desks
from onestop.settings import Settings
from onestop.staff.officer import Role
from onestop.staff.proof.password import HASHER, normalised, one_time_password
from onestop.store.connect import open_database
from onestop.store.database import Database, Transaction
from onestop.store.tables.staff import officers
from onestop.store.tables.staff.officers import ONE_TIME, OfficerRow

SIGN_IN = re.compile(r"[a-z0-9](?:[a-z0-9._@-]{0,62}[a-z0-9])?")
DAYS = ONE_TIME // 86400


def add_staff_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--full-name", default="", help="staff add: the officer's name as colleagues read it")
    parser.add_argument("--role", default=str(Role.OFFICER), help=f"staff add: {', '.join(Role)}")
    parser.add_argument("--desks", default="", help="staff add: keys of desks.yaml, with commas between them")


@dataclass(frozen=True, slots=True)
class StaffRequest:
    """What the command line asks for."""

    database: Database
    settings: Settings
    options: argparse.Namespace
    sign_in: str
    now: int

    async def officer(self) -> OfficerRow:
        """Return the officer that is meant. Raises CommandFailed."""
        row = await self.database.read(lambda tx: officers.find_by_sign_in(tx, self.sign_in))
        if row is None:
            raise CommandFailed(f"there is no officer `{self.sign_in}`: `staff list` shows them")
        return row


def run_staff(options: argparse.Namespace, settings: Settings) -> int:
    """Run `staff ACTION [SIGN-IN]`. Raises `CommandFailed` or `StoreUnusable`."""
    action = ACTIONS.get(str(options.folder))
    named = [str(name).casefold() for name in options.more]
    if action is None:
        raise CommandFailed(f"staff takes one of {', '.join(ACTIONS)}, not `{options.folder}`")
    if len(named) != (0 if action is _list else 1):
        raise CommandFailed(f"staff {options.folder} takes {'no name' if action is _list else 'one sign-in name'}")
    return asyncio.run(_with_database(options, settings, action, *named))


async def _with_database(
    options: argparse.Namespace, settings: Settings, action: "StaffAction", sign_in: str = ""
) -> int:
    async with open_database(settings.database, settings.keys) as database:
        await action(StaffRequest(database, settings, options, sign_in, int(time.time())))
    return 0


async def _add(request: StaffRequest) -> None:
    role, desks = _checked(request)
    name, password = request.options.full_name or request.sign_in, one_time_password()
    hashed = HASHER.hash(normalised(password))

    async def work(tx: Transaction) -> None:
        officer = await officers.add(tx, request.sign_in, name, str(role), desks, request.now)
        if officer is None:
            raise CommandFailed(f"there is an officer `{request.sign_in}` already")
        await officers.set_password(tx, officer, hashed, request.now, one_time=True)
        await record(tx, AuditEntry(OPERATOR, AuditAction.CHANGE_OFFICER, officer, "added"), request.now)

    await request.database.run(work)
    _show_password(request.sign_in, password)


async def _list(request: StaffRequest) -> None:
    rows = await request.database.read(officers.list_all)
    for row in rows:
        until = datetime.fromtimestamp(row.one_time_until, UTC).strftime("%Y-%m-%d")
        state = f", has not signed in yet, until {until}" if row.one_time_until else ""
        print(f"{row.sign_in}  {row.name}  {row.role}  {' '.join(row.desks) or '-'}{state}")
    if not rows:
        print("there are no officers; `staff add NAME --desks DESK` adds one")


async def _reset(request: StaffRequest) -> None:
    row, password = await request.officer(), one_time_password()
    hashed = HASHER.hash(normalised(password))

    async def work(tx: Transaction) -> None:
        await officers.reset(tx, row.id, hashed, request.now)
        await record(tx, AuditEntry(OPERATOR, AuditAction.CHANGE_OFFICER, row.id, "reset"), request.now)

    await request.database.run(work)
    _show_password(request.sign_in, password)


async def _remove(request: StaffRequest) -> None:
    row = await request.officer()

    async def work(tx: Transaction) -> None:
        await officers.remove(tx, row.id, request.now)
        await record(tx, AuditEntry(OPERATOR, AuditAction.CHANGE_OFFICER, row.id, "removed"), request.now)

    await request.database.run(work)
    print(f"{request.sign_in} is signed out everywhere and cannot sign in any more; histories of cases keep the name")


def _checked(request: StaffRequest) -> tuple[Role, tuple[str, ...]]:
    """Return the role and the desks that the options name. Raises CommandFailed."""
    options = request.options
    if not SIGN_IN.fullmatch(request.sign_in):
        raise CommandFailed("a sign-in name is letters, digits and . _ @ - like j.hale")
    if options.role not in set(Role):
        raise CommandFailed(f"`{options.role}` is no role; there are {', '.join(Role)}")
    desks = tuple(desk.strip() for desk in options.desks.split(",") if desk.strip())
    known, _ = read_desks(request.settings.content, ("en",))
    unknown = [desk for desk in desks if known and desk not in known]
    if unknown:
        raise CommandFailed(f"desks.yaml has no desk `{unknown[0]}`; there are {', '.join(known)}")
    return Role(options.role), desks


def _show_password(sign_in: str, password: str) -> None:
    print(f"sign-in name: {sign_in}")
    print(f"password for the first time: {password}")
    print(f"valid for {DAYS} days at /desk/, where it is replaced by one of the officer's own; it is not shown again")


StaffAction = Callable[[StaffRequest], Awaitable[None]]
ACTIONS: Mapping[str, StaffAction] = {"add": _add, "list": _list, "reset": _reset, "remove": _remove}
