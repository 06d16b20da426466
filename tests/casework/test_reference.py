"""Reference numbers: check digits, grouping, and parsing of typed ones."""

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.casework.reference import TABLE, grouped, is_reference, new_reference, parse_reference

references = st.integers(0, 2**32).map(lambda seed: new_reference(Random(seed)))


def test_the_check_digit_table_is_a_weakly_totally_antisymmetric_quasigroup() -> None:
    for row in TABLE:
        assert sorted(row) == list(range(10))
    for column in range(10):
        assert sorted(row[column] for row in TABLE) == list(range(10))
        assert TABLE[column][column] == 0
    for state in range(10):
        for one in range(10):
            for other in range(one):
                assert TABLE[TABLE[state][one]][other] != TABLE[TABLE[state][other]][one]


@given(references)
def test_a_new_reference_has_ten_digits_and_a_valid_check_digit(reference: str) -> None:
    assert is_reference(reference)
    assert reference[0] != "0"


@given(references, st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_is_detected(reference: str, place: int, by: int) -> None:
    wrong = str((int(reference[place]) + by) % 10)
    assert not is_reference(reference[:place] + wrong + reference[place + 1 :])


@given(references)
def test_two_swapped_digits_are_detected(reference: str) -> None:
    for place, (one, other) in enumerate(pairwise(reference)):
        if one != other:
            assert not is_reference(reference[:place] + other + one + reference[place + 2 :])


@given(references)
def test_a_displayed_reference_is_parsed(reference: str) -> None:
    assert parse_reference(grouped(reference)) == reference


REFERENCE = next(r for seed in range(999) if "0" in (r := new_reference(Random(seed))) and "1" in r)


@pytest.mark.parametrize(
    "typed",
    [
        REFERENCE,
        f"  {REFERENCE}\n",
        grouped(REFERENCE).replace(" ", "-"),
        grouped(REFERENCE).replace(" ", " – "),
        grouped(REFERENCE).replace(" ", "."),
        " ".join(REFERENCE),
        f"REF: {grouped(REFERENCE)}",
        f"Reference no. {REFERENCE}",
        REFERENCE.replace("0", "O"),
        REFERENCE[0] + REFERENCE[1:].replace("1", "l"),
        "".join(chr(ord(digit) + 0xFEE0) for digit in REFERENCE),
    ],
)
def test_a_reference_is_parsed_in_any_notation(typed: str) -> None:
    assert parse_reference(typed) == REFERENCE


@given(st.text(max_size=30))
def test_any_text_is_parsed_without_an_error(text: str) -> None:
    found = parse_reference(text)
    assert found is None or is_reference(found)


@pytest.mark.parametrize("typed", ["", "123", REFERENCE[:-1], REFERENCE + "0", "٣" * 10, "0000000000"])
def test_an_invalid_reference_is_none(typed: str) -> None:
    assert parse_reference(typed) is None


def test_a_reference_is_displayed_in_three_groups() -> None:
    assert grouped("1234567890") == "123 456 7890"
