"""Equivalence classes of answers: for each ask, examples of the answers that the journey's conditions distinguish."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from onestop.journeys.condition import Comparison, Condition, comparisons_in, holds
from onestop.journeys.journey import Ask, Journey, is_further_member
from onestop.journeys.values.answer import SKIPPED, THIN, Answer
from onestop.journeys.walk.advance import stopping_option

Signature = tuple[object, ...]
"""Which comparisons are true of an answer."""


@dataclass(frozen=True, slots=True)
class AnswerClass:
    """Answers that lead the same way. With `each` every one counts as a path (options of a choice), else they are examples of one."""

    answers: tuple[Answer, ...]
    each: bool


def answer_classes(journey: Journey, ask: Ask, today: date) -> tuple[AnswerClass, ...]:
    """Return the answers an ask can have, grouped by what conditions, facts and stops tell apart."""
    found: dict[Signature, list[Answer]] = {}
    each = ask.kind.splits_paths and not is_further_member(ask)
    for answer in _candidates(journey, ask, today):
        stops = stopping_option(ask, answer) is not None
        found.setdefault((*signature(journey, ask.name, answer, today), stops), []).append(answer)
    return tuple(AnswerClass(tuple(answers), each) for answers in found.values())


def signature(journey: Journey, name: str, answer: Answer, today: date) -> Signature:
    """Return which of the comparisons with this ask are true of the answer."""
    answers = {name: answer}
    return tuple(holds(comparison, answers, today) for comparison in comparisons(journey).get(name, ()))


@lru_cache(maxsize=256)
def comparisons(journey: Journey) -> Mapping[str, tuple[Comparison, ...]]:
    """Return every comparison that anything in the journey makes, by the name of the ask."""
    found: dict[str, dict[Comparison, None]] = {}
    for rule in _rules(journey):
        for comparison in comparisons_in(rule):
            found.setdefault(comparison.ask, {})[comparison] = None
    return {name: tuple(unique) for name, unique in found.items()}


def _rules(journey: Journey) -> Iterator[Condition | None]:
    for step in journey.steps:
        yield step.rule
        if isinstance(step, Ask):
            yield from step.option_rules.values()
    yield from (need.rule for need in journey.needs)
    yield from (line.rule for line in journey.done.say)
    for fact in journey.facts.values():
        if isinstance(fact, tuple):
            yield from (one.rule for one in fact)
        else:
            yield fact


def _candidates(journey: Journey, ask: Ask, today: date) -> Iterator[Answer]:
    compared = [value for one in comparisons(journey).get(ask.name, ()) for value in one.values]
    yield from ask.kind.examples(compared, today)
    if not ask.need:
        yield SKIPPED
    if ask.thin:
        yield THIN
