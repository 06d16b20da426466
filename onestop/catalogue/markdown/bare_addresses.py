"""Addresses that stand in words: web addresses, mail addresses and telephone numbers become links where they can be followed."""

import re
from collections.abc import Iterator

Piece = tuple[str, str]
"""A text, and its target or ""."""
_BARE = re.compile(
    r"""(?P<web>https?://[^\s<>()"]+\.[^\s<>()"]*[^\s<>()".,:;!?'])
    |(?<![\w/.@-])(?P<www>www\.[^\s<>()"]+\.[^\s<>()"]*[^\s<>()".,:;!?'])
    |(?<![\w.+-])(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)
    |(?<![\w+/-])(?P<phone>(?:0[1-9]\d{1,4}[ ]\d{3,4}(?:[ ]?\d{3,4})?|0[1-9]\d{9}))(?![\w/-]|[ ]\d)""",
    re.VERBOSE,
)
_SCHEMES = {"web": "", "www": "https://", "mail": "mailto:", "phone": "tel:"}


def bare_addresses(text: str) -> Iterator[Piece]:
    """Yield the text in pieces, each address with its target."""
    end = 0
    for found in _BARE.finditer(text):
        kind = str(found.lastgroup)
        if found.start() > end:
            yield text[end : found.start()], ""
        shown = found[0]
        yield shown, _SCHEMES[kind] + (shown.replace(" ", "") if kind == "phone" else shown)
        end = found.end()
    if end < len(text):
        yield text[end:], ""


def with_address(text: str, target: str) -> str:
    """Return the words of a link followed by its mail address or telephone number, which not every screen can follow, if they lack it."""
    scheme, _, address = target.partition(":")
    if scheme not in ("mailto", "tel"):
        return text
    address = address.partition("?")[0]
    known = address.lower() in re.sub(r"[ ()-]" if scheme == "tel" else " ", "", text).lower()
    return text if known or not address else f"{text} ({address})"
