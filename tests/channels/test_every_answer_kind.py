"""Every channel, and the speech, supports every kind of answer; a new module in onestop/journeys/kinds is tested without further work."""

from dataclasses import replace
from typing import cast, get_args

import pytest
from support.render_screen import draw
from support.samples.answer_kinds import assert_drawn, assert_pressed, assert_spoken, assert_stored, journeys
from support.samples.block_samples import screen
from support.samples.small_journeys import ENGLISH

from channels.contract import Channel
from channels.registry import find_channels
from onestop.journeys.kind import Declaration
from onestop.journeys.kinds.registry import find_kinds
from onestop.screen import Entry, EntryKind, Form

pytestmark = pytest.mark.slow

CHANNELS = tuple(find_channels())
WITH_KEYS = tuple(channel for channel in CHANNELS if channel.name != "text")
"""A terminal sends any text in the same way, so it has no table of entries to forget one in."""
EACH_CHANNEL = pytest.mark.parametrize("channel", CHANNELS, ids=lambda channel: str(channel.name))
EACH_KIND = pytest.mark.parametrize("declaration", find_kinds().values(), ids=lambda one: str(one.keyword))
FORM = Form("/bins/missed-bin/ask/it", "Continue")


@EACH_CHANNEL
@EACH_KIND
def test_a_channel_renders_the_question_and_counts_its_key_presses(declaration: Declaration, channel: Channel) -> None:
    for journey in journeys(declaration):
        assert_drawn(journey, channel)
        assert_pressed(journey, channel)


@EACH_KIND
def test_the_question_and_its_answers_are_spoken(declaration: Declaration) -> None:
    for journey in journeys(declaration):
        assert_spoken(journey, CHANNELS[0])


@EACH_KIND
def test_an_answer_is_stored_as_it_was_entered(declaration: Declaration) -> None:
    for journey in journeys(declaration):
        assert_stored(journey, ENGLISH)


@EACH_CHANNEL
@pytest.mark.parametrize("kind", get_args(EntryKind))
def test_a_channel_draws_every_kind_of_entry(kind: EntryKind, channel: Channel) -> None:
    field = Entry("answer", kind, "7", unit="quaggas")
    pages = " ".join(draw(channel, screen(replace(FORM, field=field))))
    assert "7" in pages
    assert channel.means.presses(field) >= 0


@pytest.mark.parametrize("channel", WITH_KEYS, ids=lambda channel: str(channel.name))
def test_a_channel_without_keys_for_a_new_kind_of_entry_fails(channel: Channel) -> None:
    field = Entry("answer", cast(EntryKind, "slider"), "7")
    with pytest.raises(Exception, match="slider"):
        draw(channel, screen(replace(FORM, field=field)))
