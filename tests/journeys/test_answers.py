"""Answers as people enter them: what is stored, and the message for one that is refused."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.samples.small_journeys import ENGLISH, KINDS, TODAY, TOUCH, WELSH, journey_of

from onestop.journeys.journey import Ask
from onestop.journeys.kind import Refused
from onestop.journeys.kinds.place import AddressKind
from onestop.journeys.repeat import RepeatKind
from onestop.journeys.values.answer import THIN, Answer, is_open
from onestop.journeys.values.form_values import DO, FormValues
from onestop.journeys.values.property import is_property
from onestop.journeys.walk.answer_classes import answer_classes
from onestop.journeys.walk.answer_text import say_answer
from onestop.journeys.walk.submitted_answer import parse_answer
from onestop.screen import Choice, DateEntry, Entry, Upload

JOURNEY = journey_of(KINDS, {"touch": TOUCH})
PHOTO: Answer = {"file": "f1", "kind": "image/jpeg", "size": 1000}


def ask(name: str) -> Ask:
    found = JOURNEY.ask(name)
    assert found
    return found


def parsed(name: str, text: str) -> Answer | Refused:
    return parse_answer(ask(name), {"answer": (text,)}, ENGLISH, TODAY)


def refusal(name: str, text: str) -> str:
    found = parsed(name, text)
    assert isinstance(found, Refused), found
    return found.message


GOOD: list[tuple[str, str, Answer]] = [
    ("one", "b", "b"),
    ("many", "y", ["y"]),
    ("count", "5", 5),
    ("count", " 007 ", 7),
    ("count", "3 days", 3),
    ("count", "4 diwrnod", 4),
    ("count", "12.0", 12),
    ("count", "3 Days", 3),
    ("count", "5\u200b\ufeff", 5),
    ("count", "４２", 42),
    ("count", "٤٢", 42),
    ("cost", "£12.50", 1250),
    ("cost", "1,234.5", 123450),
    ("cost", ".99", 99),
    ("cost", "50p", 50),
    ("cost", "£ 7", 700),
    ("cost", "1 234.50", 123450),
    ("cost", "1\u202f234.50", 123450),
    ("cost", "£5\u200b", 500),
    ("cost", "20 pounds", 2000),
    ("detail", "  It leaks  ", "It leaks"),
    ("detail", "one\r\ntwo", "one\ntwo"),
    ("detail", "a\u202eb\x00c", "abc"),
    ("detail", "a\u2028b", "a\nb"),
    ("detail", "\u0645\u06cc\u200c\u062e\u0648", "\u0645\u06cc\u200c\u062e\u0648"),
    ("detail", "\U0001f469\u200d\U0001f527", "\U0001f469\u200d\U0001f527"),
    ("name", "  Siân\t Prys-Jones ", "Siân Prys-Jones"),
    ("phone", "01632 960001", "01632 960 001"),
    ("phone", "(01632) 960-001", "01632 960 001"),
    ("phone", "01204 62222", "01204 62222"),
    ("phone", "0306 999 0123", "0306 999 0123"),
    ("phone", "0800 1111", "0800 1111"),
    ("phone", "+44 (0)7700 900 982", "07700 900 982"),
    ("phone", "0044 20 7946 0018", "020 7946 0018"),
    ("phone", "0113 496 0018", "0113 496 0018"),
    ("phone", "+353 1 555 0123", "+35315550123"),
    ("email", "name@example.com\u200b", "name@example.com"),
    ("email", "na\u200dme@exam\u00adple.com", "name@example.com"),
    ("email", "name @example. com", "name@example.com"),
    ("email", " Sam.Rees@EastMere.Example ", "Sam.Rees@eastmere.example"),
    ("home", "12 High Street, em42qt", "12 High Street, EM4 2QT"),
    ("home", "12 High Street\nEastmere\nEM4  2qt", "12 High Street, Eastmere, EM4 2QT"),
    ("home", "12 High Street, EM4\u00a02QT", "12 High Street, EM4 2QT"),
    ("home", "12 High Street, EM4-2QT", "12 High Street, EM4 2QT"),
    ("home", "12 High Street, em4\u20132qt", "12 High Street, EM4 2QT"),
    ("home", "12 High Street, EM4 2 QT", "12 High Street, EM4 2QT"),
    ("home", "3 Flat E, M4 2QT", "3 Flat E, M4 2QT"),
    ("home", "EM4 2QT, 12 High Street", "12 High Street, EM4 2QT"),
    ("home", f"{'1' * 191}, EM42QT", f"{'1' * 191}, EM4 2QT"),
    ("home", "Rose Cottage, Church Lane, W1A 1AA", "Rose Cottage, Church Lane, W1A 1AA"),
    ("home", "12 EM4 2QT", "12, EM4 2QT"),
    ("home", "12 High Street, EM4 2QT.", "12 High Street, EM4 2QT"),
    ("home", "12 High Street (EM4 2QT)", "12 High Street, EM4 2QT"),
    ("home", "12 High Street, EM4\n2QT", "12 High Street, EM4 2QT"),
    ("home", "12 High Street EM4.2QT", "12 High Street, EM4 2QT"),
    ("home", "12 High Street EM4/2QT", "12 High Street, EM4 2QT"),
    ("home", "12 High Street \uff25\uff2d\uff14 \uff12\uff31\uff34", "12 High Street, EM4 2QT"),
    ("home", "12 High Street, EM4 2QT, EM4 2QT", "12 High Street, EM4 2QT"),
    ("spot", "Outside the library", {"words": "Outside the library"}),
]
DAYS = [
    ("27 11 2025", "born"), ("27/11/25", "born"), ("27.11.25", "born"), ("27 November 2025", "born"),
    ("27 Nov 25", "born"), ("27th of November 2025", "born"), ("November 27, 2025", "born"), ("2025-11-27", "born"),
    ("27 Tachwedd 2025", "born"), ("27ain o Dachwedd 2025", "born"), ("27112025", "born"), ("271125", "born"),
    ("Thursday 27 November 2025", "born"), ("Dydd Iau 27 Tachwedd 2025", "born"),
]  # fmt: skip
BAD = [
    ("one", "", "Choose one of the answers"),
    ("one", "c", "Choose one of the answers"),
    ("many", "", "Choose at least one of the answers"),
    ("count", "", "Enter a number"),
    ("count", "three", "Enter a number in digits, like 3"),
    ("count", "2,5", "Enter a number in digits, like 3"),
    ("count", "12 50", "Enter a number in digits, like 3"),
    ("count", "1,2345", "Enter a number in digits, like 3"),
    ("count", "\u200b\u2060\u200b", "Enter a number"),
    ("count", "3.5", "Enter a number in digits, like 3"),
    ("count", "5²", "Enter a number in digits, like 3"),
    ("count", "0", "Enter a number from 1 to 500"),
    ("count", "1" * 5000, "Enter a number from 1 to 500"),
    ("cost", "9" * 5000, "Enter an amount from £0.10 to £5,000"),
    ("count", "501", "Enter a number from 1 to 500"),
    ("cost", "", "Enter an amount in pounds, like 12.50"),
    ("cost", "12 50", "Enter an amount in pounds, like 12.50"),
    ("cost", "2,5", "Enter an amount in pounds, like 12.50"),
    ("cost", "12.505", "Enter an amount in pounds, like 12.50"),
    ("cost", "1,23", "Enter an amount in pounds, like 12.50"),
    ("cost", "0.05", "Enter an amount from £0.10 to £5,000"),
    ("when", "", "Enter a date, like 23 11 2026"),
    ("when", "24 11 2026", "Enter a date from 24 October 2026 to 23 November 2026"),
    ("when", "31 2 2026", "Enter a date that there is, like 23 11 2026"),
    ("when", "5", "Enter the month as well, like 23 11 2026"),
    ("when", "5 November", "Enter the year as well, like 23 11 2026"),
    ("when", "soon", "Enter a date that there is, like 23 11 2026"),
    ("when", "3O 11 2026", "Enter a date that there is, like 23 11 2026"),
    ("when", "last Friday", "Enter a date that there is, like 23 11 2026"),
    ("born", "1 1 1800", "Enter a date from 1 January 1900 to 23 November 2026"),
    ("born", "24 11 2026", "Enter 23 November 2026 or an earlier date"),
    ("detail", "", "Enter an answer"),
    ("detail", "x" * 21, "Make it 1 character shorter"),
    ("detail", "x" * 30, "Make it 10 characters shorter"),
    ("name", "", "Enter a name"),
    ("name", "123", "Enter a name"),
    ("phone", "", "Enter a phone number, like 01632 960 001 or 07700 900 982"),
    ("phone", "01632 960", "Enter a phone number, like 01632 960 001 or 07700 900 982"),
    ("phone", "01999 999 999", "Enter a phone number, like 01632 960 001 or 07700 900 982"),
    ("phone", "01204 62222 ext 5", "Enter a phone number, like 01632 960 001 or 07700 900 982"),
    ("phone", "0800 FLOWERS", "Enter a phone number, like 01632 960 001 or 07700 900 982"),
    ("phone", "call me", "Enter a phone number, like 01632 960 001 or 07700 900 982"),
    ("email", "sam", "Enter an email address, like name@example.com"),
    ("email", "sam rees@example.com", "Enter an email address, like name@example.com"),
    ("email", "sam@example", "Enter an email address, like name@example.com"),
    ("email", "a@b..example", "Enter an email address, like name@example.com"),
    ("email", "sam@eastmere.invalid", "Enter an email address, like name@example.com"),
    ("email", "Sam <sam@example.com>", "Enter an email address, like name@example.com"),
    ("email", "a b@@example.com", "Enter an email address, like name@example.com"),
    ("home", "", "Enter an address with its postcode, like 12 High Street, EM4 2QT"),
    ("home", "12 High Street", "Add the postcode, like EM4 2QT"),
    ("home", "12 High Street E M4 2QT", "Write the postcode as one, like EM4 2QT, with a comma before it"),
    ("home", "12 High Street, É.M4 2QT", "Write the postcode as one, like EM4 2QT, with a comma before it"),
    ("home", f"{'1' * 192}, EM4 2QT", "Make it 1 character shorter"),
    ("home", "High Street EM4 2QT", "Add the number or the name of the house"),
    ("home", "EM4 2QT", "Add the number or the name of the house"),
    ("spot", "", "Say where it is: the street, and what it is near"),
    ("ages", "", "Enter a number"),
    ("ages", "old", "Enter a number in digits, like 3"),
]


@pytest.mark.parametrize(("name", "text", "answer"), GOOD)
def test_an_answer_is_parsed(name: str, text: str, answer: Answer) -> None:
    assert parsed(name, text) == answer


@pytest.mark.parametrize(("text", "name"), DAYS)
def test_a_date_is_parsed_in_any_notation(text: str, name: str) -> None:
    assert parsed(name, text) == "2025-11-27"
    assert parse_answer(ask(name), {"answer.day": (text,)}, ENGLISH, TODAY) == "2025-11-27"


@pytest.mark.parametrize(("name", "text", "message"), BAD)
def test_a_wrong_answer_is_refused_with_a_message(name: str, text: str, message: str) -> None:
    assert refusal(name, text) == message


@pytest.mark.parametrize(("name", "text", "message"), BAD)
def test_the_message_is_translated(name: str, text: str, message: str) -> None:
    found = parse_answer(ask(name), {"answer": (text,)}, WELSH, TODAY)
    assert isinstance(found, Refused)
    assert found.message != message


@pytest.mark.parametrize(
    ("day", "month", "year", "found"),
    [
        ("1", "11", "2026", "2026-11-01"),
        (" 01 ", "Tachwedd", "26", "2026-11-01"),
        ("1st", "Nov", "2026", "2026-11-01"),
        ("", "11", "2026", "Enter the day as well, like 23 11 2026"),
        ("1", "", "2026", "Enter the month as well, like 23 11 2026"),
        ("1", "11", "", "Enter the year as well, like 23 11 2026"),
        ("1", "13", "2026", "Enter a date that there is, like 23 11 2026"),
        ("1", "11", "202", "Enter a date that there is, like 23 11 2026"),
        ("1 2", "11", "2026", "Enter a date that there is, like 23 11 2026"),
        ("tomorrow", "", "", "Enter a date from 24 October 2026 to 23 November 2026"),
        ("ddoe", "", "", "2026-11-22"),
    ],
)
def test_a_date_is_parsed_from_three_fields(day: str, month: str, year: str, found: str) -> None:
    sent = {"answer.day": (day,), "answer.month": (month,), "answer.year": (year,)}
    answer = parse_answer(ask("when"), sent, ENGLISH, TODAY)
    assert (answer.message if isinstance(answer, Refused) else answer) == found


def test_the_limits_decide_the_century_of_a_two_digit_year() -> None:
    assert parsed("born", "5 6 84") == "1984-06-05"
    assert parsed("born", "5 6 24") == "2024-06-05"
    assert parsed("when", "1 11 26") == "2026-11-01"


def test_two_options_of_a_single_choice_are_refused() -> None:
    assert isinstance(parse_answer(ask("one"), {"answer": ("a", "b")}, ENGLISH, TODAY), Refused)


def test_ticked_options_are_stored_in_the_order_offered() -> None:
    assert parse_answer(ask("many"), {"answer": ("z", "x", "?", "x")}, ENGLISH, TODAY) == ["x", "z"]


def test_a_spot_may_have_coordinates_in_the_united_kingdom() -> None:
    def spot(words: str, at: str) -> Answer | Refused:
        return parse_answer(ask("spot"), {"answer": (words,), "answer.at": (at,)}, ENGLISH, TODAY)

    assert spot("", "52.1234567, 1.5") == {"words": "", "at": [52.12346, 1.5]}
    assert spot("By the pier", "52.1,1.5") == {"words": "By the pier", "at": [52.1, 1.5]}
    for at in ("0,0", "nan,nan", "inf,1", "52", "1,2,3", "52.1;1.5", "x"):
        assert spot("By the pier", at) == {"words": "By the pier"}, at
        assert isinstance(spot("", at), Refused), at


def test_an_optional_question_is_skipped_by_its_button_or_by_an_empty_form() -> None:
    assert parse_answer(ask("child"), {"answer": ("  ",)}, ENGLISH, TODAY) is None
    assert parse_answer(ask("child"), {"answer": ("Mair",), DO: ("skip",)}, ENGLISH, TODAY) is None
    assert isinstance(parse_answer(ask("name"), {DO: ("skip",)}, ENGLISH, TODAY), Refused)


def test_the_thin_answer_is_accepted_where_one_is_declared() -> None:
    assert parse_answer(ask("name"), {DO: ("thin",)}, ENGLISH, TODAY) == THIN
    assert isinstance(parse_answer(ask("phone"), {DO: ("thin",)}, ENGLISH, TODAY), Refused)


def test_a_stored_photo_stays_until_the_question_is_skipped() -> None:
    photo = ask("photo")
    assert parse_answer(photo, {}, ENGLISH, TODAY, photo=PHOTO) == PHOTO
    assert parse_answer(photo, {}, ENGLISH, TODAY, before=PHOTO) == PHOTO
    assert parse_answer(photo, {}, ENGLISH, TODAY) is None
    assert parse_answer(photo, {DO: ("skip",)}, ENGLISH, TODAY, before=PHOTO) is None


def test_items_of_a_repeat_are_added_changed_and_removed() -> None:
    ages = ask("ages")

    def give(before: Answer, text: str = "", do: str = "", item: int = 0) -> Answer:
        sent: FormValues = {"answer": (text,), DO: (do,)}
        found = parse_answer(ages, sent, ENGLISH, TODAY, before=before, item=item)
        assert not isinstance(found, Refused)
        return found

    one = give(None, "80")
    assert one == {"open": [80]}
    two = give(one, "76")
    assert give(two, do="done") == [80, 76]
    assert give(two) == [80, 76]
    assert give(two, "1") == [80, 76, 1], "the third is the last there can be"
    assert give([80, 76], "77", item=2) == [80, 77]
    assert give(two, "77", item=2) == {"open": [80, 77]}
    assert give([80, 76], do="remove", item=1) == {"open": [76]}
    assert give([80, 76, 1], "99") == [80, 76, 1]
    assert isinstance(parse_answer(ages, {DO: ("done",)}, ENGLISH, TODAY), Refused)


@pytest.mark.parametrize("name", [ask.name for ask in JOURNEY.asks])
def test_the_values_that_refill_a_field_are_parsed_as_the_same_answer(name: str) -> None:
    one = ask(name)
    kind = one.kind.of if isinstance(one.kind, RepeatKind) else one.kind
    tried = [answer for those in answer_classes(JOURNEY, one, TODAY) for answer in those.answers]
    simple = [a[0] if isinstance(one.kind, RepeatKind) and isinstance(a, list) else a for a in tried]
    for answer in (a for a in simple if a is not None and a != THIN and name != "photo"):
        place = answer if is_property(answer) else None
        again = parse_answer(Ask(name, {}, kind), kind.refill(answer), ENGLISH, TODAY, place=place)
        assert again == answer
        field = kind.field(kind.refill(answer), "en")
        assert isinstance(field, Choice | DateEntry | Entry | Upload)


SAID: list[tuple[str, Answer, str, str]] = [
    ("one", "b", "Second", "Ail"),
    ("many", ["x", "y", "z"], "Ex, Why and Zed", "Ecs, Pam a Sed"),
    ("count", 1, "1 day", "1 diwrnod"),
    ("count", 3, "3 days", "3 diwrnod"),
    ("cost", 123450, "£1,234.50", "£1,234.50"),
    ("when", "2026-11-01", "1 November 2026", "1 Tachwedd 2026"),
    ("detail", THIN, "Ring me", "Ffoniwch fi"),
    ("child", None, "Not given", "Heb ei roi"),
    ("spot", {"words": "", "at": [52.1, 1.5]}, "The place on the map", "Y lle ar y map"),
    ("photo", PHOTO, "A photo", "Llun"),
    ("ages", [80, 76], "80 and 76", "80 a 76"),
]


def test_several_addresses_are_separated_by_semicolons() -> None:
    several = replace(ask("home"), kind=RepeatKind(3, AddressKind()))
    said = say_answer(several, ["1 High Street, EM4 2QT", "2, EM1 1AA"], ENGLISH)
    assert said == "1 High Street, EM4 2QT; 2, EM1 1AA"


@pytest.mark.parametrize(("name", "answer", "english", "welsh"), SAID)
def test_an_answer_is_worded_in_each_language(name: str, answer: Answer, english: str, welsh: str) -> None:
    assert say_answer(ask(name), answer, ENGLISH) == english
    assert say_answer(ask(name), answer, WELSH) == welsh


_SENT = st.dictionaries(
    st.sampled_from(["answer", "answer.day", "answer.month", "answer.year", "answer.at", DO]),
    st.lists(st.text(max_size=12) | st.sampled_from(["skip", "thin", "done", "remove", "a", "5"]), max_size=3).map(
        tuple
    ),
)


@given(st.sampled_from(JOURNEY.asks), _SENT, st.integers(0, 5), st.sampled_from([None, [1], {"open": [1, 2]}, THIN]))
def test_any_form_is_an_answer_or_a_refusal_with_a_message(
    one: Ask, sent: FormValues, item: int, before: Answer
) -> None:
    found = parse_answer(one, sent, WELSH, date(2026, 2, 28), before=before, item=item)
    if isinstance(found, Refused):
        assert found.message
    else:
        assert is_open(found) or found is None or say_answer(one, found, WELSH) is not None
