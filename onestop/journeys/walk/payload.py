"""What is sent to the desks: only what is on the path, in the council's default language, with the values beside the words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from onestop.journeys.journey import Ask, Each, Picture
from onestop.journeys.values.answer import Answer, is_thin, items_of
from onestop.journeys.walk.answer_text import said_answer, text_of
from onestop.journeys.walk.assurance import assurance
from onestop.journeys.walk.walk import FactValue, Walk
from onestop.language import Words, translated

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Submission:
    """When and how it was sent; `language` is the resident's."""

    reference: str
    submitted: datetime
    channel: str
    language: str


def payload(walk: Walk, submission: Submission, words: Words) -> Json:
    """The case as JSON can hold it. `words` are the default language's."""
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
        "files": [{"ask": ask.name, **one} for ask in walk.path for one in _files(ask, walk.answers.get(ask.name))],
    }


def _answer(walk: Walk, ask: Ask, words: Words) -> Json:
    answer = walk.answers[ask.name]
    return {
        "ask": ask.name,
        "question": text_of(walk, ask.text, words),
        "said": said_answer(ask, answer, words),
        "value": {"thin": translated(ask.thin, words.language)} if is_thin(answer) else answer,
    }


def _fact(value: FactValue, words: Words) -> object:
    return translated(value, words.language) if isinstance(value, Mapping) else value


def _files(ask: Ask, answer: Answer) -> Iterator[Mapping[str, Answer]]:
    """The pictures of an answer."""
    kind = ask.kind.of if isinstance(ask.kind, Each) else ask.kind
    if isinstance(kind, Picture) and not is_thin(answer):
        for one in (answer,) if isinstance(answer, Mapping) else items_of(answer):
            if isinstance(one, Mapping):
                yield one
