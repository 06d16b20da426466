"""The command `outbox`: list deliveries, retry them, deliver a case again, compare services with their servers."""

import argparse
import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime

from onestop.capability import CommandFailed
from onestop.casework.reference import grouped, parse_reference
from onestop.delivery.kinds.destination import (
    ComparedDestination,
    DestinationContext,
    PermanentFailure,
    TemporaryFailure,
)
from onestop.delivery.routes import Destinations, read_routes
from onestop.settings import Settings
from onestop.store.connect import open_database
from onestop.store.database import Database
from onestop.store.tables import outbox
from onestop.store.tables.outbox import OutboxEntry

MOST = 1000
LANGUAGES = ("en",)
"""Routes are read for the commands, names of desks are not."""


def add_outbox_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--reference", default="", help="outbox, messages: the reference of one case, however it is grouped"
    )


def run_outbox(options: argparse.Namespace, settings: Settings) -> int:
    """List open deliveries, retry them, or deliver a case again. Raises `CommandFailed` or `StoreUnusable`."""
    action = ACTIONS.get(str(options.folder))
    if action is None:
        raise CommandFailed(f"outbox takes one of {', '.join(ACTIONS)}, not `{options.folder}`")
    reference = ""
    if options.reference:
        reference = parse_reference(options.reference) or ""
        if not reference:
            raise CommandFailed(f"`{options.reference}` is not a reference: one of its ten digits is wrong")
    return asyncio.run(_with_database(settings, lambda database: action(database, settings, reference)))


async def _with_database(settings: Settings, work: Callable[[Database], Awaitable[int]]) -> int:
    async with open_database(settings.database, settings.keys) as database:
        return await work(database)


async def _find(database: Database, reference: str) -> tuple[OutboxEntry, ...]:
    if not reference:
        return await database.read(lambda tx: outbox.open_entries(tx, MOST))
    found = await database.read(lambda tx: outbox.entries_of(tx, reference))
    if not found:
        raise CommandFailed(f"there is no case {grouped(reference)}")
    return found


async def _list(database: Database, settings: Settings, reference: str) -> int:
    entries = await _find(database, reference)
    for entry in entries:
        print(_line(entry))
    if not entries:
        print("nothing waits for delivery, and nothing was refused or given up")
    return 0


async def _retry(database: Database, settings: Settings, reference: str) -> int:
    entries = [entry for entry in await _find(database, reference) if entry.state != "done"]
    await _reopen(database, entries)
    print(f"{len(entries)} deliveries are due now")
    return 0


async def _redeliver(database: Database, settings: Settings, reference: str) -> int:
    if not reference:
        raise CommandFailed("outbox redeliver takes --reference: the case whose files were lost")
    entries = await _find(database, reference)
    routes, _ = read_routes(settings.content, LANGUAGES)
    destinations = Destinations(lambda: routes, DestinationContext.of(settings))
    for entry in entries:
        destination = destinations.find(entry.desk, entry.destination)
        if destination is not None:
            await destination.forget(entry.case, entry.desk)
    await _reopen(database, entries)
    print(f"case {grouped(reference)} is delivered again to {len(entries)} destinations")
    return 0


async def _services(database: Database, settings: Settings, reference: str) -> int:
    """Compare the services that desks.yaml names with their servers' definitions; return 1 if any does not agree."""
    routes, _ = read_routes(settings.content, LANGUAGES)
    destinations = Destinations(lambda: routes, DestinationContext.of(settings))
    wrong = 0
    for desk, name in routes.named():
        destination = destinations.find(desk, name)
        if isinstance(destination, ComparedDestination):
            try:
                lines, count = await destination.compare()
            except (TemporaryFailure, PermanentFailure) as why:
                lines, count = [f"WRONG: {why}"], 1
            wrong += count
            print(*(f"{desk}/{name}  {line}" for line in lines), sep="\n")
    return int(wrong > 0)


async def _reopen(database: Database, entries: list[OutboxEntry] | tuple[OutboxEntry, ...]) -> None:
    now = int(time.time())
    for entry in entries:
        await database.run(lambda tx, entry=entry: outbox.reopen(tx, entry, now))  # type: ignore[misc]


def _line(entry: OutboxEntry) -> str:
    def at(seconds: int) -> str:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S")

    number = f" as {entry.number}" if entry.number else ""
    when = {
        "received": "received, not tried yet",
        "sending": f"sending, next try {at(entry.due)}",
        "accepted": f"accepted{number} {at(entry.settled or 0)}" + (f", {entry.status}" if entry.status else ""),
        "refused": "refused",
        "given up": f"given up {at(entry.settled or 0)}",
    }
    route = f"{entry.desk}/{entry.destination}"
    reason = f": {entry.reason}" if entry.reason else ""
    return f"{grouped(entry.reference)}  sent {at(entry.submitted)}  {route}  {when[entry.progress]}, try {entry.tries}{reason}"


ACTIONS: Mapping[str, Callable[[Database, Settings, str], Awaitable[int]]] = {
    "list": _list,
    "retry": _retry,
    "redeliver": _redeliver,
    "services": _services,
}
