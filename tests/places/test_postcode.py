"""Postcodes are understood as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.places.postcode import find_postcode, parse_postcode


@pytest.mark.parametrize("typed", ["EM4 2QT", "em42qt", " e m 4 2 q t ", "EM4-2QT", "EM4  2qt", "EM4.2QT", "EM4\t2QT"])
def test_any_spaces_and_case(typed: str) -> None:
    assert parse_postcode(typed) == "EM42QT"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("EMIO IAA", "EM101AA"),
        ("SW1A 0AA", "SW1A0AA"),
        ("SW1A OAA", "SW1A0AA"),
        ("SWIA OAA", "SW1A0AA"),
        ("0X1 1AA", "OX11AA"),
        ("OXl lAA", "OX11AA"),
        ("1P1 1AA", "IP11AA"),
        ("M1 1AE", "M11AE"),
        ("EC1A 1BB", "EC1A1BB"),
        ("W1A 0AX", "W1A0AX"),
        ("CR26XH", "CR26XH"),
        ("SLO 0AA", "SL00AA"),
        ("DN55 1PT", "DN551PT"),
    ],
)
def test_the_letter_o_and_the_digit_0_by_their_place(typed: str, meant: str) -> None:
    assert parse_postcode(typed) == meant


@pytest.mark.parametrize(
    "typed",
    ["", "EM4", "12 High Street", "EM4 2Q", "EM4 2CI", "QM4 2QT", "EMO4 2QT", "EM04 2QT", "ΕΜ4 2QT", "EM42QT EM42QT"],
)
def test_no_postcode(typed: str) -> None:
    assert parse_postcode(typed) is None


def test_the_postcode_at_the_end_of_a_pasted_address() -> None:
    found = find_postcode("Flat 2, 14a Quay Street,\nEastmere, em4 2qt.")
    assert found and (found.postcode, found.before) == ("EM42QT", "Flat 2 14a Quay Street Eastmere")
    joined = find_postcode("14a Quay Street EM42QT")
    assert joined and (joined.postcode, joined.before) == ("EM42QT", "14a Quay Street")
    assert find_postcode("14 High Street") is None


@given(st.text(max_size=40))
def test_any_text_gives_a_postcode_that_is_read_as_itself_or_none(text: str) -> None:
    found = parse_postcode(text)
    assert found is None or (parse_postcode(found) == found and 5 <= len(found) <= 7)
    find_postcode(text)
