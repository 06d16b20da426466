"""Erasure while the server runs: no byte of expired data is left in any file, and other data stays."""

import asyncio
import io
import os
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import pytest
from forms.test_store_down import TO_PHOTO
from PIL import Image
from support.programs.databases import query
from support.servers.borough_server import BIN, COMPLAINT, TO_ADDRESS, Borough, Visitor, borough, code_of

from onestop.site.session_lifetime import DAY

SECRETS = (
    "SELECT encrypted FROM drafts", "SELECT wrapped FROM data_keys", "SELECT encrypted FROM photo_bytes", "SELECT wrapped FROM photos",
    "SELECT encrypted FROM codes", "SELECT prefill FROM sessions", "SELECT encrypted FROM cases",
)  # fmt: skip
TABLES = ("data_keys", "drafts", "codes", "moves", "sessions", "cases", "photos", "photo_bytes")
NOTHING = dict.fromkeys(TABLES, 0)
LONG = 48
"""Bytes of a piece: a blob may be spread over several pages of the file."""


@pytest.fixture
async def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Borough]:
    """Serve with erasure running continuously."""
    monkeypatch.setattr("onestop.server.maintenance.ERASE_SECONDS", 0.05)
    async with borough(tmp_path) as made:
        yield made


async def kept(server: Borough, statements: Iterable[str] = SECRETS) -> set[bytes]:
    """Return every encrypted value in the database."""
    found: set[bytes] = set()
    for statement in statements:
        found |= {row[0] for row in await server.database.read(lambda tx, s=statement: tx.rows(query(s))) if row[0]}  # type: ignore[misc]
    return found


def pieces(blobs: Iterable[bytes]) -> list[bytes]:
    return [blob[at : at + LONG] for blob in blobs for at in range(0, len(blob) - LONG + 1, 997)]


def in_files(folder: Path, wanted: Iterable[bytes]) -> list[bytes]:
    """Return those pieces that are in the files of the database."""
    held = b"".join(file.read_bytes() for file in folder.glob("a.db*") if not file.name.endswith(".keys"))
    return [piece for piece in wanted if piece in held]


async def rows(server: Borough, *tables: str) -> dict[str, int]:
    async def count(table: str) -> int:
        found = await server.database.read(lambda tx: tx.row(query(f"SELECT COUNT(*) FROM {table}")))
        assert found is not None
        return int(found[0])

    return {table: await count(table) for table in tables}


async def swept(server: Borough, folder: Path, gone: Iterable[bytes]) -> None:
    """Wait until none of these pieces is in any file."""
    for _ in range(100):
        if not in_files(folder, gone):
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"{len(in_files(folder, gone))} pieces are left, and of rows {await rows(server, *TABLES)}")


async def complained(server: Borough) -> None:
    """Submit a case with a photo, in a session with reusable answers."""
    visitor = Visitor(server)
    await visitor.until(COMPLAINT, TO_PHOTO)
    packed = io.BytesIO()
    Image.frombytes("RGB", (160, 120), os.urandom(160 * 120 * 3)).save(packed, "JPEG")
    assert await visitor.upload(f"{COMPLAINT}/photo", packed.getvalue()) == 303
    await visitor.until(COMPLAINT, (("name", "Ann Planted"), ("reach", "phone"), ("phone", "07700 900 982")))
    assert await visitor.send(f"{COMPLAINT}/check", []) == (303, f"{COMPLAINT}/done")


async def test_expired_data_is_erased_from_every_file_and_other_data_stays(server: Borough, tmp_path: Path) -> None:
    drafting: set[bytes] = set()
    for n in range(12):
        visitor = Visitor(server)
        for ask, value in TO_ADDRESS:
            await visitor.until(BIN, ((ask, value),))
            drafting |= await kept(server, SECRETS[:2])
        await visitor.send(f"{BIN}/home", [("answer", f"{n} High Street, EM4 2QT")], BIN)
        await code_of(visitor)
    drafting |= await kept(server)
    await complained(server)
    casework = await kept(server) - drafting
    assert len(drafting) > 60 and len(casework) >= 6
    present = in_files(tmp_path, pieces(drafting | casework))
    assert len(present) > 30

    server.clock.now += 32 * DAY
    lasting = await kept(server, SECRETS[6:])
    await swept(server, tmp_path, pieces(drafting))
    assert await rows(server, *TABLES) == {**NOTHING, "data_keys": 1, "cases": 1, "photos": 1, "photo_bytes": 1}
    assert in_files(tmp_path, pieces(lasting))

    server.clock.now += 6 * 366 * DAY
    await swept(server, tmp_path, pieces(casework | lasting))
    assert await rows(server, *TABLES) == NOTHING
    # The delivered copy stays: the desk decides what happens to it.
    assert len(list((tmp_path / "outbox").glob("[!.]*/*.json"))) == 1


async def test_a_discarded_draft_is_erased_in_the_next_round(server: Borough, tmp_path: Path) -> None:
    """It must not wait for other data to expire."""
    visitor = Visitor(server)
    await visitor.until(BIN, TO_ADDRESS)
    given_up = pieces(await kept(server))
    assert in_files(tmp_path, given_up)
    assert (await visitor.send(f"{BIN}/again", [], BIN))[0] == 303
    await swept(server, tmp_path, given_up)
