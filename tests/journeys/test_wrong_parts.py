"""The parts of an answer that are refused, and addresses entered in four fields."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.samples.small_journeys import ENGLISH

from onestop.journeys.kind import FormContext, Refused
from onestop.journeys.kinds.date import DateKind
from onestop.journeys.kinds.place import FIELDS, AddressKind
from onestop.journeys.values.form_values import FormValues
from onestop.journeys.values.postal_address import join_address, split_address
from onestop.screen import Entry

TODAY = date(2026, 11, 28)
CONTEXT = FormContext(ENGLISH, TODAY)


@pytest.mark.parametrize(
    ("entered", "wrong"),
    [
        (("27", "13", "2026"), ("month",)),
        (("27", "11", "20266"), ("year",)),
        (("32", "11", "2026"), ("day",)),
        (("31", "2", "2026"), ("day",)),
        (("", "11", "2026"), ("day",)),
        (("27", "", "2026"), ("month",)),
        (("27", "11", ""), ("year",)),
        (("27", "", ""), ("month", "year")),
        (("12 March", "", ""), ("year",)),
        (("x", "y", "2026"), ("day", "month")),
        (("", "", ""), ()),
    ],
)
def test_a_date_is_refused_with_the_parts_that_are_wrong(entered: tuple[str, str, str], wrong: tuple[str, ...]) -> None:
    values = {f"answer.{part}": (text,) for part, text in zip(("day", "month", "year"), entered, strict=True)}
    found = DateKind().parse(values, CONTEXT)
    assert isinstance(found, Refused)
    assert found.parts == wrong


@pytest.mark.parametrize(
    ("house", "postcode", "stored"),
    [
        ("12 High Street", "em4 2qt", "12 High Street, EM4 2QT"),
        ("12 High Street, EM4 2QT", "", "12 High Street, EM4 2QT"),
        ("12 High Street, EM4 2QT", "EM4 2QT", "12 High Street, EM4 2QT"),
        ("12 High Street EM42QT", "em4-2qt", "12 High Street, EM4 2QT"),
    ],
)
def test_an_address_that_was_pasted_has_its_postcode_once(house: str, postcode: str, stored: str) -> None:
    values = {"answer": (house,), "answer.postcode": (postcode,)}
    assert AddressKind().parse(values, CONTEXT) == stored


STORED = (
    ("12", "High Street", "Eastmere", "em4 2qt", "12 High Street, Eastmere, EM4 2QT"),
    ("Flat 2, 14a", "Quay Street", "Eastmere", "EM4 2QT", "Flat 2, 14a Quay Street, Eastmere, EM4 2QT"),
    ("Rose Cottage", "Mill Lane", "Eastmere", "EM4 2QT", "Rose Cottage, Mill Lane, Eastmere, EM4 2QT"),
    ("12 High Street", "High Street", "eastmere", "EM4 2QT", "12 High Street, eastmere, EM4 2QT"),
    ("12 High Street, Eastmere", "", "Eastmere", "EM4 2QT", "12 High Street, Eastmere, EM4 2QT"),
)


@pytest.mark.parametrize(("house", "street", "town", "postcode", "stored"), STORED)
def test_an_address_in_four_fields_is_stored_in_one_line(
    house: str, street: str, town: str, postcode: str, stored: str
) -> None:
    values = dict(zip(FIELDS, ((house,), (street,), (town,), (postcode,)), strict=True))
    assert AddressKind().parse(values, CONTEXT) == stored


def parts(values: FormValues) -> tuple[str, ...]:
    field = AddressKind().field(values, "en")
    assert isinstance(field, Entry)
    return field.parts


def test_every_field_keeps_what_was_entered_and_a_stored_address_fills_them() -> None:
    entered = {FIELDS[0]: ("12",), FIELDS[1]: ("High",), FIELDS[2]: ("East",), FIELDS[3]: ("EM4",)}
    assert parts(entered) == ("12", "High", "East", "EM4")
    assert parts(AddressKind().form_values("12 High Street, EM4 2QT")) == ("12", "High Street", "", "EM4 2QT")
    assert parts(AddressKind().form_values(STORED[1][-1])) == STORED[1][:4]
    assert parts(AddressKind().form_values("Rose Cottage, Mill Lane, EM4 2QT")) == (
        "Rose Cottage",
        "",
        "Mill Lane",
        "EM4 2QT",
    )


WORDS_OF_AN_ADDRESS = st.sampled_from(
    ("12", "14a", "1-3", "Flat 2", "Rose Cottage", "High Street", "Eastmere", ",", "  ", "x")
)


@given(st.lists(WORDS_OF_AN_ADDRESS, min_size=1, max_size=6).map(" ".join))
def test_the_fields_of_any_line_are_that_line_again(text: str) -> None:
    line = f"{text}, EM4 2QT"
    assert join_address(*split_address(line)) == line or split_address(line)[1:3] == ("", "")
