"""Memory for opening one photo: at most 250 MB, whatever the size its headers declare."""

import io
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable

import pytest
from PIL import Image
from pillow_heif import register_heif_opener
from support.paths import ROOT

from onestop.pictures.photo import FEW_PIXELS, MOST_PIXELS

register_heif_opener()
pytestmark = pytest.mark.slow
MOST = 250
"""MB, as docs/operators.md says."""
MEASURE = """
import sys
from onestop.pictures.photo import NotAPhoto, reencode_photo
raw = sys.stdin.buffer.read()
def memory(name):
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith(name))
with open("/proc/self/clear_refs", "w") as peak:
    peak.write("5")
before = memory("VmRSS")
try:
    found = reencode_photo(raw)
    outcome = "opened"
except NotAPhoto:
    outcome = "rejected"
print((memory("VmHWM") - before) // 1024, outcome)
"""
MANY = int(MOST_PIXELS**0.5) // 16 * 16
"""Side of a square of almost 80 megapixels."""
FEW = int(FEW_PIXELS**0.5)


def opened(raw: bytes) -> tuple[int, str]:
    """Open a photo in a process of its own; return its memory in MB, and whether it was opened or rejected."""
    ran = subprocess.run([sys.executable, "-c", MEASURE], input=raw, capture_output=True, check=True, cwd=ROOT)
    size, outcome = ran.stdout.decode().split()
    return int(size), outcome


def jpeg(width: int, height: int, **more: object) -> bytes:
    """Return a JPEG whose frame declares this size: the scan of a small one."""
    packed = io.BytesIO()
    Image.new("RGB", (16, 16)).save(packed, "JPEG", **more)
    raw = bytearray(packed.getvalue())
    at = max(raw.find(b"\xff\xc0"), raw.find(b"\xff\xc2"))
    raw[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(raw)


def false_frame(width: int, height: int) -> bytes:
    """Return the header of a sequential frame behind a fill byte, which belongs to no scan."""
    return (
        b"\xff\xff\xc0" + struct.pack(">HBHHB", 17, 8, height, width, 3) + bytes((1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0))
    )


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def header(width: int, height: int, depth: int = 8) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, 6, 0, 0, 0))


def png(width: int, height: int, depth: int = 8, before: bytes = b"", after: bytes = b"") -> bytes:
    """Return a PNG with transparency, with other chunks before and after its pixels."""
    packer = zlib.compressobj()
    row = b"\0" + bytes(width * depth // 2)
    pixels = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    chunks = header(width, height, depth) + before + chunk(b"IDAT", pixels) + after + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def grey() -> bytes:
    packed = io.BytesIO()
    Image.new("I;16", (FEW, FEW), 20_000).save(packed, "PNG")
    return packed.getvalue()


def text_bombs() -> bytes:
    bomb = zlib.compress(b"x" * 1_000_000)
    return b"".join(chunk(b"zTXt", b"k%d\0\0" % number + bomb) for number in range(60))


def webp(**more: object) -> bytes:
    packed = io.BytesIO()
    Image.new("RGBA", (FEW, FEW), (9, 8, 7, 90)).save(packed, "WEBP", lossless=True, **more)
    return packed.getvalue()


def heic(width: int, height: int, mode: str = "RGB") -> bytes:
    packed = io.BytesIO()
    Image.new(mode, (width, height), (9, 8, 7, 90)[: len(mode)]).save(packed, "HEIF")
    return packed.getvalue()


def heic_with_size(width: int, height: int) -> bytes:
    """Return a HEIC photo of 24 megapixels whose container declares another size."""
    raw = bytearray(heic(5712, 4284))
    at = raw.find(b"ispe") + 8
    raw[at : at + 8] = struct.pack(">II", width, height)
    return bytes(raw)


def heic_that_lies(width: int, height: int) -> bytes:
    """Return a HEIC photo of one colour in a few KB, of which every size in the container says 100 x 100."""
    packed = io.BytesIO()
    Image.new("RGB", (width, height), "grey").save(packed, "HEIF", quality=1)
    size = struct.pack(">II", width, height)
    return packed.getvalue().replace(b"ispe\0\0\0\0" + size, b"ispe\0\0\0\0" + struct.pack(">II", 100, 100))


def webp_with_canvas(width: int, height: int) -> bytes:
    """Return a WebP whose extended header declares another size than its picture has."""
    raw = bytearray(webp(exif=b"Exif\0\0x"))
    at = raw.find(b"VP8X") + 12
    raw[at : at + 6] = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return bytes(raw)


def gif(width: int, height: int, frames: int = 1, canvas: tuple[int, int] | None = None) -> bytes:
    """Return a GIF of some frames, whose header declares another size if `canvas` is one."""
    first, *others = (Image.new("P", (width, height), number) for number in range(frames))
    packed = io.BytesIO()
    first.save(packed, "GIF", save_all=True, append_images=others)
    raw = bytearray(packed.getvalue())
    if canvas:
        raw[6:10] = struct.pack("<HH", *canvas)
    return bytes(raw)


LARGEST_ACCEPTED: dict[str, Callable[[], bytes]] = {
    "jpeg": lambda: jpeg(MANY, MANY),
    "png of 8 bits": lambda: png(FEW, FEW),
    "png of 16 bits": lambda: png(FEW, FEW, 16),
    "png with texts": lambda: png(FEW, FEW, 8, text_bombs()),
    "png with a header after the pixels": lambda: png(100, 100, after=header(9000, 8800)),
    "webp": webp,
    "heic of 24 megapixels": lambda: heic(5712, 4284),
    "heic with transparency": lambda: heic(FEW, FEW, "RGBA"),
    "grey png of 16 bits": grey,
    "gif": lambda: gif(FEW, FEW),
    "gif of many frames": lambda: gif(1000, 1000, 100),
}
LIES: dict[str, Callable[[], bytes]] = {
    "progressive jpeg with a false frame": lambda: (
        (raw := jpeg(MANY, MANY, progressive=True))[:2] + false_frame(MANY, MANY) + raw[2:]
    ),
    "progressive jpeg with a small false frame": lambda: (
        (raw := jpeg(MANY, MANY, progressive=True))[:2] + false_frame(16, 16) + raw[2:]
    ),
    "png with a second header": lambda: png(100, 100, before=header(9000, 8800)),
    "large png": lambda: png(9000, 8800),
    "webp with a small canvas": lambda: webp_with_canvas(100, 100),
    "webp with a large canvas": lambda: webp_with_canvas(16383, 16383),
    "heic that declares a small size": lambda: heic_with_size(100, 100),
    "gif with a large canvas": lambda: gif(16, 16, canvas=(65535, 65535)),
    "gif with a small canvas": lambda: gif(9000, 8800, canvas=(16, 16)),
    "heic of 79 megapixels that declares a small size": lambda: heic_that_lies(9000, 8800),
    "heic of 48 megapixels": lambda: heic_with_size(8064, 6048),
}


@pytest.mark.parametrize("make", LARGEST_ACCEPTED.values(), ids=LARGEST_ACCEPTED)
def test_the_largest_photos_fit_the_documented_memory(make: Callable[[], bytes]) -> None:
    size, outcome = opened(make())
    assert outcome == "opened"
    assert size < MOST


@pytest.mark.parametrize("make", LIES.values(), ids=LIES)
def test_a_photo_that_lies_about_its_size_is_rejected_before_it_is_decoded(make: Callable[[], bytes]) -> None:
    size, outcome = opened(make())
    assert outcome == "rejected"
    assert size < 20
