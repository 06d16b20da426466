"""Re-encode a resident's photo before it is stored: a smaller JPEG with nothing in it but the picture."""

import io
import re
import warnings
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError

from onestop.pictures.decode import decoded

MOST_PIXELS = 80_000_000
"""Of a JPEG that libjpeg can scale down while decoding, so that its full size is never in memory."""
FEW_PIXELS = 12_500_000
"""Of any other picture: it is decoded at full size, 5 to 18 bytes a pixel."""
HEIF_PIXELS = 25_000_000
"""Of a HEIC photo without transparency, the format of many telephones: 7 bytes a pixel."""
MOST_SCANS = 40
"""Scans of a progressive JPEG: cameras write ten, and each makes the decoder pass over the whole picture."""
SIDE = 1600
QUALITY = 80
KINDS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF")
"""Without AVIF: its decoder takes the size from inside the picture, and a file of 2 KB may need 400 MB. libheif has limits."""
SCAN, SEQUENTIAL = 0xDA, (0xC0, 0xC1)
"""Markers of a JPEG: start of scan, and start of a sequential frame (ITU-T T.81, table B.1)."""
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of a frame of any kind. The three left out are tables and a reserved one."""
WITHOUT_LENGTH = frozenset((0x00, 0x01, *range(0xD0, 0xDA)))
"""Markers that no length follows: none of them belongs before the first scan."""


HEADS = re.compile(rb"\xff\xd8\xff|\x89PNG|GIF8|RIFF....WEBP|....ftyp(hei|hev|mif1|msf1)", re.DOTALL)
"""How files of these formats begin."""


class NotAPhoto(Exception):
    """The bytes are not a picture in a format we accept."""


class DamagedPhoto(NotAPhoto):
    """The picture is in a format we accept, but its file is incomplete or damaged."""


class PhotoTooLarge(NotAPhoto):
    """The picture has more pixels than may be decoded."""


@dataclass(frozen=True, slots=True)
class ReencodedPhoto:
    """An upright JPEG of at most 1,600 px a side, without metadata."""

    body: bytes
    width: int
    height: int


def reencode_photo(raw: bytes) -> ReencodedPhoto:
    """Return the picture in `raw`, whose format is found from its content. Run it in a thread. Raises NotAPhoto."""
    try:
        with warnings.catch_warnings():
            # What is wrong with metadata does not matter: they are not kept.
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(raw), formats=KINDS) as opened:
                _expect_few_pixels(opened, raw)
                upright = decoded(opened, (SIDE, SIDE))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as why:
        raise PhotoTooLarge from why
    except PhotoTooLarge:
        raise
    except UnidentifiedImageError as why:
        raise (DamagedPhoto if HEADS.match(raw) else NotAPhoto) from why
    except Exception as why:
        # A decoder raises anything on a damaged file: struct.error, KeyError, RuntimeError...
        raise DamagedPhoto from why
    # Copy the pixels only: metadata stays behind.
    clean = Image.new("RGB", upright.size)
    clean.paste(upright)
    packed = io.BytesIO()
    clean.save(packed, "JPEG", quality=QUALITY, optimize=True)
    return ReencodedPhoto(packed.getvalue(), *clean.size)


def _expect_few_pixels(opened: Image.Image, raw: bytes) -> None:
    """Have a JPEG scaled down while it is decoded. Raise PhotoTooLarge before anything too large is decoded."""
    width, height = opened.size
    scales = not opened.info.get("progressive") and scaled_size(raw) == opened.size
    most = MOST_PIXELS if scales else HEIF_PIXELS if (opened.format, opened.mode) == ("HEIF", "RGB") else FEW_PIXELS
    if width * height > most or (raw.startswith(b"\xff\xd8") and raw.count(bytes((0xFF, SCAN))) > MOST_SCANS):
        raise PhotoTooLarge
    scale = min(1.0, SIDE / max(width, height))
    opened.draft("RGB", (max(1, int(width * scale)), max(1, int(height * scale))))


def scaled_size(raw: bytes) -> tuple[int, int] | None:
    """Return width and height of a JPEG that can be scaled down while decoding; None for anything else.

    That is one sequential frame with all of its components in the first scan. Whatever two parsers could read differently, such as a
    second frame or a marker without a length, is None too.
    """
    if not raw.startswith(b"\xff\xd8"):
        return None
    at, size, components = 2, None, 0
    while raw[at : at + 1] == b"\xff" and at + 10 < len(raw):
        marker = raw[at + 1]
        if marker == 0xFF:
            # A fill byte: any number of them may stand before a marker (T.81, B.1.1.2).
            at += 1
            continue
        length = int.from_bytes(raw[at + 2 : at + 4])
        if marker in WITHOUT_LENGTH or length < 2:
            return None
        if marker == SCAN:
            return size if raw[at + 4] == components else None
        if marker in FRAMES:
            if marker not in SEQUENTIAL or size:
                return None
            components = raw[at + 9]
            size = int.from_bytes(raw[at + 7 : at + 9]), int.from_bytes(raw[at + 5 : at + 7])
        at += 2 + length
    return None
