"""A property as the answer to an address: its UPRN with its lines, and what is known of it, which conditions may compare.

It is {"uprn": 10090000007, "lines": ["14 Quay Street", "Eastmere", "EM4 2QT"], "at": [latitude, longitude], "ward": code, "parish":
code, "round": names, "flags": names, "collected": {"2026-11-27": names of bins}, "worked": dates}, of
which all but the first two may be missing. The dates are those around the day on which it was found; `worked` are working days.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from onestop.journeys.values.answer import Answer, Answers, compared_value
from onestop.journeys.values.placeholders import fill_placeholders

PARTS = ("ward", "parish", "round", "bins", "due")
"""Parts with values. `bins` are those emptied there; `due` are the days that may be reported on which any was, such as `today`, and each
bin of such a day: `today-grey`.
"""
FLAGS = "flags"
"""What is true of the property, by name: council_owned."""
GIVEN = "given"
"""A value of an example that equals no other."""
BACK = ("yesterday", "before")
"""The last working day before today, and the one before that. Days without work after it count with it."""


@dataclass(frozen=True, slots=True)
class PartValue:
    """What a part of a property is compared with; "" is any value. `{bin}` in it stands for another answer. A part may have several."""

    part: str
    value: str

    def matches(self, answer: Answer, answers: Answers, today: date) -> bool:
        there = tuple(part_values(answer, self.part, today))
        if not self.value:
            return bool(there)
        # An example has the value as it is written.
        return bool(there) and (self.value in there or self._filled(answers) in there)

    def _filled(self, answers: Answers) -> str:
        if "{" not in self.value:
            return self.value
        return fill_placeholders(self.value, lambda name: str(compared_value(answers.get(name))))


def is_property(answer: Answer) -> bool:
    return isinstance(answer, Mapping) and "uprn" in answer


def address_line(answer: Answer) -> str:
    """Return an address in one line, whether it is a property or was written by hand."""
    lines = answer.get("lines") if isinstance(answer, Mapping) else None
    return ", ".join(map(str, lines)) if isinstance(lines, (list, tuple)) else str(answer)


def part_values(answer: Answer, part: str, today: date) -> Iterator[str]:
    """Yield the values of a part of an address; none if it was written by hand."""
    if not isinstance(answer, Mapping):
        return
    if part in answer:
        there = answer[part]
        yield from map(str, there if isinstance(there, (list, tuple)) else (there,))
    elif part == "bins":
        yield from dict.fromkeys(bin_ for _, bins in collected(answer) for bin_ in bins)
    elif part == "due":
        for day, bins in collected(answer):
            if label := _label(answer, day, today):
                yield from (label, *(f"{label}-{bin_}" for bin_ in bins))


def next_day(answer: Answer, bin_: str, today: date) -> date | None:
    """Return the next day on which a bin is emptied there, or any if `bin_` is ""; today counts. None if none is known."""
    return next((day for day, bins in collected(answer) if day >= today and (bin_ in bins or not bin_)), None)


def collected(answer: Answer) -> Iterator[tuple[date, tuple[str, ...]]]:
    """Yield the days on which bins are emptied there, in order, and the names of those bins."""
    there = answer.get("collected") if isinstance(answer, Mapping) else None
    for day, bins in sorted(there.items()) if isinstance(there, Mapping) else ():
        yield date.fromisoformat(day), tuple(map(str, bins)) if isinstance(bins, (list, tuple)) else ()


def _label(answer: Mapping[str, Answer], day: date, today: date) -> str:
    """Return what an option calls a day: today, yesterday or before; "" for any other."""
    if day == today:
        return "today"
    there = answer.get("worked")
    worked = [date.fromisoformat(str(one)) for one in there] if isinstance(there, (list, tuple)) else []
    before = worked[: bisect_left(worked, today)][::-1]
    for label, start, end in zip(BACK, before, (today, *before), strict=False):
        if start <= day < end:
            return label
    return ""
