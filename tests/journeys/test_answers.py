"""Answers as people enter them: what is stored, and the message for one that is refused."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from journeys.written_answers import BAD, DAYS, GOOD
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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("dydd Mawrth 3 Tachwedd 2026", "2026-11-03"),
        ("3ydd o Dachwedd 2026", "2026-11-03"),
        ("2il o Dachwedd 2026", "2026-11-02"),
        ("y 5ed o Dachwedd 2026", "2026-11-05"),
        ("24 Medi 2026", "Enter a date from 24 October 2026 to 23 November 2026"),
        ("5 o Ragfyr 2026", "Enter a date from 24 October 2026 to 23 November 2026"),
    ],
)
def test_a_date_is_parsed_as_it_is_written_in_welsh(text: str, found: str) -> None:
    answer = parsed("when", text)
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
