"""How many questions may still come, at most."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from onestop.journeys.condition import atoms
from onestop.journeys.journey import Ask, Journey
from onestop.journeys.values.answer import Answer, Answers
from onestop.journeys.walk.advance import advance, pick_of, stopping
from onestop.journeys.walk.answer_classes import Signature, classes, signature

State = tuple[int, tuple[tuple[str, Signature], ...]]


def longest(journey: Journey, shown: frozenset[str], after: int, ask: Ask, answers: Answers, today: date) -> int:
    """The questions on the longest path from this ask on, itself counted in; `after` is the step behind it.

    `shown` are the names of the asks that are not left out on this channel.
    """
    most = 1
    for those in classes(journey, ask, today):
        answer = those.answers[0]
        if not stopping(ask, answer):
            most = max(most, 1 + _from(journey, shown, after, {**answers, ask.name: answer}, today))
    return most


def _from(journey: Journey, shown: frozenset[str], start: int, answers: Mapping[str, Answer], today: date) -> int:
    """The longest from a step on. What no later condition looks at makes no difference, so it is left out of what is remembered."""
    needed = _looked_at(journey)[start]
    seen = tuple((n, signature(journey, n, a, today)) for n, a in sorted(answers.items()) if n in needed)
    memory = _memory(journey, shown, today)
    if (start, seen) not in memory:
        reached = advance(journey, start, answers, lambda ask: ask.name in shown, today)
        ask = reached.ask
        memory[(start, seen)] = longest(journey, shown, reached.after, ask, answers, today) if ask else 0
    return memory[(start, seen)]


@lru_cache(maxsize=256)
def _memory(journey: Journey, shown: frozenset[str], today: date) -> dict[State, int]:
    return {}


@lru_cache(maxsize=256)
def _looked_at(journey: Journey) -> tuple[frozenset[str], ...]:
    """The asks that the conditions of the steps from each one on look at."""
    found: list[frozenset[str]] = [frozenset()]
    for step in reversed(journey.steps):
        pick = pick_of(step.kind) if isinstance(step, Ask) else None
        rules = [step.rule, *(option.rule for option in (pick.options if pick else ()))]
        found.append(found[-1] | {atom.ask for rule in rules for atom in atoms(rule)})
    return tuple(reversed(found))
