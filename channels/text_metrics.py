"""Upper bounds of the width and the number of lines of a text, for devices whose font is not known."""

import json
from functools import lru_cache
from itertools import pairwise, repeat
from pathlib import Path

from onestop.screen import Text

TABLES: dict[str, dict[str, int]] = json.loads((Path(__file__).parent / "advances.json").read_text(encoding="utf-8"))
UNKNOWN = {name: max(table.values()) for name, table in TABLES.items()}
WIDEST = max(UNKNOWN.values()) / 1000
"""Width of the widest character, in units of the font size."""
SPACES = " \n\t"


def width(text: str, size: float, strong: bool = False) -> float:
    """Return the most px that `text` takes on one line at a font size of `size` px.

    Each character counts with its largest advance width among the measured fonts (advances.json).
    """
    return _thousandths(text, strong) * size / 1000


@lru_cache(maxsize=16384)
def _thousandths(text: str, strong: bool) -> int:
    face = "bold" if strong else "regular"
    table, unknown = TABLES[face], UNKNOWN[face]
    return sum(map(table.get, text, repeat(unknown)))


def lines(text: str, size: float, room: float, strong: bool = False) -> int:
    """Return the most lines that a plain text takes in a width of `room` px."""
    if text and not text.isspace() and len(text) * WIDEST * size <= room:
        return 1
    return _wrap([width(word, size, strong) for word in text.split()], width(" ", size, strong), room, size)


def text_lines(text: Text, size: float, room: float, strong: bool = False) -> int:
    """Return the most lines that a text of runs takes in a width of `room` px."""
    # Most list items and facts are short: they fit one line even if every letter is the widest, so nothing is measured.
    if sum([len(run.text) for run in text]) * WIDEST * size <= room:
        return 1 if any(run.text and not run.text.isspace() for run in text) else 0
    return _text_lines(text, size, room, strong)


@lru_cache(maxsize=4096)
def _text_lines(text: Text, size: float, room: float, strong: bool) -> int:
    return _wrap(_word_widths(text, size, strong), width(" ", size, strong), room, size)


def words(text: Text) -> int:
    """Return the number of words of a text."""
    if len(text) == 1:
        return len(text[0].text.split())
    return len("".join(run.text for run in text).split())


def plain(text: Text) -> str:
    """Return the characters of a text without its markup."""
    if len(text) == 1:
        return text[0].text
    return "".join(run.text for run in text)


def _word_widths(text: Text, size: float, strong: bool) -> list[float]:
    """Return the width of each word in px; a word may continue from one run into the next."""
    if len(text) == 1:
        bold, each = strong or text[0].strong, size / 1000
        return [_thousandths(part, bold) * each for part in text[0].text.split()]
    found: list[float] = []
    inside = False
    for run in text:
        parts = run.text.split()
        glued = inside and bool(run.text) and run.text[0] not in SPACES
        bold = strong or run.strong
        for number, part in enumerate(parts):
            wide = _thousandths(part, bold) * size / 1000
            if number == 0 and glued and found:
                found[-1] += wide
            else:
                found.append(wide)
        inside = run.text[-1] not in SPACES if run.text else inside
    return found


def _wrap(widths: list[float], space: float, room: float, size: float) -> int:
    """Return the number of lines of greedy wrapping.

    A word wider than the line is broken anywhere, and up to one character's width is lost at each break.
    """
    count, used = 0, 0.0
    for wide in widths:
        if count and used + space + wide <= room:
            used += space + wide
        elif wide <= room:
            count, used = count + 1, wide
        else:
            least = max(room - size, size)
            whole, rest = divmod(wide, least)
            count, used = count + int(whole) + (1 if rest else 0), room
    return count


def prefixes(text: Text) -> list[int]:
    """Return the character counts after which a text may be split: the end of each word, the last being the end of the text."""
    said = plain(text)
    ends = [at for at, (here, there) in enumerate(pairwise(said), 1) if here in SPACES and there not in SPACES]
    return [*ends, len(said)]
