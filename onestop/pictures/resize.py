"""Resize a picture of the catalogue for a device: smaller, in few colours, within a limit of bytes."""

import io
from dataclasses import dataclass

from PIL import Image

from channels.contract import Slot
from onestop.pictures.decode import decoded

KINDS = ("PNG", "JPEG", "WEBP")
SCALES = (1.0, 0.85, 0.7, 0.6, 0.5)
"""Shares of the slot's size, tried in turn. A picture too heavy at half of it is left out: its description says more."""
GRADES = ((64, 80), (24, 65), (16, 50))
"""Colours of a PNG and quality of a JPEG, the best first."""
HUES, ROUNDS = Image.Quantize.MAXCOVERAGE, 3
"""Maximum coverage keeps rare colours, so that a grey bin stays grey."""


class UnreadablePicture(Exception):
    """The bytes cannot be decoded as a picture."""


@dataclass(frozen=True, slots=True)
class ResizedPicture:
    """A picture of `width` by `height` px; `body` is a file whose name ends in `suffix`."""

    body: bytes
    suffix: str
    width: int
    height: int


def resize_picture(raw: bytes, slot: Slot) -> ResizedPicture | None:
    """Return the picture in `raw` resized for a slot, never enlarged, deterministic. None if it cannot be made light enough.

    Raises `UnreadablePicture`. It takes some 100 ms for a drawing of a screen's size.
    """
    whole = _opened(raw, slot)
    most = min(1.0, slot.width / whole.width, slot.height / whole.height)
    for scale in SCALES:
        size = (max(1, round(whole.width * most * scale)), max(1, round(whole.height * most * scale)))
        small = whole.resize(size, Image.Resampling.LANCZOS)
        for body, suffix in (_packed(small, *grade) for grade in GRADES):
            if len(body) <= slot.bytes:
                return ResizedPicture(body, suffix, *size)
    return None


def _packed(picture: Image.Image, colours: int, quality: int) -> tuple[bytes, str]:
    """Return the smaller of two files: PNG with few colours suits a drawing, JPEG a photo."""
    png = _file(picture.quantize(colours, HUES, ROUNDS, dither=Image.Dither.NONE), "PNG", optimize=True)
    jpeg = _file(picture, "JPEG", quality=quality, optimize=True)
    return min((png, ".png"), (jpeg, ".jpg"), key=lambda file: len(file[0]))


def _file(picture: Image.Image, kind: str, **how: int) -> bytes:
    packed = io.BytesIO()
    picture.save(packed, kind, **how)
    return packed.getvalue()


def _opened(raw: bytes, slot: Slot) -> Image.Image:
    """Return the picture upright, in RGB, on the background."""
    try:
        with Image.open(io.BytesIO(raw), formats=KINDS) as opened:
            opened.draft("RGB", (slot.width, slot.height))
            return decoded(opened)
    except Exception as why:
        # A decoder raises anything on a damaged file.
        raise UnreadablePicture from why
