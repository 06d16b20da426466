"""The counted presses of a remote control match the real pages of the borough's journeys."""

from collections.abc import Iterator
from datetime import date

import pytest
from support.paths import CONTENT
from support.render_screen import words_for

from channels.registry import find_channels
from channels.tv import CHANNEL
from channels.tv.key_presses import button_presses, field_presses, page_turn_presses
from onestop.journeys.journey import Journey
from onestop.journeys.paths.paths import JourneyPath as Way
from onestop.journeys.paths.paths import find_paths
from onestop.journeys.screens.context import ScreenContext
from onestop.journeys.screens.endings import check_screen
from onestop.journeys.source.desks import read_desks
from onestop.journeys.source.folder import read_journeys
from onestop.journeys.walk.walk import walk
from onestop.screen import Choice, DateEntry, Entry, Field, Form, Link, Option

TODAY = date(2026, 11, 25)
WORDS = words_for(CHANNEL)
AROUND = ScreenContext(
    "/bins/missed-bin", (Link("Home", "/"), Link("Bins", "/bins")), WORDS, ("en", "cy"), CHANNEL.means, (("token", "t" * 22),)
)  # fmt: skip


def journeys() -> list[Journey]:
    desks, _ = read_desks(CONTENT, ("en", "cy"))
    means = {channel.name: channel.means for channel in find_channels()}
    return list(read_journeys(CONTENT, ("en", "cy"), desks, means, TODAY).journeys.values())


def ways(journey: Journey) -> Iterator[Way]:
    """Return one walk for each series of questions that can be answered."""
    found = {tuple(way.answers): way for way in find_paths(journey, "tv", CHANNEL.means, TODAY) if not way.stopped}
    yield from found.values()


@pytest.mark.parametrize("journey", journeys(), ids=lambda journey: str(journey.name))
def test_no_more_pages_are_turned_before_the_submit_button_than_counted(journey: Journey) -> None:
    for way in ways(journey):
        shown = check_screen(walk(journey, way.answers, "tv", TODAY), AROUND, "tv")
        pages = CHANNEL.lay_out(shown, CHANNEL.recognise({}), WORDS)
        sends = [number for number, page in enumerate(pages) if any(isinstance(block, Form) for block in page.blocks)]
        assert sends[0] <= page_turn_presses(len(way.steps)), list(way.answers)


def options(count: int, *chosen: int) -> tuple[Option, ...]:
    return tuple(Option(str(n), f"Answer {n}", chosen=n in chosen) for n in range(count))


@pytest.mark.parametrize(
    ("field", "count"),
    [
        (Choice("a", options(4, 2)), 1),
        (Choice("a", options(9, 7)), 2),
        (Choice("a", options(5, 0), several=True), 2),
        (Choice("a", options(5, 1, 4), several=True), 7),
        (Entry("a", "phone", "01632 960001"), 12),
        (DateEntry("a", "1", "12", "2026"), 10),
    ],
)
def test_field_presses_are_counted_correctly(field: Field, count: int) -> None:
    assert field_presses(field) == count


def test_button_presses_depend_on_the_kind_of_field() -> None:
    assert [button_presses(Entry("a", "name"), place) for place in (0, 1)] == [1, 1]
    assert [button_presses(Entry("a", "phone"), place) for place in (0, 1)] == [3, 4]
    assert [button_presses(Choice("a", options(2)), place) for place in (0, 1)] == [1, 1]
