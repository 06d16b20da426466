"""Pages as bytes, without characters that none may contain."""

import re

_CONTROLS = bytes((*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F))
_C1 = re.compile(b"\xc2[\x80-\x9f]")
"""UTF-8 of the C1 controls, which terminals obey (CSI among them)."""
_NONCHARACTERS = re.compile(b"\xef\xbf[\xbe\xbf]")
"""UTF-8 of U+FFFE and U+FFFF, which XML forbids."""


def encode_page(markup: str) -> bytes:
    """Return the UTF-8 of a page without characters that no page may contain, whatever a resident has typed.

    Dropped are control characters but tab, CR and LF (so ESC, CSI and NUL), U+FFFE and U+FFFF; a lone surrogate becomes "?".
    """
    body = markup.encode(errors="replace").translate(None, _CONTROLS)
    return _NONCHARACTERS.sub(b"", _C1.sub(b"", body))
