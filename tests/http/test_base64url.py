"""One text only stands for some bytes, so that nobody makes a second token out of one."""

import pytest
from hypothesis import given
from hypothesis.strategies import binary, text

from onestop.tokens import base64url


@given(binary(max_size=64))
def test_what_is_encoded_is_decoded(data: bytes) -> None:
    written = base64url.encode(data)
    assert base64url.decode(written) == data
    assert "=" not in written


@given(text(max_size=24))
def test_any_other_text_is_refused_or_is_the_one_text_of_its_bytes(written: str) -> None:
    try:
        data = base64url.decode(written)
    except ValueError:
        return
    assert base64url.encode(data) == written


@pytest.mark.parametrize("written", ["AB", "AAB", "AA==", "A A", "AA\n", "é", "A"])
def test_unused_bits_padding_and_other_characters_are_refused(written: str) -> None:
    with pytest.raises(ValueError):
        base64url.decode(written)
