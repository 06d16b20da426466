"""Collections over ten years: no day twice, none lost, and changes in their order."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onestop.rounds.changes import BankHolidays, ChangedDay, Changes, DayShift, Suspension
from onestop.rounds.round import Bin, PickUp, Round
from onestop.rounds.schedule import Schedule

FIRST, LAST = date(2026, 1, 1), date(2035, 12, 31)
BINS = {name: Bin(name, {"en": f"{name.capitalize()} bin"}, {}) for name in ("grey", "blue")}
CHRISTMAS = frozenset({date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)})
days = st.dates(FIRST, LAST)
PICK_UPS = st.builds(PickUp, st.sampled_from(tuple(BINS)), st.integers(1, 4), days)


def schedule(*pick_ups: PickUp, changes: Changes | None = None) -> Schedule:
    return Schedule(BINS, {"one": Round("one", pick_ups)}, changes or Changes(BankHolidays(0, frozenset())))


def dates(found: Schedule, first: date, last: date) -> list[date]:
    return [one.day for one in found.collections(("one",), first, last)]


@given(st.integers(1, 4), days)
@settings(deadline=None)
def test_the_interval_is_the_same_for_ten_years(weeks: int, start: date) -> None:
    found = dates(schedule(PickUp("grey", weeks, start)), start, LAST)
    assert found == [start + timedelta(days=7 * weeks * n) for n in range((LAST - start).days // (7 * weeks) + 1)]


@given(
    st.lists(PICK_UPS, min_size=1, max_size=3, unique_by=lambda one: one.bin),
    st.frozensets(days, max_size=80),
    st.lists(st.tuples(days, st.integers(0, 6), st.sampled_from((-2, -1, 1, 2))), max_size=20),
)
@settings(deadline=None, max_examples=25)
def test_no_day_has_a_bin_twice_and_no_collection_is_lost(
    pick_ups: list[PickUp], holidays: frozenset[date], shifted: list[tuple[date, int, int]]
) -> None:
    shifts = tuple(DayShift(start, start + timedelta(days=length), by) for start, length, by in shifted)
    found = schedule(*pick_ups, changes=Changes(BankHolidays(1, holidays), shifts))
    first, last = FIRST - timedelta(days=40), LAST + timedelta(days=40)
    plain = schedule(*pick_ups).collections(("one",), first, last)
    moved = found.collections(("one",), first - timedelta(days=28), last + timedelta(days=28))
    usual = {(one.bin, one.usual) for one in moved}
    assert all((one.bin, one.usual) in usual for one in plain)
    within = [(one.bin, one.day) for one in moved]
    collided = {
        (one.bin, one.day)
        for pair in found.collisions(first - timedelta(days=28), last + timedelta(days=28))
        for one in pair
    }
    # A bank holiday on six days of a week can push a bin into the next week: that is a fault which `check` reports.
    assert {pair for pair, count in Counter(within).items() if count > 1} <= collided
    assert all(one.day.weekday() != 6 for one in moved if one.day != one.usual)


def test_the_fortnight_goes_on_through_week_53() -> None:
    found = dates(schedule(PickUp("grey", 2, date(2026, 12, 14))), date(2026, 12, 14), date(2027, 1, 31))
    assert found == [date(2026, 12, 14), date(2026, 12, 28), date(2027, 1, 11), date(2027, 1, 25)]


def test_a_year_with_two_bank_holidays_in_christmas_and_back_to_normal() -> None:
    changes = Changes(BankHolidays(1, CHRISTMAS))
    found = dates(
        schedule(PickUp("grey", 1, date(2026, 12, 18)), changes=changes), date(2026, 12, 18), date(2027, 1, 16)
    )
    assert found == [date(2026, 12, 18), date(2026, 12, 26), date(2027, 1, 4), date(2027, 1, 8), date(2027, 1, 15)]


def test_a_changed_day_overrides_a_shift_and_that_the_rule_of_bank_holidays() -> None:
    changes = Changes(
        BankHolidays(1, CHRISTMAS),
        (DayShift(date(2026, 12, 21), date(2026, 12, 25), -1),),
        (
            ChangedDay(date(2026, 12, 22), date(2026, 12, 19), "one"),
            ChangedDay(date(2026, 12, 23), date(2026, 12, 27), "two"),
        ),
    )
    moved = {day: changes.moved("one", date(2026, 12, day)).day for day in (21, 22, 23, 25, 28)}
    assert moved == {21: 19, 22: 19, 23: 22, 25: 24, 28: 29}


def test_a_suspension_stops_only_its_bins() -> None:
    snow = Suspension(date(2026, 2, 1), date(2026, 2, 7), frozenset({"grey"}), {"en": "Snow"})
    both = (PickUp("grey", 1, date(2026, 2, 2)), PickUp("blue", 1, date(2026, 2, 2)))
    found = schedule(*both, changes=Changes(BankHolidays(0, frozenset()), suspensions=(snow,)))
    listed = found.collections(("one",), date(2026, 2, 1), date(2026, 2, 10))
    assert [(one.day.day, one.bin, bool(one.suspended)) for one in listed] == [
        (2, "blue", False), (2, "grey", True), (9, "blue", False), (9, "grey", False),
    ]  # fmt: skip
    assert [[one.name for one in day.bins] for day in found.next_days(("one",), date(2026, 2, 1), 2)] == [
        ["blue"],
        ["blue", "grey"],
    ]


def test_today_counts_and_single_days_are_kept() -> None:
    found = schedule(PickUp("grey", 0, date.min, None, (date(2028, 2, 29), date(2026, 3, 1))))
    assert dates(found, date(2026, 3, 1), LAST) == [date(2026, 3, 1), date(2028, 2, 29)]


@pytest.mark.parametrize("first", [date(2026, 3, 27), date(2026, 10, 23), date(2028, 2, 27)])
def test_clock_changes_and_leap_days_do_not_shift_a_day(first: date) -> None:
    found = dates(schedule(PickUp("grey", 1, first)), first, first + timedelta(days=21))
    assert {day.weekday() for day in found} == {first.weekday()}
