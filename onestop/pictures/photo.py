"""What a resident's photo becomes before it is kept: drawn anew, smaller, with nothing in it but the picture."""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps

LARGEST = 12 * 1024 * 1024
"""Bytes a telephone may send: a camera of 2026 makes 3 to 8 MB."""
MOST_PIXELS = 80_000_000
"""In a JPEG that can be made smaller while it is read, so that its size costs nothing."""
FEW_PIXELS = 12_500_000
"""In any other picture: all of it is in memory at once, 5 to 18 bytes a pixel."""
MOST_SCANS = 40
"""Rounds in which a picture may come, finer each time: cameras need ten, and each of them goes over the whole picture."""
SIDE = 1600
QUALITY = 80
KINDS = ("JPEG", "PNG", "WEBP", "GIF")
SCAN, SEQUENTIAL = 0xDA, (0xC0, 0xC1)
"""The marks in a JPEG before a scan, and before the size of a picture whose blocks come one after another."""


class NotAPhoto(Exception):
    """The bytes are no picture of a kind we take."""


class PhotoTooLarge(NotAPhoto):
    """It has more pixels than may be opened."""


@dataclass(frozen=True, slots=True)
class ReencodedPhoto:
    """A JPEG of at most 1,600 px a side, turned the right way up; no place, time or camera is told in it."""

    body: bytes
    width: int
    height: int


def reencode_photo(raw: bytes) -> ReencodedPhoto:
    """The picture in `raw`, by its content whatever it is called. To be run in a thread. Raises `NotAPhoto`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(raw), formats=KINDS) as opened:
                upright = ImageOps.exif_transpose(_small(opened, raw))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as why:
        raise PhotoTooLarge from why
    except (OSError, ValueError, SyntaxError, OverflowError, Warning) as why:
        raise NotAPhoto from why
    # Pixels only: what the file said besides them stays behind.
    clean = Image.new("RGB", upright.size)
    clean.paste(upright)
    packed = io.BytesIO()
    clean.save(packed, "JPEG", quality=QUALITY, optimize=True)
    return ReencodedPhoto(packed.getvalue(), *clean.size)


def _small(opened: Image.Image, raw: bytes) -> Image.Image:
    """The picture in colour and no larger than it is kept, not turned yet. Raises `PhotoTooLarge` before anything large is in memory."""
    width, height = opened.size
    most = MOST_PIXELS if shrinks(raw) else FEW_PIXELS
    if width * height > most or (raw.startswith(b"\xff\xd8") and raw.count(bytes((0xFF, SCAN))) > MOST_SCANS):
        raise PhotoTooLarge
    scale = min(1.0, SIDE / max(width, height))
    opened.draft("RGB", (max(1, int(width * scale)), max(1, int(height * scale))))
    small = opened.convert("RGB")
    small.thumbnail((SIDE, SIDE))
    return small


def shrinks(raw: bytes) -> bool:
    """Whether a picture can be made smaller while it is read: a JPEG with all of its colours in one scan."""
    at, colours = 2, 0
    while raw.startswith(b"\xff\xd8") and raw[at : at + 1] == b"\xff" and len(raw) > at + 9:
        mark, length = raw[at + 1], int.from_bytes(raw[at + 2 : at + 4])
        if mark == SCAN:
            return raw[at + 4] == colours
        colours = raw[at + 9] if mark in SEQUENTIAL else colours
        at += 2 + length
    return False
