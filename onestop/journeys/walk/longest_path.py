"""The length of the longest path from a step on, for "question 2 of at most 7"."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from onestop.journeys.condition import Comparison, comparisons_in, holds
from onestop.journeys.journey import Ask, Journey
from onestop.journeys.values.answer import Answer, Answers
from onestop.journeys.walk.advance import Reached, advance, stopping_option
from onestop.journeys.walk.answer_classes import answer_classes

State = tuple[int, tuple[bool, ...]]


def longest_path(journey: Journey, shown: frozenset[str], start: int, answers: Answers, today: date) -> int:
    """Return the number of questions on the longest path from the step of number `start` on; 0 if it ends there.

    `shown` holds the names of the asks that are asked on this channel. Memoised by the step and by what the comparisons of later
    conditions say about the answers: nothing else makes a difference.
    """
    state = (start, tuple([holds(one, answers, today) for one in _comparisons_from(journey)[start]]))
    memory = _memory(journey, shown, today)
    if state not in memory:
        reached = advance(journey, start, answers, lambda ask: ask.name in shown, today)
        memory[state] = _longest_through(journey, shown, reached, reached.ask, answers, today) if reached.ask else 0
    return memory[state]


def _longest_through(
    journey: Journey, shown: frozenset[str], reached: Reached, ask: Ask, answers: Mapping[str, Answer], today: date
) -> int:
    """Return the length of the longest path that begins with the ask that has been reached."""
    most = 1
    for found in answer_classes(journey, ask, today):
        answer = found.answers[0]
        if not stopping_option(ask, answer):
            most = max(most, 1 + longest_path(journey, shown, reached.after, {**answers, ask.name: answer}, today))
    return most


@lru_cache(maxsize=256)
def _memory(journey: Journey, shown: frozenset[str], today: date) -> dict[State, int]:
    return {}


@lru_cache(maxsize=256)
def _comparisons_from(journey: Journey) -> tuple[tuple[Comparison, ...], ...]:
    """Return, by the number of each step, what the conditions from there on compare."""
    needed = dict.fromkeys(comparison for need in journey.needs for comparison in comparisons_in(need.rule))
    found: list[dict[Comparison, None]] = [needed]
    for step in reversed(journey.steps):
        rules = [step.rule, *(step.option_rules.values() if isinstance(step, Ask) else ())]
        found.append(found[-1] | dict.fromkeys(one for rule in rules for one in comparisons_in(rule)))
    return tuple(map(tuple, reversed(found)))
