"""Answers in words: on the check screen, to an officer, and inside a later question."""

from collections.abc import Mapping

from onestop.journeys.journey import Ask
from onestop.journeys.values.answer import SKIPPED, Answer, is_thin
from onestop.journeys.values.placeholders import fill_placeholders
from onestop.journeys.walk.walk import Walk
from onestop.language import Translations, Words, translated


def say_answer(ask: Ask, answer: Answer, words: Words, *, inline: bool = False) -> str:
    """Return the answer in words; `inline` is inside another sentence, where an option may have a text of its own."""
    if answer is SKIPPED:
        return words("Not given")
    if is_thin(answer):
        return translated(ask.thin, words.language)
    return ask.kind.say(answer, words, inline=inline)


def text_of(walk: Walk, texts: Translations, words: Words) -> str:
    """Return a text of the journey in the resident's language, with its placeholders filled in."""

    def value_of(name: str) -> str:
        fact = walk.facts.get(name)
        if isinstance(fact, Mapping):
            return translated(fact, words.language)
        if "." in name:
            return _say_part(walk, name, words)
        ask = walk.journey.ask(name)
        return say_answer(ask, walk.answers[name], words, inline=True) if ask and name in walk.answers else ""

    return fill_placeholders(translated(texts, words.language), value_of)


def _say_part(walk: Walk, name: str, words: Words) -> str:
    """Return the day that `{home.next.bin}` stands for, on which that bin is next emptied at that address; of `{home.next}`, any bin."""
    asked, part, other = (*name.split("."), "", "")[:3]
    ask = walk.journey.ask(asked)
    return ask.kind.say_part(walk.answers.get(asked), part, walk.answers.get(other), words, walk.today) if ask else ""
