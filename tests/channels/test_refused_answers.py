"""A refused answer on every channel: the title says so, the hint stays, and the message leads to the part that is wrong."""

import re

import pytest
from support.render_screen import draw
from support.samples.block_samples import screen

from channels.contract import Channel
from channels.registry import find_channels
from onestop.screen import Choice, DateEntry, Entry, Form, Option, Screen

DRAWN = tuple(channel for channel in find_channels() if channel.name != "text")
EACH_CHANNEL = pytest.mark.parametrize("channel", DRAWN, ids=lambda channel: str(channel.name))
SEVERAL = Choice("answer", (Option("a", "Apes"), Option("b", "Bats")), several=True)


def question(field: Choice | Entry | DateEntry, error: str = "That is wrong") -> Screen:
    return screen(Form("/ask/x", "Continue", field, "A hint", error), kind="question", title="What is it?")


def page(channel: Channel, shown: Screen) -> str:
    return draw(channel, shown)[-1]


def wrong_inputs(markup: str) -> list[str]:
    """Return the names of the inputs that are marked as wrong, without what is the same for all."""
    inputs = re.findall(r"<(?:input|textarea)[^>]*>", markup)
    return [re.sub(r'.*name="([^"]*)".*', r"\1", one) for one in inputs if "aria-invalid" in one]


@EACH_CHANNEL
def test_the_parts_of_a_date_that_are_wrong_are_marked_and_come_first(channel: Channel) -> None:
    markup = page(channel, question(DateEntry("answer", "27", "13", "2026", wrong=("month", "year"))))
    assert wrong_inputs(markup) == ["answer.month", "answer.year"]
    first = re.findall(r"<input[^>]*(?: id=\"f(?:ield)?\"| data-first)[^>]*>", markup)
    assert [re.sub(r'.*name="([^"]*)".*', r"\1", one) for one in first] == ["answer.month"]


@EACH_CHANNEL
def test_the_title_the_hint_and_the_field_say_what_is_wrong(channel: Channel) -> None:
    markup = page(channel, question(Entry("answer", "number")))
    assert re.search(r"<title>Error: ", markup)
    assert "A hint" in markup
    assert wrong_inputs(markup) == ["answer"]
    assert 'aria-describedby="hint error"' in markup
    assert {"hint", "error"} <= set(re.findall(r'id="(\w+)"', markup))
    assert "<title>Error" not in page(channel, question(Entry("answer", "number"), ""))


@EACH_CHANNEL
def test_check_boxes_are_a_group_named_by_the_question(channel: Channel) -> None:
    markup = page(channel, question(SEVERAL))
    named = re.search(
        r"<fieldset[^>]*><legend[^>]*>What is it\?</legend>|<div role=\"group\" aria-label=\"What is it\?\"", markup
    )
    assert named
    assert wrong_inputs(markup) == ["answer", "answer"]


@EACH_CHANNEL
def test_no_page_reloads_itself(channel: Channel) -> None:
    markup = page(channel, screen(kind="move", watch="/bins/missed-bin/ask/moved", title="Go on"))
    assert "http-equiv" not in markup
    assert re.search(r"<noscript><p[^>]*><a [^>]*>I have gone on there</a></p></noscript>", markup)
