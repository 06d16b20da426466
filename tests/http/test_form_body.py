"""Long values of a form are decoded in pieces, and runs of combining marks are cut."""

import unicodedata
from urllib.parse import quote_plus

from hypothesis import given
from hypothesis import strategies as st

from onestop.http.request.combining_marks import MAX_MARKS, limit_marks
from onestop.http.request.form_body import MAX_DECODED, FormFields, decode_value

MARKED = st.lists(
    st.sampled_from(["e", "\u0301", "\u0327" * 29, "\u0301" * 31, "]", "^", "\\", " ", "\u05bf\u0301" * 20])
)


@given(st.text(min_size=1), st.integers(0, 5))
async def test_a_value_decoded_in_pieces_is_the_same(text: str, shift: int) -> None:
    whole = "x" * shift + text * (1 + 3 * MAX_DECODED // len(quote_plus(text)))
    assert (await decode_value(bytearray(quote_plus(whole).encode()))).decode() == whole


async def test_a_percent_sign_that_begins_no_escape_is_kept() -> None:
    for text in (b"%" * 40_000, b"%4" * 20_000, b"%zz" * 13_000):
        assert await decode_value(bytearray(text)) == text


@given(MARKED)
def test_at_most_thirty_marks_in_a_row_are_kept(parts: list[str]) -> None:
    run, kept = 0, ""
    for character in "".join(parts):
        run = run + 1 if unicodedata.combining(character) else 0
        kept += character if run <= MAX_MARKS else ""
    assert limit_marks("".join(parts)) == kept


def test_a_form_has_no_nul_which_postgresql_refuses() -> None:
    fields = FormFields()
    fields.add("answer", b"a\0b\0")
    assert fields.form().first("answer") == "ab"
