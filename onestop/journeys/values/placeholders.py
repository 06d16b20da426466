"""Placeholders in a text that stand for earlier answers: `What is wrong in the {room}?`"""

import re
from collections.abc import Callable, Iterator

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}?")


def placeholders(text: str) -> Iterator[tuple[int, str]]:
    """Yield the offset of each opening brace and the name after it."""
    for found in _PLACEHOLDER.finditer(text):
        yield found.start(), found[1]


def fill_placeholders(text: str, value_of: Callable[[str], str]) -> str:
    """Return the text with each placeholder replaced by the value of its name."""
    return _PLACEHOLDER.sub(lambda found: value_of(found[1]), text)
