"""Faults in the content: file, line, column, and a message that says what would be right."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """`file` is relative to the content folder's parent. `line` and `column` count from 1, columns in characters. `language` is that of a
    translation that is missing, if the fault is nothing else.
    """

    file: str
    line: int
    column: int
    message: str
    severity: Severity = "error"
    language: str = ""

    def __str__(self) -> str:
        kind = "warning: " if self.severity == "warning" else ""
        return f"{self.file}:{self.line}:{self.column}: {kind}{self.message}"


def errors(faults: Iterable[Fault]) -> bool:
    """Return whether any of them is an error, which is not published."""
    return any(fault.severity == "error" for fault in faults)


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """Return errors before warnings, and each by its position."""
    return sorted(faults, key=lambda fault: (fault.severity == "warning", fault))


def nearest(wrong: str, right: Iterable[str], alike: float = 0.5) -> str:
    """Return the most similar right name as the end of a sentence, "; did you mean `words`?", or ""."""
    found = get_close_matches(wrong, list(right), n=1, cutoff=alike)
    return f"; did you mean `{found[0]}`?" if found else ""
