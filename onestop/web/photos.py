"""What a resident's photo becomes before it is kept: drawn anew, smaller, with nothing in it but the picture."""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps

LARGEST = 12 * 1024 * 1024
"""Bytes a telephone may send: a camera of 2026 makes 3 to 8 MB."""
MOST_PIXELS = 80_000_000
SIDE = 1600
QUALITY = 80
KINDS = ("JPEG", "PNG", "WEBP", "GIF")


class NoPhoto(Exception):
    """The bytes are no picture of a kind we take, or one too large to open."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A JPEG of at most 1,600 px a side, turned the right way up; no place, time or camera is told in it."""

    body: bytes
    width: int
    height: int


def redrawn(raw: bytes) -> Photo:
    """The picture in `raw`, by its content whatever it is called. To be run in a thread. Raises `NoPhoto`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(raw), formats=KINDS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise NoPhoto
                opened.draft("RGB", (SIDE, SIDE))
                upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (OSError, ValueError, SyntaxError, OverflowError, Image.DecompressionBombError, Warning) as why:
        raise NoPhoto from why
    upright.thumbnail((SIDE, SIDE))
    # Pixels only: what the file said besides them stays behind.
    clean = Image.new("RGB", upright.size)
    clean.paste(upright)
    packed = io.BytesIO()
    clean.save(packed, "JPEG", quality=QUALITY, optimize=True)
    return Photo(packed.getvalue(), *clean.size)
