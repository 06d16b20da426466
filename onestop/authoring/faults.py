"""What is wrong with the content, where, and what would be right."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """`file` is named from the content folder on; `line` and `column` count from 1, columns in characters."""

    file: str
    line: int
    column: int
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        kind = "warning: " if self.severity == "warning" else ""
        return f"{self.file}:{self.line}:{self.column}: {kind}{self.message}"


def errors(faults: Iterable[Fault]) -> bool:
    """Whether any of them forbids serving the content."""
    return any(fault.severity == "error" for fault in faults)


def nearest(wrong: str, right: Iterable[str], alike: float = 0.5) -> str:
    """The right name that looks most like a wrong one, as the end of a sentence: "; did you mean `words`?"."""
    found = get_close_matches(wrong, list(right), n=1, cutoff=alike)
    return f"; did you mean `{found[0]}`?" if found else ""
