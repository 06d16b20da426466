"""Names that an author gives to asks, options, facts, tells and desks, as conditions and addresses use them."""

import re
from collections.abc import Set

from onestop.authoring.node import Node

CONDITION_WORDS = ("is", "not", "or", "and", "has", "given", "otherwise")
TODAY = "today"
"""A date in a condition: no ask may be called so."""
LONGEST = 30
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def read_name(node: Node, text: str, *, key: bool = False, reserved: Set[str] = frozenset()) -> str:
    """Return the name and report a fault if it is malformed or reserved. A wrong name is returned too: other texts refer to it."""
    if not text:
        return ""
    if not _NAME.fullmatch(text) or len(text) > LONGEST:
        node.fault(f"`{text[:40]}` is no name: write at most {LONGEST} small letters, digits and hyphens", key=key)
    elif text in CONDITION_WORDS or text in reserved:
        node.fault(f"`{text}` is a word of our own: take another name", key=key)
    return text
