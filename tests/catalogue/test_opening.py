"""Opening status in words, and the moment at which it expires."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.catalogue.hours.grammar import parse_hours
from onestop.catalogue.hours.opening import opening
from onestop.catalogue.hours.wording import holidays_ahead, status, week
from onestop.language import Words

LONDON = ZoneInfo("Europe/London")
CHRISTMAS, BOXING = date(2026, 12, 25), date(2026, 12, 28)
HOLIDAYS = {
    CHRISTMAS: {"en": "Christmas Day", "cy": "Dydd Nadolig"},
    BOXING: {"en": "Boxing Day", "cy": "Gŵyl San Steffan"},
}
MONDAY = date(2026, 11, 23)
OFFICE = "Mo-Fr 09:00-17:00; Sa 09:00-12:30"
NIGHTS = "Fr-Sa 20:00-02:00"


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


# 23 November 2026 is a Monday; the clocks go back on 25 October 2026 and forward on 28 March 2027.
STATES = [
    (OFFICE, "2026-11-23T08:59", "Closed now. Opens at 09:00 today", "2026-11-23T09:00"),
    (OFFICE, "2026-11-23T09:00", "Open until 17:00 today", "2026-11-23T17:00"),
    (OFFICE, "2026-11-23T16:59:59", "Open until 17:00 today", "2026-11-23T17:00"),
    (OFFICE, "2026-11-23T17:00", "Closed now. Opens at 09:00 tomorrow", "2026-11-24T00:00"),
    (OFFICE, "2026-11-24T00:00", "Closed now. Opens at 09:00 today", "2026-11-24T09:00"),
    (OFFICE, "2026-11-28T13:00", "Closed now. Opens at 09:00 on Monday", "2026-11-29T00:00"),
    (OFFICE, "2026-11-29T13:00", "Closed now. Opens at 09:00 tomorrow", "2026-11-30T00:00"),
    ("Mo 09:00-17:00", "2026-11-23T18:00", "Closed now. Opens at 09:00 on Monday 30 November 2026", "2026-11-24T00:00"),
    ("Mo 09:00-12:00,13:00-17:00", "2026-11-23T12:30", "Closed now. Opens at 13:00 today", "2026-11-23T13:00"),
    (OFFICE, "2026-12-24T18:00", "Closed now. Opens at 09:00 on Saturday", "2026-12-25T00:00"),
    (OFFICE, "2026-12-25T10:00", "Closed for Christmas Day. Opens at 09:00 tomorrow", "2026-12-26T00:00"),
    (OFFICE, "2026-12-27T10:00", "Closed now. Opens at 09:00 on Tuesday", "2026-12-28T00:00"),
    (f"{OFFICE}; PH 10:00-16:00", "2026-12-25T09:30", "Closed now. Opens at 10:00 today", "2026-12-25T10:00"),
    (f"{OFFICE}; PH 10:00-16:00", "2026-12-25T10:00", "Open until 16:00 today", "2026-12-25T16:00"),
    (NIGHTS, "2026-11-27T21:00", "Open until 02:00 tomorrow", "2026-11-28T00:00"),
    (NIGHTS, "2026-11-28T01:00", "Open until 02:00 today", "2026-11-28T02:00"),
    (NIGHTS, "2026-11-28T02:00", "Closed now. Opens at 20:00 today", "2026-11-28T20:00"),
    ("Fr 18:00-24:00", "2026-11-27T19:00", "Open until midnight", "2026-11-28T00:00"),
    ("Fr 00:00-24:00; Sa 00:00-12:00", "2026-11-27T19:00", "Open until 12:00 tomorrow", "2026-11-28T00:00"),
    ("24/7", "2026-12-25T10:00", "Open all day and night", None),
    ("24/7; PH off", "2026-12-25T10:00", "Closed for Christmas Day. Opens at 00:00 tomorrow", "2026-12-26T00:00"),
    ("24/7; PH off", "2026-12-23T10:00", "Open all day and night", "2026-12-24T00:00"),
    ("24/7; PH off", "2026-12-24T10:00", "Open until midnight", "2026-12-25T00:00"),
    ("Mo-Su off", "2026-11-23T10:00", "Closed", None),
    (OFFICE, "2026-10-23T18:00", "Closed now. Opens at 09:00 tomorrow", "2026-10-24T00:00"),
    ("Su 00:00-06:00", "2026-10-25T00:30", "Open until 06:00 today", "2026-10-25T06:00"),
    (f"{OFFICE}; Nov 23 off", "2026-11-23T10:00", "Closed now. Opens at 09:00 tomorrow", "2026-11-24T00:00"),
    (f"{OFFICE}; Nov 23-24 09:00-12:00", "2026-11-24T10:00", "Open until 12:00 today", "2026-11-24T12:00"),
    (f"{OFFICE}; 2027 Nov 23 off", "2026-11-23T10:00", "Open until 17:00 today", "2026-11-23T17:00"),
    (f"{OFFICE}; Dec 25 10:00-11:00", "2026-12-25T10:30", "Open until 11:00 today", "2026-12-25T11:00"),
    (f"{OFFICE}; Nov-Feb Mo-Fr 10:00-15:00", "2026-11-23T14:00", "Open until 15:00 today", "2026-11-23T15:00"),
    (
        f"{OFFICE}; Nov-Feb Mo-Fr 10:00-15:00",
        "2026-12-25T14:00",
        "Closed for Christmas Day. Opens at 09:00 tomorrow",
        "2026-12-26T00:00",
    ),
    (f"{OFFICE}; Jan 1-Oct 31 off", "2026-11-23T14:00", "Open until 17:00 today", "2026-11-23T17:00"),
    ("24/7; Dec 24 off", "2026-12-23T10:00", "Open until midnight", "2026-12-24T00:00"),
    (OFFICE, "2027-03-29T08:30", "Closed now. Opens at 09:00 today", "2027-03-29T09:00"),
]


@pytest.mark.parametrize(("hours", "now", "text", "until"), STATES)
def test_status_at_a_moment(english: Words, hours: str, now: str, text: str, until: str | None) -> None:
    found = status(parse_hours(hours), local(now), HOLIDAYS, english)
    assert found == (text, local(until).astimezone(UTC) if until else None)


def test_a_day_of_25_hours_closes_at_local_time(english: Words) -> None:
    _, until = status(parse_hours("Su 00:00-06:00"), local("2026-10-25T00:30"), {}, english)
    assert until == datetime(2026, 10, 25, 6, tzinfo=UTC)
    _, until = status(parse_hours("Su 00:00-06:00"), local("2027-03-28T00:30"), {}, english)
    assert until == datetime(2027, 3, 28, 5, tzinfo=UTC)


def test_the_repeated_hour_at_the_end_of_summer_time_is_unambiguous(english: Words) -> None:
    hours = parse_hours("Su 00:00-01:30")
    first, second = datetime(2026, 10, 25, 0, 15, tzinfo=UTC), datetime(2026, 10, 25, 1, 15, tzinfo=UTC)
    assert first.astimezone(LONDON).time() == second.astimezone(LONDON).time()
    assert opening(hours, first, LONDON, {}).open
    assert not opening(hours, second, LONDON, {}).open


@given(
    st.sampled_from([OFFICE, NIGHTS, "24/7; PH off", "Mo,We 00:00-24:00; PH 08:00-09:00", "Su 23:00-02:00"]),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1), timezones=st.just(UTC)),
)
def test_the_status_holds_until_its_announced_change(hours: str, now: datetime) -> None:
    parsed = parse_hours(hours)
    found = opening(parsed, now, LONDON, HOLIDAYS)
    if found.change is None:
        assert hours.startswith("24/7")
        assert now.date() > BOXING, "the last holiday there is"
        return
    assert found.change > now
    assert opening(parsed, found.change - timedelta(seconds=1), LONDON, HOLIDAYS) == found
    assert opening(parsed, found.change, LONDON, HOLIDAYS).open != found.open


def test_days_with_the_same_hours_share_a_row(english: Words) -> None:
    assert week(parse_hours(OFFICE), english, MONDAY) == (
        ("Monday to Friday", "09:00 to 17:00"),
        ("Saturday", "09:00 to 12:30"),
        ("Sunday", "Closed"),
        ("Bank holidays", "Closed"),
    )
    assert week(parse_hours("Mo-Tu 09:00-12:00,13:00-17:00"), english, MONDAY)[:2] == (
        ("Monday and Tuesday", "09:00 to 12:00, 13:00 to 17:00"),
        ("Wednesday to Sunday", "Closed"),
    )
    assert week(parse_hours("24/7"), english, MONDAY) == (("Every day", "Open all day and night"),)
    assert week(parse_hours("Mo-Su 18:00-24:00; PH 18:00-02:00"), english, MONDAY) == (
        ("Every day", "18:00 to midnight"),
        ("Bank holidays", "18:00 to 02:00"),
    )


def test_the_week_is_that_of_the_season(english: Words) -> None:
    hours = parse_hours("Mo-Fr 09:00-17:00; Dec-Feb Mo-Fr 10:00-15:00; Dec 24 off")
    assert week(hours, english, date(2026, 11, 23))[0] == ("Monday to Friday", "09:00 to 17:00")
    assert week(hours, english, date(2026, 12, 23))[0] == ("Monday to Friday", "10:00 to 15:00")
    assert week(hours, english, date(2026, 12, 2)) == (
        ("Monday", "09:00 to 17:00"),
        ("Tuesday to Friday", "10:00 to 15:00"),
        ("Saturday and Sunday", "Closed"),
        ("Bank holidays", "Closed"),
    )


AHEAD = [
    (
        f"{OFFICE}; Dec 24 off; Dec 29-30 10:00-12:00",
        "2026-12-20T12:00",
        [
            ("Closed on", "24 December 2026, 25 December 2026, 28 December 2026"),
            ("Tuesday 29 December 2026", "10:00 to 12:00"),
            ("Wednesday 30 December 2026", "10:00 to 12:00"),
        ],
        "2026-12-25T00:00",
    ),
    (f"{OFFICE}; Apr-Sep Mo-Fr 09:00-20:00", "2027-03-10T12:00", [], "2027-03-15T00:00"),
    (OFFICE, "2026-12-10T12:00", [], "2026-12-11T00:00"),
    (OFFICE, "2026-12-11T12:00", [("Closed on", "25 December 2026")], "2026-12-14T00:00"),
    (OFFICE, "2026-12-14T00:00", [("Closed on", "25 December 2026, 28 December 2026")], "2026-12-26T00:00"),
    (OFFICE, "2026-12-28T23:59", [("Closed on", "28 December 2026")], "2026-12-29T00:00"),
    (OFFICE, "2026-12-29T00:00", [], None),
    (
        f"{OFFICE}; PH 10:00-12:00",
        "2026-12-26T12:00",
        [("Monday 28 December 2026 (Boxing Day)", "10:00 to 12:00")],
        "2026-12-29T00:00",
    ),
]


@pytest.mark.parametrize(("hours", "now", "rows", "until"), AHEAD)
def test_holidays_are_listed_two_weeks_ahead(
    english: Words, hours: str, now: str, rows: list[tuple[str, str]], until: str | None
) -> None:
    found, changes = holidays_ahead(parse_hours(hours), local(now), HOLIDAYS, english)
    assert found == tuple(rows)
    assert changes == (local(until).astimezone(UTC) if until else None)


def test_a_holiday_with_the_usual_hours_is_not_listed(english: Words) -> None:
    rows, changes = holidays_ahead(parse_hours("24/7"), local("2026-12-20T12:00"), HOLIDAYS, english)
    assert (rows, changes) == ((), None)
