"""A photo keeps its picture and loses everything else; what is no photo is refused, whatever it is called."""

import contextlib
import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from onestop.web.photos import SIDE, NoPhoto, redrawn


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
def test_every_kind_a_telephone_sends_becomes_a_jpeg(kind: str) -> None:
    photo = redrawn(picture(kind))
    assert photo.body.startswith(b"\xff\xd8\xff")
    assert (photo.width, photo.height) == (400, 300)


def test_what_the_camera_wrote_is_gone_and_the_picture_stands_upright() -> None:
    raw = picture("JPEG", exif=exif(), comment=b"PlantedComment")
    assert b"Planted" in raw
    photo = redrawn(raw)
    assert b"Planted" not in photo.body and b"Exif" not in photo.body
    assert (photo.width, photo.height) == (300, 400)
    with Image.open(io.BytesIO(photo.body)) as opened:
        assert not opened.getexif()


def test_what_is_hidden_behind_the_picture_is_gone() -> None:
    photo = redrawn(picture("PNG") + b"<script>planted</script>")
    assert b"planted" not in photo.body


def test_a_large_photo_is_made_smaller() -> None:
    photo = redrawn(picture("JPEG", (4000, 2000)))
    assert (photo.width, photo.height) == (SIDE, SIDE // 2)


def bomb() -> bytes:
    """A PNG of a few hundred bytes that says it is 30,000 pixels a side."""

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
def test_what_is_no_photo_is_refused(raw: bytes) -> None:
    with pytest.raises(NoPhoto):
        redrawn(raw)


@given(st.integers(0, 5000), st.binary(max_size=40))
def test_a_broken_photo_is_refused_or_redrawn(at: int, noise: bytes) -> None:
    raw = picture("JPEG")
    with contextlib.suppress(NoPhoto):
        assert redrawn(raw[:at] + noise + raw[at + len(noise) :]).body.startswith(b"\xff\xd8\xff")
