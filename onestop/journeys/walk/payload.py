"""The JSON document that is sent to the desks: the answers of the path, in words of the default language and as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from onestop.journeys.journey import Ask
from onestop.journeys.values.answer import SKIPPED, is_thin
from onestop.journeys.walk.answer_text import say_answer, text_of
from onestop.journeys.walk.assurance import assurance
from onestop.journeys.walk.walk import FactValue, Walk
from onestop.language import Words, translated

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class SubmissionDetails:
    """When and how the answers were sent; `language` is the resident's."""

    reference: str
    submitted: datetime
    channel: str
    language: str


def payload(walk: Walk, submission: SubmissionDetails, words: Words) -> Json:
    """Return the document. `words` are the default language's."""
    journey = walk.journey
    return {
        "reference": submission.reference,
        "journey": journey.name,
        "edition": journey.edition,
        "title": translated(journey.title, words.language),
        "submitted": submission.submitted.isoformat(timespec="seconds"),
        "channel": submission.channel,
        "language": submission.language,
        "assurance": assurance(walk),
        "desks": list(journey.done.send),
        "answers": [_answer(walk, ask, words) for ask in walk.path if ask.name in walk.answers],
        "facts": {name: _fact(value, words) for name, value in walk.facts.items()},
        "files": [
            {"ask": ask.name, **file}
            for ask in walk.path
            if (answer := walk.answers.get(ask.name)) is not SKIPPED
            for file in ask.kind.files(answer)
        ],
    }


def _answer(walk: Walk, ask: Ask, words: Words) -> Json:
    answer = walk.answers[ask.name]
    return {
        "ask": ask.name,
        "question": text_of(walk, ask.text, words),
        "said": say_answer(ask, answer, words),
        "value": {"thin": translated(ask.thin, words.language)} if is_thin(answer) else answer,
    }


def _fact(value: FactValue, words: Words) -> object:
    return translated(value, words.language) if isinstance(value, Mapping) else value
