"""Pixels of an opened picture: scaled down, in RGB on white paper, the right way up."""

from PIL import ExifTags, Image
from pillow_heif import register_heif_opener

register_heif_opener(thumbnails=False)

PAPER = "white"
"""The background of a transparent picture."""
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What turns a picture upright, by its Exif orientation (Exif 2.32, table 6). It stays as it is for any other value."""
DEEP_GREY = "I;16"
"""The mode of 16 bits of grey, which Pillow would cut off at 255 rather than divide."""


def decoded(opened: Image.Image, most: tuple[int, int] | None = None) -> Image.Image:
    """Return a picture in RGB, upright, on white, scaled down to `most` px before it is turned. Decoders raise any exception.

    What is transparent is laid on the paper only after it is scaled: at full size there is never more than one copy.
    """
    turn = TURNS.get(_orientation(opened))
    picture = _plain_mode(opened)
    if most:
        picture.thumbnail(most)
    if picture.mode == "RGBA":
        paper = Image.new("RGB", picture.size, PAPER)
        paper.paste(picture, mask=picture)
        picture = paper
    return picture.transpose(turn) if turn is not None else picture


def _orientation(opened: Image.Image) -> int:
    """Return the Exif orientation, or 1 if the metadata cannot be read: the picture can be shown all the same."""
    try:
        found = opened.getexif().get(ExifTags.Base.Orientation)
    except Exception:
        return 1
    return found if isinstance(found, int) else 1


def _plain_mode(opened: Image.Image) -> Image.Image:
    """Return the picture in RGB, or in RGBA if a part of it may be transparent."""
    opened.load()
    if opened.mode == DEEP_GREY:
        return opened.point(lambda depth: depth / 256).convert("L").convert("RGB")
    mode = "RGBA" if opened.has_transparency_data else "RGB"
    return opened if opened.mode == mode else opened.convert(mode)
