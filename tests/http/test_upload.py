"""The memory of uploads is bounded, also while the garbage collector has not run."""

import asyncio
import gc
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from support.servers.borough_server import BIN, Borough, borough

from onestop.http.request.upload import MAX_PHOTO, PhotoUpload, UploadBudget

PAGE = 4096


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Borough]:
    async with borough(tmp_path) as made:
        yield made


def memory() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE


async def test_uploads_that_are_cut_off_leave_nothing_in_reference_cycles(server: Borough) -> None:
    head = f"POST {BIN}/day HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=X\r\nContent-Length: 20000000\r\n\r\n"
    part = b'--X\r\nContent-Disposition: form-data; name="answer"; filename="p.jpg"\r\n\r\n' + b"\xff" * 8_000_000
    budget = server.parts.uploads
    gc.collect()
    gc.disable()
    try:
        before = memory()
        for _ in range(12):
            _, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(head.encode() + part)
            await writer.drain()
            for _ in range(500):
                if budget.held > 7_000_000:
                    break
                await asyncio.sleep(0.01)
            writer.transport.abort()
            for _ in range(500):
                if not budget.held:
                    break
                await asyncio.sleep(0.01)
            assert budget.held == 0
        assert memory() - before < 40_000_000
    finally:
        gc.enable()


def test_a_photo_that_grows_too_large_gives_its_memory_back() -> None:
    budget = UploadBudget()
    upload = PhotoUpload(budget)
    upload.write(b"x" * MAX_PHOTO)
    assert budget.held == MAX_PHOTO
    upload.write(b"x")
    upload.finish()
    assert (budget.held, upload.too_large, upload.content) == (0, True, None)


def test_all_photos_together_have_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onestop.http.request.upload.MAX_BUFFERED", 100)
    budget = UploadBudget()
    first, second = PhotoUpload(budget), PhotoUpload(budget)
    first.write(b"x" * 60)
    with pytest.raises(web.HTTPServiceUnavailable):
        second.write(b"x" * 60)
    first.release()
    second.write(b"x" * 60)
    assert budget.held == 60
