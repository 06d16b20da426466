"""What the calendar of an address says is what its screen says. The calendar is read by a parser of the test's own, from RFC 5545."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from support.samples.small_journeys import ENGLISH

from onestop.my_area.calendar_feed import calendar_of
from onestop.rounds.changes import BankHolidays, ChangedDay, Changes, DayShift, Suspension
from onestop.rounds.round import Bin, PickUp, Round
from onestop.rounds.schedule import Schedule

FIRST, LAST = date(2026, 1, 1), date(2036, 1, 1)
CHRISTMAS = frozenset(
    date(year, month, day) for year in range(2026, 2037) for month, day in ((12, 25), (12, 28), (1, 1))
)
BINS = {name: Bin(name, {"en": f"{name.capitalize()} bin"}, {}) for name in ("grey", "blue", "brown")}
weekdays = st.dates(FIRST, LAST).map(lambda day: day - timedelta(days=max(0, day.weekday() - 4)))
SCHEDULES = st.builds(
    lambda pick_ups, later, shifts, snow: Schedule(
        BINS,
        {"one": Round("one", tuple(pick_ups))},
        Changes(
            BankHolidays(later, CHRISTMAS),
            tuple(DayShift(start, start + timedelta(days=4), by) for start, by in shifts),
            suspensions=tuple(
                Suspension(one, one + timedelta(days=6), frozenset({"blue"}), {"en": "Snow"}) for one in snow
            ),
        ),
    ),
    st.lists(
        st.builds(PickUp, st.sampled_from(tuple(BINS)), st.integers(1, 4), weekdays),
        min_size=1,
        max_size=3,
        unique_by=lambda one: one.bin,
    ),
    st.integers(0, 1),
    st.lists(st.tuples(weekdays, st.sampled_from((-1, 1))), max_size=4),
    st.lists(weekdays, max_size=3),
)


def events(calendar: bytes) -> Iterator[dict[str, str]]:
    """Yield the properties of each event, without their parameters. Long lines are folded with CRLF and a space."""
    assert calendar.replace(b"\r\n", b"").count(b"\n") == 0
    assert all(len(line) <= 75 for line in calendar.split(b"\r\n"))
    event: dict[str, str] | None = None
    for line in calendar.decode().replace("\r\n ", "").split("\r\n"):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            event = {}
        elif line == "END:VEVENT":
            assert event is not None
            yield event
            event = None
        elif event is not None:
            event[name.partition(";")[0]] = value


@given(SCHEDULES, st.dates(FIRST, LAST - timedelta(days=400)))
@settings(deadline=None, max_examples=60)
def test_the_calendar_says_what_the_screen_says(schedule: Schedule, today: date) -> None:
    found = list(events(calendar_of(schedule, ("one",), today, ENGLISH, "eastmere.example", "Bins")))
    held = [one for one in found if one["STATUS"] == "CONFIRMED"]
    on_screen = {
        (f"{one.day:%Y%m%d}", bin_.names["en"])
        for one in schedule.next_days(("one",), today, 400, ahead=365)
        for bin_ in one.bins
    }
    assert {(one["DTSTART"], one["SUMMARY"]) for one in held if one["DTSTART"] >= f"{today:%Y%m%d}"} == on_screen
    assert all(len(one["DTSTART"]) == 8 for one in found), "days, not moments"
    assert max(Counter(one["UID"] for one in found).values(), default=1) == 1


@given(SCHEDULES)
@settings(deadline=None, max_examples=25)
def test_the_calendars_of_ten_years_lose_no_collection(schedule: Schedule) -> None:
    """Each year's calendar is read; together they have every usual day once, by its UID, whatever moved it."""
    seen: dict[str, set[str]] = {}
    today = FIRST
    while today < LAST:
        for one in events(calendar_of(schedule, ("one",), today, ENGLISH, "eastmere.example", "Bins")):
            seen.setdefault(one["UID"], set()).add(one["DTSTART"])
        today += timedelta(days=180)
    usual = {
        f"one-{pick_up.bin}-{day.isoformat()}@eastmere.example"
        for pick_up in schedule.rounds["one"].pick_ups
        for day in pick_up.between(FIRST + timedelta(days=30), LAST)
    }
    assert usual <= seen.keys()
    assert all(len(days) == 1 for days in seen.values()), "one UID has one day in every calendar"


def test_the_demonstration_calendar_over_christmas() -> None:
    changed = Changes(BankHolidays(1, CHRISTMAS), days=(ChangedDay(date(2027, 1, 1), date(2027, 1, 4)),))
    schedule = Schedule(BINS, {"one": Round("one", (PickUp("grey", 1, date(2026, 12, 18)),))}, changed)
    found = {one["UID"][9:19]: (one["DTSTART"], one["SEQUENCE"]) for one in events(calendar_of(
        schedule, ("one",), date(2026, 12, 20), ENGLISH, "eastmere.example", "Bins"))}  # fmt: skip
    assert found["2026-12-25"] == ("20261226", "1")
    assert found["2027-01-01"] == ("20270104", "1")
    assert found["2027-01-08"] == ("20270108", "0")
