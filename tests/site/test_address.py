"""Parsing and writing addresses."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.samples.small_borough import CHANNELS

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
        ("/big/bins/missed-bin/100", Address(BIG, "", "en", "/bins/missed-bin", 100)),
        ("/big/search/24/100", Address(BIG, "", "en", "/search/24", 100)),
        ("/big/100", Address(BIG, "", "en", "/100")),
        ("/bigger", Address(SMALL, "", "en", "/bigger")),
        ("/big/search/737", Address(BIG, "", "en", "/search/737")),
        ("/big/search/24", Address(BIG, "", "en", "/search/24")),
        ("/big/search/24/2", Address(BIG, "", "en", "/search/24", 2)),
        ("/search/caf%C3%A9%20rouge", Address(SMALL, "", "en", "/search/café rouge")),
    ],
)
def test_parse_and_write_are_inverse(path: str, address: Address) -> None:
    assert ADDRESSES.parse(path) == address
    assert ADDRESSES.write(address) == path


@pytest.mark.parametrize(
    ("path", "right"),
    [
        ("/big", "/big/"), ("/bins/", "/bins"), ("//bins", "/bins"), ("/en/bins", "/bins"), ("/bins/1", "/bins"),
        ("/b%69ns", "/bins"), ("/big//cy", "/big/cy/"),
    ],
)  # fmt: skip
def test_other_spellings_have_one_canonical_form(path: str, right: str) -> None:
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
def test_unprintable_overlong_and_ambiguous_paths_have_no_address(path: str) -> None:
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
def test_link_keeps_device_and_language_and_leaves_external_targets(target: str, href: str) -> None:
    assert ADDRESSES.link(Address(BIG, "old", "cy", "/bins/missed-bin", 2), target) == href


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_any_path_is_rejected_or_has_an_equivalent_canonical_form(tail: str) -> None:
    address = ADDRESSES.parse("/" + tail)
    if address is not None:
        right = ADDRESSES.write(address)
        assert ADDRESSES.parse(right) == address
        assert unquote(right).startswith(address.channel.prefix)


@pytest.mark.parametrize(
    ("path", "number"), [("/214", "214"), ("/big/cy/21400", "21400"), ("/21", ""), ("/bins/214", "")]
)
def test_a_path_of_digits_is_a_service_number(path: str, number: str) -> None:
    address = ADDRESSES.parse(path)
    assert address is not None
    assert address.number() == number
