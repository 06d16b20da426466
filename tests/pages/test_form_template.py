"""Question pages are kept without anybody's data, and each visitor gets the same bytes with their own form values."""

import gzip
from dataclasses import replace
from datetime import date
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as some
from support.paths import CONTENT
from support.render_screen import words_for

from channels.contract import Channel
from channels.registry import find_channels
from onestop.http.prepared import prepare
from onestop.journeys.journey import Journey
from onestop.journeys.paths.paths import find_paths
from onestop.journeys.screens.context import ScreenContext
from onestop.journeys.screens.question import QuestionState, question_screen
from onestop.journeys.source.desks import read_desks
from onestop.journeys.source.folder import read_journeys
from onestop.journeys.values.answer import SKIPPED, Answer
from onestop.journeys.walk.walk import walk
from onestop.pages.form_template import form_template, without_values
from onestop.pages.page_template import PageTemplates, page_template
from onestop.screen import Form, Link, Screen

TODAY = date(2026, 11, 25)
CHANNELS = {channel.name: channel for channel in find_channels()}
PLANTED = "Zyzzyva"
TOKEN, DRAFT = "t" * 22, "d" * 32
SCREEN = Screen(
    "Which bin?",
    (Form("/bins/ask/bin", "Continue", hidden=(("token", TOKEN), ("seen", "3"), ("draft", DRAFT))),),
    "/bins/ask/bin",
    "en",
    "question",
    personal=True,
    blank_form=True,
)
SECRETS = some.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", min_size=22, max_size=22)
MARKUP = some.text(min_size=0, max_size=400)


def drawn(screen: Screen, before: str, after: str, packet: int = 0) -> str:
    form = next(block for block in screen.blocks if isinstance(block, Form))
    hidden = "".join(f'<input type="hidden" name="{name}" value="{value}">' for name, value in form.hidden)
    return f"{before}{hidden}{after}{hidden}"


@given(before=MARKUP, after=MARKUP, token=SECRETS)
def test_a_page_is_what_rendering_it_with_the_values_gives(before: str, after: str, token: str) -> None:
    found = without_values(SCREEN)
    assert found
    masked, values = found
    ready = prepare(200, (("Content-Type", "text/html"),), drawn(masked, before, after).encode("utf-8", "replace"))
    template = form_template(ready, values)
    assert template
    mine = {**values, "token": token}
    expected = drawn(SCREEN, before, after).replace(TOKEN, token).encode("utf-8", "replace")
    assert template.body(mine, gzip=False) == expected
    assert gzip.decompress(template.body(mine, gzip=True)) == expected


@given(before=MARKUP, between=MARKUP, address=some.text(max_size=2000))
def test_a_value_may_have_any_length_if_it_is_not_told_before(before: str, between: str, address: str) -> None:
    def drawn_with(value: str) -> bytes:
        return f"{before}{value}{between * 3}{value}{before}".encode("utf-8", "replace")

    template = page_template(prepare(404, (), drawn_with("the-address")), {"address": "the-address"}, {})
    whole = template.body({"address": address.encode("utf-8", "replace").decode()}, gzip=True)
    assert gzip.decompress(whole) == drawn_with(address)


def test_a_page_too_large_for_its_packet_with_stored_values_is_compressed_whole() -> None:
    masked, values = without_values(SCREEN) or pytest.fail("not accepted")
    markup = drawn(masked, "<p>Which bin was missed?</p>" * 20, "<p>Ring us.</p>").encode()
    roomy, tight = (form_template(prepare(200, (), markup, packet=packet), values) for packet in (1400, 10))
    assert roomy and tight
    assert roomy.body(values, gzip=True) != tight.body(values, gzip=True)
    assert gzip.decompress(tight.body(values, gzip=True)) == roomy.body(values, gzip=False)


def test_no_value_is_in_the_template_and_no_other_screen_is_accepted() -> None:
    masked, values = without_values(SCREEN) or pytest.fail("not accepted")
    assert TOKEN not in repr(masked) and DRAFT not in repr(masked)
    assert values == {"token": TOKEN, "draft": DRAFT}
    assert without_values(Screen("Which bin?", SCREEN.blocks, "/bins/ask/bin", "en", "question", personal=True)) is None


def test_a_value_that_html_would_escape_is_not_put_into_a_template() -> None:
    form = Form("/bins/ask/bin", "Continue", hidden=(("token", "<" * 22),))
    screen = Screen("Which bin?", (form,), "/bins/ask/bin", "en", "question", blank_form=True)
    assert without_values(screen) is None


def test_templates_are_dropped_beyond_a_bound() -> None:
    masked, values = without_values(SCREEN) or pytest.fail("not accepted")
    template = form_template(prepare(200, (), drawn(masked, "a" * 3000, "").encode()), values)
    assert template
    kept = PageTemplates(most_bytes=template.size * 3)
    for number in range(10):
        kept.keep(number, template)
    assert len(kept) == 3
    assert kept.get(9) is template and kept.get(0) is None


def journeys() -> list[Journey]:
    desks, _ = read_desks(CONTENT, ("en", "cy"))
    means = {channel.name: channel.means for channel in CHANNELS.values()}
    return list(read_journeys(CONTENT, ("en", "cy"), desks, means, TODAY).journeys.values())


def planted(answer: Answer) -> Answer:
    """The answer with every text that a resident could have typed replaced."""
    return PLANTED if isinstance(answer, str) and " " in answer else answer


def context_for(channel: Channel) -> ScreenContext:
    hidden = (("token", TOKEN), ("draft", DRAFT))
    return ScreenContext("/bins", (Link("Home", "/"),), words_for(channel), ("en", "cy"), channel.means, hidden)


@pytest.mark.parametrize("journey", journeys(), ids=lambda journey: str(journey.name))
@pytest.mark.parametrize("channel", CHANNELS.values(), ids=lambda channel: str(channel.name))
def test_no_answer_planted_in_a_draft_is_on_a_page_that_is_kept(channel: Channel, journey: Journey) -> None:
    context, accepted = context_for(channel), 0
    for path in islice(find_paths(journey, channel.name, channel.means, TODAY), 12):
        answers = {name: planted(answer) for name, answer in path.answers.items()}
        way = walk(journey, answers, channel.name, TODAY)
        for ask, answer in ((journey.ask(name), answer) for name, answer in answers.items()):
            assert ask
            for state in (QuestionState(), QuestionState(answer), QuestionState(known=answer), QuestionState(item=1)):
                masked = without_values(question_screen(way, ask, context, state))
                if masked:
                    accepted += 1
                    assert state == QuestionState() or answer is SKIPPED
                    assert PLANTED not in repr(masked[0])
    assert accepted


def test_a_question_whose_text_repeats_an_answer_is_not_kept() -> None:
    journey, channel = next(one for one in journeys() if one.name == "missed-bin"), CHANNELS["mobile"]
    path = next(one for one in find_paths(journey, "mobile", channel.means, TODAY) if len(one.answers) > 2)
    first, second = list(path.answers)[:2]
    ask, way = journey.ask(second), walk(journey, path.answers, "mobile", TODAY)
    assert ask
    assert without_values(question_screen(way, ask, context_for(channel)))
    texts = {"en": f"You said {{{first}}}. Is it?", "cy": f"{{{first}}}"}
    for repeating in (replace(ask, text=texts), replace(ask, hint=texts)):
        assert without_values(question_screen(way, repeating, context_for(channel))) is None
