"""The figures of a month: sums, medians and the share within the standard."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from onestop.figures.event import DAY, SECONDS, Event, EventKind, bucket, median_of
from onestop.figures.publication import FEWEST, MonthFigures, Publication, month_figures


def of(kind: EventKind, detail: str = "", channel: str = "small", subject: str = "missed-bin") -> Event:
    return Event(subject, channel, kind, detail)


def test_the_lines_of_a_month() -> None:
    counts = {
        of("started"): 40, of("completed"): 30, of("given up", "bin"): 10, of("given up", "street"): 7, of("given up", "name"): 2,
        of("given up", "date"): 1,
        of("seconds", "120"): 20, of("seconds", "300"): 10, of("presses", "9"): 30, of("delivered", str(DAY)): 20,
        of("delivered", str(5 * DAY)): 10, of("helped", "yes"): 15, of("helped", "no"): 5, of("first contact", "yes"): 40,
        of("first contact", "no"): 10,
    }  # fmt: skip
    figures = month_figures("2026-11", counts, {"missed-bin": 2})
    line = figures.line("missed-bin")
    assert (line.counts["started"], line.counts["completed"], line.counts["given up"]) == (40, 30, 20)
    assert (line.median_seconds, line.median_presses) == (120, 9)
    assert (line.completion, line.in_time, line.helped, line.first_contact) == (60, 67, 75, 80)
    assert figures.given_up["missed-bin"] == {"bin": 10, "street": 5, "name": None, "date": None}
    assert figures.line("missed-bin", "small").counts == line.counts == figures.line().counts
    assert figures.line("nothing").completion is None


def test_a_median_of_few_is_not_published() -> None:
    figures = month_figures("2026-11", {of("completed"): FEWEST - 1, of("seconds", "120"): FEWEST - 1}, {})
    assert figures.line("missed-bin").median_seconds is None


@given(st.lists(st.integers(0, SECONDS[-1]), min_size=1))
def test_half_of_the_values_are_at_most_the_median(values: list[int]) -> None:
    buckets: dict[str, int] = {}
    for value in values:
        buckets[bucket("seconds", value)] = buckets.get(bucket("seconds", value), 0) + 1
    median = median_of(buckets, 1)
    assert median in SECONDS
    assert sum(value <= median for value in values) * 2 >= len(values)
    assert sum(value > median for value in values) * 2 <= len(values)


def test_the_month_shown_is_the_last_complete_one() -> None:
    october, november = (MonthFigures(month, {}, {}) for month in ("2026-10", "2026-11"))
    assert Publication(date(2026, 11, 20), (october, november)).latest == october
    assert Publication(date(2026, 11, 30), (october, november)).latest == november
    assert Publication(date(2026, 11, 20), (november,)).latest == november
    assert Publication(date(2026, 11, 20)).latest is None
