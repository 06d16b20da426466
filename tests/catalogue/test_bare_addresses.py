"""Web addresses, mail addresses and telephone numbers in words are links; a link by mail or telephone says which."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.catalogue.markdown.bare_addresses import bare_addresses, with_address

LINKED = {
    "See https://example.org/x.": ("https://example.org/x", "https://example.org/x"),
    "(www.example.org)": ("www.example.org", "https://www.example.org"),
    "Mail bins@east.example, please": ("bins@east.example", "mailto:bins@east.example"),
    "Ring 01632 960 200.": ("01632 960 200", "tel:01632960200"),
    "Ring 020 7946 0000 now": ("020 7946 0000", "tel:02079460000"),
    "or 0800 111 999": ("0800 111 999", "tel:0800111999"),
}
PLAIN = (
    "Opening 08:30-17:00",
    "From 2026-11-28",
    "reference 123 456 7890",
    "£01.20",
    "a@b",
    "12/01/2026",
    "0123",
    "ISO 0132-960-200-111-2",
)


@pytest.mark.parametrize("text", LINKED)
def test_an_address_in_words_is_a_link(text: str) -> None:
    assert [piece for piece in bare_addresses(text) if piece[1]] == [LINKED[text]]


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_no_address_stays_words(text: str) -> None:
    assert list(bare_addresses(text)) == [(text, "")]


@given(st.text(st.sampled_from("a0 1.@:/w-(<h"), max_size=40))
def test_no_sign_is_lost(text: str) -> None:
    assert "".join(piece for piece, _ in bare_addresses(text)) == text


def test_a_link_by_mail_or_telephone_says_which() -> None:
    assert with_address("Mail us", "mailto:a@b.example?subject=x") == "Mail us (a@b.example)"
    assert with_address("Ring 01632 960 200", "tel:01632960200") == "Ring 01632 960 200"
    assert with_address("Ring us", "tel:01632960200") == "Ring us (01632960200)"
    assert with_address("Our site", "https://a.example") == "Our site"
