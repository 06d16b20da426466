"""What a picture of the catalogue becomes where there is little room for it: smaller, in few colours, light enough to wait for."""

import io
from dataclasses import dataclass

from PIL import Image, ImageOps

from channels.contract import Slot

KINDS = ("PNG", "JPEG", "WEBP")
SCALES = (1.0, 0.85, 0.7, 0.6, 0.5)
"""Of what the slot has room for: what would still be too heavy at half of it says less than its description."""
GRADES = ((64, 80), (24, 65), (16, 50))
"""Colours of a drawing and quality of a photo, the best first."""
HUES, ROUNDS = Image.Quantize.MAXCOVERAGE, 3
"""How few colours are chosen: none that is seldom gives way to shades of one that is common, so a grey bin stays grey."""
PAPER = "white"
"""What is seen through a picture that has holes."""


class UnreadablePicture(Exception):
    """The bytes are no picture that can be drawn anew."""


@dataclass(frozen=True, slots=True)
class ResizedPicture:
    """A picture of so many px, as the bytes of a file whose name ends in `suffix`."""

    body: bytes
    suffix: str
    width: int
    height: int


def resize_picture(raw: bytes, slot: Slot) -> ResizedPicture | None:
    """The picture in `raw` for a slot, never larger than it was; the same bytes each time. None if it cannot be got light enough.

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
    """As the lighter of two kinds of file: few colours suit a drawing, JPEG suits a photo."""
    png = _file(picture.quantize(colours, HUES, ROUNDS, dither=Image.Dither.NONE), "PNG", optimize=True)
    jpeg = _file(picture, "JPEG", quality=quality, optimize=True)
    return min((png, ".png"), (jpeg, ".jpg"), key=lambda file: len(file[0]))


def _file(picture: Image.Image, kind: str, **how: int) -> bytes:
    packed = io.BytesIO()
    picture.save(packed, kind, **how)
    return packed.getvalue()


def _opened(raw: bytes, slot: Slot) -> Image.Image:
    """The picture the right way up, in colour, on paper."""
    try:
        with Image.open(io.BytesIO(raw), formats=KINDS) as opened:
            opened.draft("RGB", (slot.width, slot.height))
            upright = ImageOps.exif_transpose(opened).convert("RGBA")
    except (Image.DecompressionBombError, OSError, ValueError, SyntaxError, OverflowError) as why:
        raise UnreadablePicture from why
    paper = Image.new("RGB", upright.size, PAPER)
    paper.paste(upright, mask=upright)
    return paper
