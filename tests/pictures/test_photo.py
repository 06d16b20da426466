"""Photos are re-encoded without metadata; anything that is not a photo is rejected, whatever its declared type."""

import asyncio
import contextlib
import io
import struct
import time
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from onestop.pictures.photo import FEW_PIXELS, SIDE, NotAPhoto, PhotoTooLarge, reencode_photo, scaled_size
from onestop.pictures.photo_queue import AT_ONCE, WAITING, PhotoQueue, PhotoQueueFull


def picture(kind: str, size: tuple[int, int] = (400, 300), **more: object) -> bytes:
    image = Image.new("RGB", size, "#336699")
    image.paste("#ffcc33", (0, 0, size[0] // 2, size[1]))
    packed = io.BytesIO()
    image.save(packed, kind, **more)
    return packed.getvalue()


def exif() -> Image.Exif:
    told = Image.Exif()
    told[0x010F] = "PlantedCameraMaker"
    told[0x0112] = 6
    told.get_ifd(0x8825).update({1: "N", 2: (52.0, 12.0, 34.5)})
    return told


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_every_format_of_phones_becomes_a_jpeg(kind: str) -> None:
    photo = reencode_photo(picture(kind))
    assert photo.body.startswith(b"\xff\xd8\xff")
    assert (photo.width, photo.height) == (400, 300)


def test_metadata_is_removed_and_rotation_applied() -> None:
    raw = picture("JPEG", exif=exif(), comment=b"PlantedComment")
    assert b"Planted" in raw
    photo = reencode_photo(raw)
    assert b"Planted" not in photo.body and b"Exif" not in photo.body
    assert (photo.width, photo.height) == (300, 400)
    with Image.open(io.BytesIO(photo.body)) as opened:
        assert not opened.getexif()


def test_data_after_the_image_is_removed() -> None:
    photo = reencode_photo(picture("PNG") + b"<script>planted</script>")
    assert b"planted" not in photo.body


def test_a_large_photo_is_scaled_down() -> None:
    photo = reencode_photo(picture("JPEG", (4000, 2000)))
    assert (photo.width, photo.height) == (SIDE, SIDE // 2)


def bomb() -> bytes:
    """Return a PNG of a few hundred bytes that declares 30,000 pixels a side."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "raw",
    [b"", b"<svg onload='x()'/>", b"GIF89a<script>", b"%PDF-1.7", b"\xff\xd8\xff" + b"x" * 100, bomb(), picture("BMP")],
    ids=["nothing", "svg", "gif head", "pdf", "jpeg head", "bomb", "bmp"],
)
def test_a_file_that_is_not_a_photo_is_rejected(raw: bytes) -> None:
    with pytest.raises(NotAPhoto):
        reencode_photo(raw)


PANORAMA = (16_000, 1000)
"""More pixels than an image may have that cannot be scaled down while it is decoded."""


def test_only_a_baseline_jpeg_may_have_many_pixels() -> None:
    assert PANORAMA[0] * PANORAMA[1] > FEW_PIXELS
    photo = reencode_photo(picture("JPEG", PANORAMA))
    assert (photo.width, photo.height) == (SIDE, 100)
    for raw in (picture("PNG", PANORAMA), picture("GIF", PANORAMA), picture("JPEG", PANORAMA, progressive=True)):
        assert not scaled_size(raw)
        with pytest.raises(PhotoTooLarge):
            reencode_photo(raw)


def test_a_jpeg_with_too_many_scans_is_rejected() -> None:
    raw = picture("JPEG", progressive=True)
    assert reencode_photo(raw)
    last = raw.rindex(b"\xff\xda")
    with pytest.raises(PhotoTooLarge):
        reencode_photo(raw[:-2] + raw[last:-2] * 60 + raw[-2:])


@given(st.binary(max_size=60))
def test_scaled_size_never_fails_on_any_bytes(raw: bytes) -> None:
    assert not scaled_size(raw)
    assert not scaled_size(b"\xff\xd8" + raw) or b"\xff\xda" in raw


async def test_photos_are_processed_in_turn_and_few_may_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    at_work: list[int] = []
    most = 0

    def slow(raw: bytes) -> bytes:
        nonlocal most
        at_work.append(1)
        most = max(most, len(at_work))
        time.sleep(0.02)
        at_work.pop()
        return raw

    monkeypatch.setattr("onestop.pictures.photo_queue.reencode_photo", slow)
    room = PhotoQueue()
    came = await asyncio.gather(*(room.reencode(b"x") for _ in range(20)), return_exceptions=True)
    assert most == AT_ONCE
    assert sum(isinstance(one, PhotoQueueFull) for one in came) == 20 - AT_ONCE - WAITING
    assert room.inside == 0


@given(st.integers(0, 5000), st.binary(max_size=40))
def test_a_damaged_photo_is_rejected_or_reencoded(at: int, noise: bytes) -> None:
    raw = picture("JPEG")
    with contextlib.suppress(NotAPhoto):
        assert reencode_photo(raw[:at] + noise + raw[at + len(noise) :]).body.startswith(b"\xff\xd8\xff")


def _segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2) + body


FRAME = _segment(0xC0, bytes((8, 0x03, 0xE8, 0x3E, 0x80, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0)))
"""A sequential frame of 16,000 by 1,000 px."""


@pytest.mark.parametrize(
    "before",
    [
        b"\xff" + FRAME,
        FRAME,
        b"\xff" * 5 + FRAME,
        b"\xff\x01",
        b"\xff\xd0",
        _segment(0xC9, FRAME[4:]),
        b"\xff\xe0\x00\x00",
    ],
    ids=["fill", "second frame", "many fills", "temporary", "restart", "arithmetic", "no length"],
)
def test_a_progressive_jpeg_that_looks_sequential_is_not_opened(before: bytes) -> None:
    """Some 500 MB for 80 megapixels: only what is decoded small may be that large."""
    raw = picture("JPEG", PANORAMA, progressive=True)
    with pytest.raises(NotAPhoto):
        reencode_photo(raw[:2] + before + raw[2:])


def test_fill_bytes_before_markers_are_skipped() -> None:
    raw = picture("JPEG", (40, 30))
    assert scaled_size(raw) == scaled_size(raw[:2] + b"\xff\xff" + raw[2:]) == (40, 30)
    assert scaled_size(raw[:2] + _segment(0xDA, bytes(20)) + raw[2:]) is None
