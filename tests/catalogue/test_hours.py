"""The grammar of opening hours: accepted texts, their meaning, and the messages for all others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.catalogue.hours.grammar import DAY_LENGTH, Hours, Spans, parse_hours

NINE_TO_FIVE = ((540, 1020),)
ALL_DAY = ((0, DAY_LENGTH),)


def week(**days: Spans) -> tuple[Spans, ...]:
    return tuple(days.get(day, ()) for day in ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"))


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Mo 09:00-17:00", Hours(week(Mo=NINE_TO_FIVE))),
        ("Mo-We 09:00-17:00", Hours(week(Mo=NINE_TO_FIVE, Tu=NINE_TO_FIVE, We=NINE_TO_FIVE))),
        ("Mo,We,Fr 09:00-17:00", Hours(week(Mo=NINE_TO_FIVE, We=NINE_TO_FIVE, Fr=NINE_TO_FIVE))),
        ("Sa-Mo 09:00-17:00", Hours(week(Mo=NINE_TO_FIVE, Sa=NINE_TO_FIVE, Su=NINE_TO_FIVE))),
        ("Mo 09:00-12:00,13:00-17:00", Hours(week(Mo=((540, 720), (780, 1020))))),
        ("Mo 13:00-17:00, 09:00-12:00", Hours(week(Mo=((540, 720), (780, 1020))))),
        ("Fr 20:00-02:00", Hours(week(Fr=((1200, DAY_LENGTH + 120),)))),
        ("Fr 18:00-24:00", Hours(week(Fr=((1080, DAY_LENGTH),)))),
        ("Fr 18:00-00:00", Hours(week(Fr=((1080, DAY_LENGTH),)))),
        ("Mo-Tu 09:00-17:00; Tu off", Hours(week(Mo=NINE_TO_FIVE))),
        ("Mo 09:00-17:00; PH off", Hours(week(Mo=NINE_TO_FIVE))),
        ("Mo 09:00-17:00; PH 09:00-17:00", Hours(week(Mo=NINE_TO_FIVE), NINE_TO_FIVE)),
        ("24/7", Hours((ALL_DAY,) * 7, ALL_DAY)),
        ("24/7; PH off", Hours((ALL_DAY,) * 7)),
    ],
)
def test_opening_hours_are_parsed(text: str, hours: Hours) -> None:
    assert parse_hours(text) == hours


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "cannot read the hours ``"),
        ("Mo", "cannot read the hours `Mo`"),
        ("09:00-17:00", "cannot read the hours `09:00-17:00`"),
        ("Mo-Fr 9:00-17:00", "cannot read the time `9:00-17:00`"),
        ("Mo-Fr 09:00 - 17:00", "cannot read the time `09:00 - 17:00`"),
        ("Mo-Fr 09.00-17.00", "cannot read the time `09.00-17.00`"),
        ("Mo-Fr 09:00-24:30", "does not exist or lasts no time"),
        ("Mo-Fr 24:00-24:00", "does not exist or lasts no time"),
        ("Mo-Fr 09:00-09:00", "does not exist or lasts no time"),
        ("Mo-Fr 09:00-12:00,11:00-17:00", "overlap"),
        ("Mo-Fr 09:00-17:00; Dec 35 off", "cannot read the dates `Dec 35`: write dates like `Dec 24`"),
        ("Mo-Fr 09:00-17:00; Feb 30 off", "there is no Feb 30"),
        ("Mo-Fr 09:00-17:00; Apr 29-31 off", "there is no Apr 31"),
        ("Mo-Fr 09:00-17:00; Dec 24- off", "cannot read the dates `Dec 24-`"),
        ("Mo-Fr 09:00-17:00; Dec 24 9:00-12:00", "cannot read the time `9:00-12:00`"),
        ("Mo-Fr 09:00-17:00; May-Sep Xx 09:00-12:00", "`Xx` is not a day"),
        ("Mo-Fr 09:00-17:00; Dec 24", "cannot read the hours `Dec 24`"),
        ("Mo-We-Fr 09:00-17:00", "cannot read the days `Mo-We-Fr`"),
        ("Mo-Fr 09:00-17:00;", "cannot read the hours ``"),
        ("mo 09:00-17:00", "`mo` is not a day"),
        ("Mo,PH 09:00-17:00", "`PH` is not a day"),
    ],
)
def test_invalid_hours_are_rejected_with_a_message(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_hours(text)
    try:
        parse_hours(text)
    except ValueError as problem:
        assert message in str(problem)


@given(
    st.text(max_size=60)
    | st.from_regex(r"[MTWFS][ouehra](-Fr)? [0-9:,-]{0,24}(; ?PH [a-z0-9:-]*)?", fullmatch=True)
    | st.from_regex(
        r"(20\d\d )?(Jan|Feb|Dec|easter)( \d\d?)?(-(Mar )?\d\d?)?[ a-zA-Z0-9+-]{0,9} (off|09:00-12:00)", fullmatch=True
    )
)
def test_any_text_is_parsed_or_rejected_with_a_message(text: str) -> None:
    try:
        hours = parse_hours(text)
    except ValueError as problem:
        assert str(problem)
    else:
        assert len(hours.week) == 7
        assert all(0 <= start < end <= 2 * DAY_LENGTH for day in (*hours.week, hours.holiday) for start, end in day)
