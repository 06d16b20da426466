"""Pictures with false dimensions, damaged ones, and decompression bombs."""

import io
import struct
import zlib
from random import Random

from PIL import Image

PROGRESSIVE, BASELINE = b"\xff\xc2", b"\xff\xc0"


def odd_picture(chance: Random) -> bytes:
    """Return one picture that a camera would not make."""
    return chance.choice((_huge_progressive, _huge_baseline, _huge_png, _large_png, _mutated, _cut))(chance)


def _picture(kind: str, **more: bool) -> bytes:
    image = Image.new("RGB", (400, 300), "#336699")
    image.paste("#ffcc33", (0, 0, 200, 300))
    packed = io.BytesIO()
    image.save(packed, kind, **more)
    return packed.getvalue()


def claim_size(jpeg: bytes, marker: bytes, width: int, height: int) -> bytes:
    """Return a JPEG whose frame says another size. `marker` begins the frame."""
    at = jpeg.index(marker) + 5
    return jpeg[:at] + struct.pack(">HH", height, width) + jpeg[at + 4 :]


def _huge_progressive(chance: Random) -> bytes:
    """Return a progressive JPEG of 80 megapixels behind fill bytes and a frame that claims to be sequential."""
    raw = claim_size(_picture("JPEG", progressive=True), PROGRESSIVE, 10_000, 8000)
    frame = BASELINE + struct.pack(">HBHHB", 17, 8, 64, 64, 3) + bytes([1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1])
    return raw[:2] + b"\xff" * chance.randrange(5) + frame + raw[2:]


def _huge_baseline(chance: Random) -> bytes:
    return claim_size(_picture("JPEG"), BASELINE, 10_000, chance.choice([8000, 9000, 60_000]))


def _huge_png(chance: Random) -> bytes:
    raw = _picture("PNG")
    head = b"IHDR" + struct.pack(">II", 10_000, chance.choice([8000, 2**31 - 1])) + raw[24:29]
    return raw[:12] + head + struct.pack(">I", zlib.crc32(head)) + raw[33:]


def _large_png(chance: Random) -> bytes:
    """Return a small file that decodes to nearly the most pixels allowed."""
    packed = io.BytesIO()
    Image.new("1", (3500, 3500)).save(packed, "PNG")
    return packed.getvalue()


def _mutated(chance: Random) -> bytes:
    raw = bytearray(_picture(chance.choice(["JPEG", "PNG", "WEBP", "GIF"])))
    for _ in range(chance.randrange(1, 30)):
        raw[chance.randrange(len(raw))] = chance.randrange(256)
    return bytes(raw)


def _cut(chance: Random) -> bytes:
    raw = _picture(chance.choice(["JPEG", "PNG", "WEBP"]))
    return raw[: chance.randrange(1, len(raw))]
