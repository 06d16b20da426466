"""References: their check digit, and how they are grouped."""

import re
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from onestop.casework.reference import TABLE, check_digit, grouped, new_reference

references = st.integers(0, 2**32).map(lambda seed: new_reference(Random(seed)))


def test_the_table_is_a_totally_antisymmetric_quasigroup() -> None:
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
    assert re.fullmatch("[1-9][0-9]{9}", reference)
    assert check_digit(reference) == 0


@given(references, st.integers(0, 9), st.integers(1, 9))
def test_a_wrong_digit_is_detected(reference: str, place: int, by: int) -> None:
    wrong = str((int(reference[place]) + by) % 10)
    assert check_digit(reference[:place] + wrong + reference[place + 1 :]) != 0


@given(references)
def test_a_swap_of_neighbouring_digits_is_detected(reference: str) -> None:
    for place, (one, other) in enumerate(pairwise(reference)):
        if one != other:
            assert check_digit(reference[:place] + other + one + reference[place + 2 :]) != 0


def test_a_reference_is_grouped_three_three_four() -> None:
    assert grouped("1234567890") == "123 456 7890"
