"""A search for the reference of something that was sent leads to tracking and the telephone, not to services."""

from random import Random

import pytest
from support.render_screen import words_for

from channels.registry import find_channels
from onestop.casework.reference import grouped, new_reference, parse_reference
from onestop.catalogue.catalogue import Catalogue
from onestop.catalogue.screens import reference_screen
from onestop.catalogue.source.load import LoadResult
from onestop.screen import Menu, Paragraph

MOBILE = next(channel for channel in find_channels() if channel.name == "mobile")


@pytest.fixture
def catalogue(borough: LoadResult) -> Catalogue:
    assert borough.catalogue
    return borough.catalogue


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_reference_is_no_service(catalogue: Catalogue, language: str) -> None:
    digits = new_reference(Random(4))
    assert parse_reference(f"ref {grouped(digits)}") == digits
    screen = reference_screen(catalogue, grouped(digits), digits, words_for(MOBILE, language))
    (follow,) = [block for block in screen.blocks if isinstance(block, Menu)]
    assert [(item.target, item.number) for item in follow.items] == [("/track", "102")]
    (said,) = [block for block in screen.blocks if isinstance(block, Paragraph)]
    assert grouped(digits) in said.text[0].text


@pytest.mark.parametrize("query", ["missed bin", "7287", "01632 960 200", "EM4 2QT", "12345678901"])
def test_other_queries_are_no_references(query: str) -> None:
    assert parse_reference(query) is None
