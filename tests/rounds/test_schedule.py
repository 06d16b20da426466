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


IN_2027 = frozenset(
    {date(2027, 12, 25), date(2027, 12, 26), date(2027, 12, 27), date(2027, 12, 28), date(2028, 1, 1), date(2028, 1, 3)}
)
"""Christmas Day is a Saturday: both bank holidays are at the beginning of the week after, and New Year's Day is a Saturday too."""


@pytest.mark.parametrize(
    ("usual", "moved"),
    [
        (date(2027, 12, 24), date(2027, 12, 24)),
        (date(2027, 12, 27), date(2027, 12, 29)),
        (date(2027, 12, 28), date(2027, 12, 30)),
        (date(2027, 12, 29), date(2027, 12, 31)),
        (date(2027, 12, 30), date(2028, 1, 4)),
        (date(2027, 12, 31), date(2028, 1, 4)),
        (date(2028, 1, 3), date(2028, 1, 4)),
        (date(2028, 1, 7), date(2028, 1, 8)),
        (date(2028, 1, 10), date(2028, 1, 10)),
    ],
)
def test_nothing_moves_to_a_bank_holiday_or_a_sunday(usual: date, moved: date) -> None:
    assert Changes(BankHolidays(1, IN_2027)).moved("one", usual) == moved


@given(st.frozensets(st.integers(-6, 20), max_size=9), days)
@settings(deadline=None, max_examples=200)
def test_the_rule_of_bank_holidays_keeps_the_order_of_a_week_and_only_working_days(
    around: frozenset[int], day: date
) -> None:
    holidays = frozenset(day + timedelta(days=number) for number in around)
    rule = BankHolidays(1, holidays)
    monday = day - timedelta(days=day.weekday())
    week = [monday + timedelta(days=number) for number in range(6)]
    moved = [one + timedelta(days=rule.shift(one)) for one in week]
    assert moved == sorted(moved)
    assert not [one for one in moved if one in holidays or one.weekday() == 6]
    if not holidays & set(week):
        assert moved == week


def test_a_change_of_one_round_counts_before_that_of_all_rounds() -> None:
    day, first, second = date(2026, 12, 25), date(2026, 12, 23), date(2026, 12, 28)
    for listed in (
        (ChangedDay(day, first), ChangedDay(day, second, "one")),
        (ChangedDay(day, second, "one"), ChangedDay(day, first)),
    ):
        changes = Changes(BankHolidays(0, frozenset()), days=listed)
        assert (changes.moved("one", day), changes.moved("two", day)) == (second, first)


def test_a_suspension_counts_on_the_day_to_which_a_collection_was_moved() -> None:
    snow = Suspension(date(2026, 12, 26), date(2026, 12, 26), frozenset(), {"en": "Snow"})
    changes = Changes(BankHolidays(1, frozenset({date(2026, 12, 25)})), suspensions=(snow,))
    found = schedule(PickUp("grey", 1, date(2026, 12, 18)), changes=changes)
    listed = found.collections(("one",), date(2026, 12, 20), date(2027, 1, 2))
    assert [(one.day.day, one.usual.day, bool(one.suspended)) for one in listed] == [(26, 25, True), (1, 1, False)]
    assert [one.day.day for one in found.next_days(("one",), date(2026, 12, 20), 1)] == [1]


@pytest.mark.parametrize("weeks", [1, 2, 3, 4])
def test_a_round_that_ends_and_one_that_takes_over_lose_nothing_and_leave_no_gap(weeks: int) -> None:
    ends, begins = date(2028, 2, 29), date(2028, 3, 1)
    step = timedelta(days=7 * weeks)
    first = date(2026, 1, 5)
    after = next(day for n in range(400) if (day := first + step * n) >= begins)
    found = schedule(PickUp("grey", weeks, first, ends), PickUp("grey", weeks, after))
    assert dates(found, first, LAST) == dates(schedule(PickUp("grey", weeks, first)), first, LAST)
