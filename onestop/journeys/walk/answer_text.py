"""How an answer is said: on the check screen, to an officer, and in the middle of a later question."""

from collections.abc import Mapping, Sequence
from datetime import date

from onestop.journeys.journey import Ask, Day, Each, Money, Number, Pick, Picture, Place, Simple
from onestop.journeys.values.answer import SKIPPED, Answer, is_thin, items_of
from onestop.journeys.values.pence import said_pence
from onestop.journeys.values.placeholders import fill_placeholders
from onestop.journeys.walk.walk import Walk
from onestop.language import Translations, Words, translated


def said_answer(ask: Ask, answer: Answer, words: Words, *, inside: bool = False) -> str:
    """The answer in words; `inside` another sentence an option may have a text of its own."""
    if answer is SKIPPED:
        return words("Not given")
    if is_thin(answer):
        return translated(ask.thin, words.language)
    if isinstance(ask.kind, Each):
        items = [_one(ask.kind.of, item, words, inside=inside) for item in items_of(answer)]
        # What has commas of its own would run together.
        return "; ".join(items) if isinstance(ask.kind.of, Place) else _all(items, words)
    return _one(ask.kind, answer, words, inside=inside)


def text_of(walk: Walk, texts: Translations, words: Words) -> str:
    """A text of the journey in the resident's language, with the answers it names."""

    def say(name: str) -> str:
        fact = walk.facts.get(name)
        if isinstance(fact, Mapping):
            return translated(fact, words.language)
        ask = walk.journey.ask(name)
        return said_answer(ask, walk.answers[name], words, inside=True) if ask and name in walk.answers else ""

    return fill_placeholders(translated(texts, words.language), say)


def _one(kind: Simple, answer: Answer, words: Words, *, inside: bool) -> str:
    if isinstance(kind, Pick):
        names = answer if kind.several and isinstance(answer, Sequence) else (answer,)
        options = [option for name in names if (option := kind.option(name))]
        texts = [(option.said if inside and option.said else option.text) for option in options]
        return _all([translated(text, words.language) for text in texts], words)
    if isinstance(kind, Number):
        unit = translated(kind.one if answer == 1 and kind.one else kind.unit, words.language)
        return f"{answer} {unit}".strip()
    if isinstance(kind, Money) and isinstance(answer, int):
        return said_pence(answer)
    if isinstance(kind, Day) and isinstance(answer, str):
        return words.short_date(date.fromisoformat(answer))
    if isinstance(kind, Picture):
        return words("A photo")
    if isinstance(answer, Mapping):
        return str(answer.get("words") or words("The place on the map"))
    return str(answer)


def _all(texts: Sequence[str], words: Words) -> str:
    """`a, b and c`."""
    if len(texts) < 2:
        return "".join(texts)
    return words("{first} and {last}", first=", ".join(texts[:-1]), last=texts[-1])
