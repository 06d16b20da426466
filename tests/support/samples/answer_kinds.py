"""Checks that a kind of answer is complete: rendered and refilled on a channel, worded, spoken, and stored as entered."""

from collections.abc import Iterator
from html import unescape

from support.render_screen import draw, words_for
from support.samples.small_journeys import LANGUAGES, TODAY, journey_of

from channels.contract import Channel
from onestop.journeys.journey import Ask, Journey
from onestop.journeys.kind import Declaration
from onestop.journeys.repeat import RepeatKind
from onestop.journeys.screens.context import ScreenContext
from onestop.journeys.screens.question import QuestionState, question_screen
from onestop.journeys.values.answer import SKIPPED, Answer
from onestop.journeys.values.postal_address import split_address
from onestop.journeys.values.property import is_property
from onestop.journeys.walk.answer_text import say_answer
from onestop.journeys.walk.submitted_answer import parse_answer
from onestop.journeys.walk.walk import walk
from onestop.language import Words
from onestop.screen import Choice, Entry, Link, Screen, Upload
from onestop.speech.spoken_form import spoken_form
from onestop.speech.utterances import utterances

TITLE = {"en": "How many quaggas are there?", "cy": "Sawl cwaga sydd yno?"}
JOURNEY = """\
title: {{en: Trial, cy: Prawf}}
asks:
  - {{ask: it, text: {{en: {en}, cy: {cy}}}, need: no, {kind}}}
  - {{ask: more, text: {{en: More?, cy: Mwy?}}, pick: {{yes: {{en: Yes, cy: Oes}}, no: {{en: No, cy: Nac oes}}}}}}
done: {{say: {{en: Done, cy: Wedi gorffen}}, send: [housing]}}
"""


def journeys(declaration: Declaration) -> Iterator[Journey]:
    """Yield a journey for each example of a declaration, and for a repeat of it."""
    for example in declaration.examples:
        yield journey_of(JOURNEY.format(kind=f"{declaration.keyword}: {example}", **TITLE))
    if declaration.repeatable:
        kind = f"each: {{max: 3, {declaration.keyword}: {declaration.examples[0]}}}"
        yield journey_of(JOURNEY.format(kind=kind, **TITLE))


def examples(ask: Ask) -> tuple[Answer, ...]:
    return tuple(ask.kind.examples((), TODAY))


def screen_of(journey: Journey, channel: Channel, words: Words, answer: Answer) -> Screen:
    context = ScreenContext("/bins/missed-bin", (Link("Home", "/"),), words, LANGUAGES, channel.means)
    ask = journey.asks[0]
    # A repeat shows the field of its first item, as it does where that is changed.
    item = int(isinstance(ask.kind, RepeatKind) and answer is not SKIPPED)
    return question_screen(walk(journey, {}, channel.name, TODAY), ask, context, QuestionState(answer, item))


def assert_drawn(journey: Journey, channel: Channel) -> None:
    """The question, its unit and options, and the answer that is changed, stand on the pages in both languages."""
    ask = journey.asks[0]
    for language in LANGUAGES:
        words = words_for(channel, language)
        for answer in (SKIPPED, *examples(ask)):
            pages = " ".join(draw(channel, screen_of(journey, channel, words, answer), language=language))
            wanted = [TITLE[language], *_wanted(ask, answer, channel, language)]
            missing = [text for text in wanted if text.casefold() not in unescape(pages).casefold()]
            assert not missing, (channel.name, language, missing)


def _wanted(ask: Ask, answer: Answer, channel: Channel, language: str) -> Iterator[str]:
    kind = ask.kind.of if isinstance(ask.kind, RepeatKind) else ask.kind
    field = kind.field({}, language)
    if isinstance(field, Choice):
        yield from (option.label for option in field.options)
    elif not isinstance(field, Upload):
        item = answer[0] if isinstance(ask.kind, RepeatKind) and isinstance(answer, list) else answer
        texts = [text for texts in kind.refill(item).values() for text in texts]
        # A phone has four fields for an address: house, street, town and postcode.
        address = isinstance(field, Entry) and field.kind == "address"
        yield from (part for text in texts for part in (split_address(text) if address else (text,)) if part)


def assert_pressed(journey: Journey, channel: Channel) -> None:
    """The channel says how many key presses each answer takes, and how many it takes to skip the question."""
    kind = journey.asks[0].kind
    for answer in examples(journey.asks[0]):
        presses = kind.presses(answer, channel.means)
        assert presses is None or presses >= 0
    assert channel.means.other_presses(kind.field({}, "en"), 0) >= 0


def assert_spoken(journey: Journey, channel: Channel) -> None:
    """The question and every answer are spoken as words and numbers, without a sign that an engine would spell out."""
    ask = journey.asks[0]
    for language in LANGUAGES:
        words = words_for(channel, language)
        assert TITLE[language] in utterances(screen_of(journey, channel, words, SKIPPED), words)
        for answer in examples(ask):
            text = spoken_form(say_answer(ask, answer, words), language)
            odd = [sign for sign in text if not (sign.isalnum() or sign in " .,;:'’-@")]
            assert text and not odd, (text, odd)


def assert_stored(journey: Journey, words: Words) -> None:
    """What fills in the field is parsed as the same answer; nothing visible is no answer."""
    ask = journey.asks[0]
    kind = ask.kind.of if isinstance(ask.kind, RepeatKind) else ask.kind
    one = Ask(ask.name, ask.text, kind)
    for answer in kind.examples((), TODAY) if not kind.is_file else ():
        place = answer if is_property(answer) else None
        assert parse_answer(one, kind.refill(answer), words, TODAY, place=place) == answer
    invisible = dict.fromkeys(("answer", "answer.day", "answer.month", "answer.year"), ("\u200b\u2060 \xa0\ufeff",))
    assert parse_answer(ask, invisible, words, TODAY) is SKIPPED
