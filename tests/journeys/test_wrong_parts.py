"""The parts of an answer that are refused, and addresses entered in two fields."""

from datetime import date

import pytest
from support.samples.small_journeys import ENGLISH

from onestop.journeys.kind import FormContext, Refused
from onestop.journeys.kinds.date import DateKind
from onestop.journeys.kinds.place import AddressKind
from onestop.journeys.values.form_values import FormValues
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
def test_an_address_in_two_fields_is_stored_in_one_line(house: str, postcode: str, stored: str) -> None:
    values = {"answer": (house,), "answer.postcode": (postcode,)}
    assert AddressKind().parse(values, CONTEXT) == stored


def test_both_fields_keep_what_was_entered_and_a_stored_address_fills_both() -> None:
    def parts(values: FormValues) -> tuple[str, str]:
        field = AddressKind().field(values, "en")
        assert isinstance(field, Entry)
        return field.parts

    assert parts({"answer": ("High",), "answer.postcode": ("EM4",)}) == ("High", "EM4")
    assert parts(AddressKind().form_values("12 High Street, EM4 2QT")) == ("12 High Street", "EM4 2QT")
