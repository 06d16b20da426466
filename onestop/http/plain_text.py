"""Limits on the characters of submitted text and of pages."""

import re
import unicodedata

MAX_MARKS = 30
"""Combining marks in a row: the Stream-Safe Text Format of UAX #15. Normalising a longer run takes quadratic time."""
_CONTROLS = bytes((*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F))
_C1 = re.compile(b"\xc2[\x80-\x9f]")
"""UTF-8 of the C1 controls, which terminals obey (CSI among them)."""
_NONCHARACTERS = re.compile(b"\xef\xbf[\xbe\xbf]")
"""UTF-8 of U+FFFE and U+FFFF, which XML forbids."""


def limit_marks(text: str) -> str:
    """Return the text with at most MAX_MARKS combining marks in a row; further ones are dropped."""
    if text.isascii():
        return text
    # Looked up once for each different character: an answer may have 40,000.
    marks = "".join(re.escape(character) for character in set(text) if unicodedata.combining(character))
    return re.sub(f"([{marks}]{{{MAX_MARKS}}})[{marks}]+", r"\1", text) if marks else text


def encode_page(markup: str) -> bytes:
    """Return the UTF-8 of a page without characters that no page may contain, whatever a resident has typed.

    Dropped are control characters but tab, CR and LF (so ESC, CSI and NUL), U+FFFE and U+FFFF; a lone surrogate becomes "?".
    """
    body = markup.encode(errors="replace").translate(None, _CONTROLS)
    return _NONCHARACTERS.sub(b"", _C1.sub(b"", body))
