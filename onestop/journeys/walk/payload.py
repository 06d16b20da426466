"""The JSON document that is sent to the desks: the answers of the path, in words of the default language and as values."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from onestop.journeys.journey import ANOTHER, Ask, Member
from onestop.journeys.values.answer import SKIPPED, is_thin
from onestop.journeys.walk.answer_text import say_answer, text_of
from onestop.journeys.walk.assurance import assurance
from onestop.journeys.walk.members import by_member, member_label
from onestop.journeys.walk.walk import FactValue, Walk
from onestop.language import Words, translated

Json = dict[str, object]
Members = Sequence[tuple[Member, tuple[Ask, ...]]]
"""The members of one group, each with its answered asks."""


@dataclass(frozen=True, slots=True)
class SubmissionDetails:
    """When and how the answers were sent; `language` is the resident's."""

    reference: str
    submitted: datetime
    channel: str
    language: str


def payload(walk: Walk, submission: SubmissionDetails, words: Words, own: Words | None = None) -> Json:
    """Return the document. `words` are the default language's, `own` the resident's: answers in another language are added."""
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
        "answers": list(_answers(walk, words, own or words)),
        "facts": {name: _fact(value, words) for name, value in walk.facts.items()},
        "files": [
            {"ask": ask.name, **file}
            for ask in walk.path
            if (answer := walk.answers.get(ask.name)) is not SKIPPED
            for file in ask.kind.files(answer)
        ],
    }


def _answers(walk: Walk, words: Words, own: Words) -> Iterator[Json]:
    """Yield the answers in order, those of all members of a group as one: a list of mappings."""
    groups: dict[str, list[tuple[Member, tuple[Ask, ...]]]] = {}
    for member, asks in by_member(walk):
        if member:
            groups.setdefault(member.group.name, []).append((member, asks))
    for member, asks in by_member(walk):
        if member is None:
            yield from (_answer(walk, ask, words, own) for ask in asks)
        elif member.number == 1:
            yield _group(walk, groups[member.group.name], words, own)


def _group(walk: Walk, members: Members, words: Words, own: Words) -> Json:
    group, own_words = members[0][0].group, {}
    if own.language != words.language:
        said = _say_members(walk, members, own)
        own_words = {"own_words": {"question": translated(group.title, own.language), "said": said}}
    listed = [
        [{**_answer(walk, ask, words, own), "ask": member.ask} for ask, member in _asked(asks)] for _, asks in members
    ]
    return {
        "ask": group.name,
        "question": translated(group.title, words.language),
        "said": _say_members(walk, members, words),
        "value": [{str(answer["ask"]): answer["value"] for answer in answers} for answers in listed],
        "members": listed,
        **own_words,
    }


def _say_members(walk: Walk, members: Members, words: Words) -> str:
    """Return "Child 1 of 2: Ann Example, 3 May 2019", one member a line."""
    return "\n".join(
        f"{member_label(walk, member, words)}: "
        + ", ".join(say_answer(ask, walk.answers[ask.name], words) for ask, _ in _asked(asks))
        for member, asks in members
    )


def _asked(asks: Iterable[Ask]) -> Iterator[tuple[Ask, Member]]:
    """Yield what was asked of a member, without whether there is another."""
    yield from ((ask, ask.member) for ask in asks if ask.member and ask.member.ask != ANOTHER)


def _answer(walk: Walk, ask: Ask, words: Words, own: Words) -> Json:
    answer = walk.answers[ask.name]
    own_words = {"question": text_of(walk, ask.text, own), "said": say_answer(ask, answer, own)}
    return {
        "ask": ask.name,
        "question": text_of(walk, ask.text, words),
        "said": say_answer(ask, answer, words),
        "value": {"thin": translated(ask.thin, words.language)} if is_thin(answer) else answer,
        **({"own_words": own_words} if own.language != words.language else {}),
    }


def _fact(value: FactValue, words: Words) -> object:
    return translated(value, words.language) if isinstance(value, Mapping) else value
