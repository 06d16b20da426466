"""The command `messages`: what it lists, what it sends again, and that it shows nobody's address."""

import asyncio
import time
from pathlib import Path

import pytest
from delivery.desks import sent
from messages.told_case import EMAIL, PHONE
from support.programs.databases import rows

import server
from onestop.casework.reference import grouped
from onestop.journeys.values.recipient import Recipient
from onestop.messages.carrier import NO_ADDRESS, REFUSED
from onestop.store.connect import open_database
from onestop.store.database import Database
from onestop.store.messages import contacts, queue
from onestop.store.messages.queue import MessageStatus


async def failed(database: Database, recipient: Recipient, reason: str) -> str:
    """Store a case with one failed message; return its reference."""
    case, now = await sent(database), int(time.time())
    await database.run(lambda tx: contacts.add(tx, case, recipient, ("accepted",)))
    message = await database.run(lambda tx: queue.enqueue(tx, case, "accepted", now, about=""))
    status = MessageStatus("failed", reason=reason, detail="said the carrier")
    await database.run(lambda tx: queue.record(tx, str(message), status, now))
    found = await rows(database, f"SELECT reference FROM cases WHERE id = '{case}'")
    return str(found[0][0])


async def states(url: str) -> list[str]:
    async with open_database(url) as database:
        return [str(row[0]) for row in await rows(database, "SELECT state FROM messages ORDER BY means")]


async def test_it_lists_and_sends_again_without_showing_an_address(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"sqlite:///{tmp_path}/a.db"
    async with open_database(url) as database:
        refused = await failed(database, EMAIL, REFUSED)
        nobody = await failed(database, PHONE, NO_ADDRESS)

    async def run(*words: str) -> str:
        assert await asyncio.to_thread(server.main, ["messages", *words, "--database", url]) == 0
        return capsys.readouterr().out

    listed = await run("list")
    assert grouped(refused) in listed and f"{NO_ADDRESS}: said the carrier" in listed
    assert EMAIL.to not in listed and PHONE.to not in listed
    assert "1 messages are due now" in await run("retry")
    assert await states(url) == ["waiting", "failed"]
    assert "1 messages are due now" in await run("retry", "--reference", nobody)
    assert await states(url) == ["waiting", "waiting"]
    assert "no message about" not in await run("list", "--reference", refused)
    assert await asyncio.to_thread(server.main, ["messages", "send", "--database", url]) == 1
