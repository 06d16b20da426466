"""The command `messages`: list messages to residents that wait or have failed, send them again, and take returned e-mails."""

import argparse
import asyncio
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from functools import partial

from onestop.capability import CommandFailed
from onestop.casework.reference import grouped, parse_reference
from onestop.messages.bounce import MOST_BYTES, read_bounce
from onestop.messages.carrier import NO_ADDRESS
from onestop.settings import Settings
from onestop.store.connect import open_database
from onestop.store.database import Database
from onestop.store.messages import queue
from onestop.store.messages.queue import TOO_MANY, ListedMessage

MessagesAction = Callable[[Database, str], Awaitable[int]]
MOST = 1000
LEFT_ALONE = (NO_ADDRESS, TOO_MANY)
"""Reasons of failures that nothing but a named case sends again."""


def run_messages(options: argparse.Namespace, settings: Settings) -> int:
    """List messages, or send them again. Raises `CommandFailed` or `StoreUnusable`."""
    actions: Mapping[str, MessagesAction] = {
        **ACTIONS,
        "bounced": partial(_take_bounce, settings.mail_from.partition("@")[2]),
    }
    action = actions.get(str(options.folder))
    if action is None:
        raise CommandFailed(f"messages takes one of {', '.join(actions)}, not `{options.folder}`")
    reference = parse_reference(options.reference) if options.reference else ""
    if reference is None:
        raise CommandFailed(f"`{options.reference}` is not a reference: one of its ten digits is wrong")
    return asyncio.run(_run(action, settings, reference))


async def _run(action: MessagesAction, settings: Settings, reference: str) -> int:
    async with open_database(settings.database, settings.keys) as database:
        return await action(database, reference)


async def _find(database: Database, reference: str) -> tuple[ListedMessage, ...]:
    if not reference:
        return await database.read(lambda tx: queue.open_messages(tx, MOST))
    found = await database.read(lambda tx: queue.messages_with_reference(tx, reference))
    if not found:
        raise CommandFailed(f"there is no message about a case {grouped(reference)}")
    return found


async def _list(database: Database, reference: str) -> int:
    found = await _find(database, reference)
    for one in found:
        print(_line(one))
    if not found:
        print("no message waits, and none has failed")
    return 0


async def _retry(database: Database, reference: str) -> int:
    now = int(time.time())
    found = await _find(database, reference)
    chosen = [one.entry.id for one in found if reference or one.entry.reason not in LEFT_ALONE]
    due = [await database.run(lambda tx, one=one: queue.reopen(tx, one, now)) for one in chosen]  # type: ignore[misc]
    print(f"{sum(due)} messages are due now")
    return 0


async def _take_bounce(domain: str, database: Database, reference: str) -> int:
    """Record what the e-mail on the standard input says became of a message. Any other e-mail is no error: it would be returned too."""
    bounce = read_bounce(await asyncio.to_thread(sys.stdin.buffer.read, MOST_BYTES + 1), domain)
    if bounce is None:
        print("it tells of no message of ours")
        return 0
    changed = await database.run(lambda tx: queue.record(tx, bounce.message, bounce.status, int(time.time())))
    print(
        f"message {bounce.message}: {bounce.status.state}" if changed else f"message {bounce.message}: nothing changed"
    )
    return 0


def _line(listed: ListedMessage) -> str:
    def at(seconds: int) -> str:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S")

    entry = listed.entry
    when = f"waiting, next try {at(entry.due)}" if entry.state == "waiting" else f"{entry.state} {at(entry.changed)}"
    why = ": ".join(text for text in (entry.reason, entry.detail) if text)
    line = f"{grouped(listed.reference)}  {entry.means}  {entry.occasion}  made {at(entry.made)}  {when}, try {entry.tries}"
    return f"{line}: {why}" if why else line


ACTIONS: Mapping[str, MessagesAction] = {"list": _list, "retry": _retry}
