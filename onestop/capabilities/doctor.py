"""The command `doctor`: check everything that a server needs, and report each problem with its place and remedy."""

import asyncio
import json
import tempfile
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path

from onestop.authoring.faults import Fault
from onestop.delivery.kinds.destination import DestinationContext
from onestop.delivery.routes import read_routes
from onestop.messages.carriers_file import Carriers, read_carriers
from onestop.settings import Settings
from onestop.store.connect import open_database
from onestop.store.errors import StoreUnusable, Unavailable
from onestop.store.tables import outbox

MOST_FAULTS = 3
LANGUAGES = ("en",)
"""Destinations are read, the names of desks are not."""
PATIENCE = 3.0
"""Seconds to wait for whatever listens on the port."""
EVERYWHERE = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104


def diagnose(
    settings: Settings, errors_of: Callable[[Path], Sequence[Fault]], port_trouble: Callable[[Settings], str]
) -> int:
    """Print one line for each thing a server needs; return 1 if one is in trouble. Nothing is changed.

    `errors_of` returns the errors of a content folder, `port_trouble` why the port cannot be listened on, or "".
    """
    findings = [
        ("content", _content(settings.content, errors_of)),
        ("database", asyncio.run(_database(settings))),
        ("outbox", _outbox(settings.outbox)),
        ("destinations", _destinations(settings)),
        ("port", _port(settings, port_trouble(settings))),
    ]
    for name, trouble in findings:
        print(f"{'TROUBLE' if trouble else 'ok':8}{name}{': ' + trouble if trouble else ''}")
    return int(any(trouble for _, trouble in findings))


def _content(folder: Path, errors_of: Callable[[Path], Sequence[Fault]]) -> str:
    if not folder.is_dir():
        return f"there is no folder {folder}: correct --content, or mount its disk"
    errors = errors_of(folder)
    if not errors:
        return ""
    shown = "".join(f"\n          {fault}" for fault in errors[:MOST_FAULTS])
    return f"{len(errors)} errors; correct them and see `onestop check {folder}`:{shown}"


async def _database(settings: Settings) -> str:
    try:
        async with open_database(settings.database, settings.keys, unchanged=True) as database:
            counts = await database.read(outbox.open_counts)
    except (StoreUnusable, Unavailable) as why:
        return str(why)
    failed = sum(one.count for one in counts if one.state != "waiting")
    return (
        f"{failed} deliveries were refused or given up: see `onestop outbox list`, then `outbox retry`"
        if failed
        else ""
    )


def _outbox(folder: Path) -> str:
    there = folder
    while not there.exists() and there != there.parent:
        there = there.parent
    if not there.is_dir():
        return f"{there} is not a folder: move it away, or correct --outbox"
    try:
        # Permission bits do not tell of a disk that is full or mounted read-only.
        with tempfile.TemporaryFile(dir=there) as trial:
            trial.write(bytes(4096))
    except OSError as why:
        return f"{there} cannot be written to ({why.strerror}): give it to this account, make room, or mount its disk for writing"
    return ""


def _destinations(settings: Settings) -> str:
    """Return what the settings lack for the destinations and the carriers of messages; faults of the files belong to the content."""
    routes, _ = read_routes(settings.content, LANGUAGES)
    carriers, _ = read_carriers(settings.content, LANGUAGES)
    context = DestinationContext.of(settings)
    # A trial installation sends no messages: its receipts promise none.
    carriers = carriers if settings.mail_server or settings.secrets else Carriers()
    return "".join(f"\n          {why}" for why in (*routes.missing(context), *carriers.missing(context)))


def _port(settings: Settings, trouble: str) -> str:
    if not trouble or _is_served(settings):
        return ""
    return f"{trouble}: find it with `ss -ltnp 'sport = :{settings.port}'`, or correct --port and --host"


def _is_served(settings: Settings) -> bool:
    """Return whether a server of this program answers on the port."""
    host = EVERYWHERE.get(settings.host, settings.host)
    try:
        with urllib.request.urlopen(f"http://{host}:{settings.port}/livez", timeout=PATIENCE) as response:
            return bool(json.load(response) == {"live": True})
    except (OSError, ValueError):
        return False
