"""Addresses taken apart and written."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.small_borough import CHANNELS

from onestop.site.address import Address, Addresses

ADDRESSES = Addresses(CHANNELS, ("en", "cy"))
SMALL, BIG = CHANNELS


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/", Address(SMALL, "", "en", "/")),
        ("/cy/", Address(SMALL, "", "cy", "/")),
        ("/bins/missed-bin", Address(SMALL, "", "en", "/bins/missed-bin")),
        ("/big/", Address(BIG, "", "en", "/")),
        ("/big/2", Address(BIG, "", "en", "/", 2)),
        ("/big/~old/cy/bins/missed-bin/3", Address(BIG, "old", "cy", "/bins/missed-bin", 3)),
        ("/bigger", Address(SMALL, "", "en", "/bigger")),
        ("/big/search/737", Address(BIG, "", "en", "/search/737")),
        ("/big/search/24", Address(BIG, "", "en", "/search/24")),
        ("/big/search/24/2", Address(BIG, "", "en", "/search/24", 2)),
        ("/search/caf%C3%A9%20rouge", Address(SMALL, "", "en", "/search/café rouge")),
    ],
)
def test_an_address_is_taken_apart_and_written_the_same(path: str, address: Address) -> None:
    assert ADDRESSES.parse(path) == address
    assert ADDRESSES.write(address) == path


@pytest.mark.parametrize(
    ("path", "right"),
    [
        ("/big", "/big/"), ("/bins/", "/bins"), ("//bins", "/bins"), ("/en/bins", "/bins"), ("/bins/1", "/bins"),
        ("/b%69ns", "/bins"), ("/big//cy", "/big/cy/"),
    ],
)  # fmt: skip
def test_another_way_of_writing_has_one_right_form(path: str, right: str) -> None:
    address = ADDRESSES.parse(path)
    assert address is not None
    assert ADDRESSES.write(address) == right


@pytest.mark.parametrize(
    "path",
    [
        "/%00",
        "/bins%0a",
        "/big/~nothing/bins",
        "/" + "x" * 3000,
        "/%ef%bf%bf",
        "/%c2%80",
        "/en/cy/bins",
        "/cy/~old/",
        "/bins/1/1",
    ],
)
def test_what_no_page_may_repeat_has_no_address(path: str) -> None:
    assert ADDRESSES.parse(path) is None


@pytest.mark.parametrize(
    ("target", "href"),
    [
        ("/bins", "/big/~old/cy/bins"),
        ("/", "/big/~old/cy/"),
        ("/search/free%20meals", "/big/~old/cy/search/free%20meals"),
        ("/search?q=a#top", "/big/~old/cy/search?q=a#top"),
        ("https://example.org/", "https://example.org/"),
        ("tel:01632960100", "tel:01632960100"),
        ("#main", "#main"),
        ("/pictures/bins/map.png", "/pictures/bins/map.png"),
    ],
)
def test_a_link_keeps_device_and_language_and_leaves_the_outside_alone(target: str, href: str) -> None:
    assert ADDRESSES.link(Address(BIG, "old", "cy", "/bins/missed-bin", 2), target) == href


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_any_path_is_refused_or_has_a_right_form_that_means_the_same(tail: str) -> None:
    address = ADDRESSES.parse("/" + tail)
    if address is not None:
        right = ADDRESSES.write(address)
        assert ADDRESSES.parse(right) == address
        assert unquote(right).startswith(address.channel.prefix)


@pytest.mark.parametrize(
    ("path", "number"), [("/214", "214"), ("/big/cy/21400", "21400"), ("/21", ""), ("/bins/214", "")]
)
def test_a_number_alone_is_a_number(path: str, number: str) -> None:
    address = ADDRESSES.parse(path)
    assert address is not None
    assert address.number() == number
