"""The seconds of a page and of a question over a slow line, as `python -m bench line` measured them last."""

import re
from dataclasses import dataclass
from pathlib import Path

REPORT = Path(__file__).parent.parent.parent / "docs" / "performance.md"
ROW = re.compile(r"^\| television \| [^|]*\| ([\d.]+) /[^|]*\| ([\d.]+) /", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class SlowLineTimes:
    """Median seconds of the next page by a link, and of the next question, at 56 kbit/s with 300 ms of round trip."""

    page: float
    question: float

    def to_ring(self, presses: int) -> str:
        return f"{presses * self.page:.1f} s"

    def to_start(self, presses: int) -> str:
        """Return the time to the first question, which the last press opens."""
        return f"{(presses - 1) * self.page + self.question:.1f} s"

    def to_send(self, questions: float) -> str:
        """Return the waiting time of a journey: each answer brings a question, the check or the receipt."""
        return f"{(questions + 1) * self.question:.0f} s"


def slow_line_times(report: Path = REPORT) -> SlowLineTimes:
    """Return the times in the first table of the report. Raise ValueError if it has none."""
    found = ROW.search(report.read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"{report}: no row of the television on a slow line")
    return SlowLineTimes(float(found[1]), float(found[2]))
