"""The length of the longest path from a question on, for "question 2 of at most 7"."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from onestop.journeys.condition import comparisons_in
from onestop.journeys.journey import Ask, Journey
from onestop.journeys.values.answer import Answer, Answers
from onestop.journeys.walk.advance import advance, stopping_option
from onestop.journeys.walk.answer_classes import Signature, answer_classes, signature

State = tuple[int, tuple[tuple[str, Signature], ...]]


def longest_path(journey: Journey, shown: frozenset[str], after: int, ask: Ask, answers: Answers, today: date) -> int:
    """Return the number of questions on the longest path that begins with this ask; `after` is the number of the step behind it.

    `shown` holds the names of the asks that are asked on this channel.
    """
    most = 1
    for found in answer_classes(journey, ask, today):
        answer = found.answers[0]
        if not stopping_option(ask, answer):
            most = max(most, 1 + _longest_from(journey, shown, after, {**answers, ask.name: answer}, today))
    return most


def _longest_from(
    journey: Journey, shown: frozenset[str], start: int, answers: Mapping[str, Answer], today: date
) -> int:
    """Memoised by the step and by the answers that later conditions compare: others make no difference."""
    compared = _compared_from(journey)[start]
    state = (start, tuple((n, signature(journey, n, a, today)) for n, a in sorted(answers.items()) if n in compared))
    memory = _memory(journey, shown, today)
    if state not in memory:
        reached = advance(journey, start, answers, lambda ask: ask.name in shown, today)
        ask = reached.ask
        memory[state] = longest_path(journey, shown, reached.after, ask, answers, today) if ask else 0
    return memory[state]


@lru_cache(maxsize=256)
def _memory(journey: Journey, shown: frozenset[str], today: date) -> dict[State, int]:
    return {}


@lru_cache(maxsize=256)
def _compared_from(journey: Journey) -> tuple[frozenset[str], ...]:
    """Return, by the number of each step, the names of the asks that conditions from there on compare."""
    needed = frozenset(comparison.ask for need in journey.needs for comparison in comparisons_in(need.rule))
    found: list[frozenset[str]] = [needed]
    for step in reversed(journey.steps):
        rules = [step.rule, *(step.option_rules.values() if isinstance(step, Ask) else ())]
        found.append(found[-1] | {comparison.ask for rule in rules for comparison in comparisons_in(rule)})
    return tuple(reversed(found))
