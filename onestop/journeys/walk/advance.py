"""One step of a walk: the next ask, whether it is answered, and whether the answer ends the journey."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from onestop.journeys.condition import holds
from onestop.journeys.journey import Ask, Journey, Need, Tell
from onestop.journeys.kind import ChoiceOption
from onestop.journeys.values.answer import SKIPPED, Answer, Answers, is_open, is_thin


@dataclass(frozen=True, slots=True)
class Reached:
    """The next ask, or a stop, or what a desk needs and was not given, or none of them at the end.

    `tells` are those passed on the way, `after` is the number of the step after it.
    """

    after: int
    ask: Ask | None = None
    stop: Tell | None = None
    missing: Need | None = None
    tells: tuple[Tell, ...] = ()


def advance(journey: Journey, start: int, answers: Answers, is_asked: Callable[[Ask], bool], today: date) -> Reached:
    """Return where these answers lead from the step of number `start` on, passing over asks that are not asked."""
    tells: list[Tell] = []
    for number in range(start, len(journey.steps)):
        if missing := _missing(journey, number, answers, today):
            return Reached(number, missing=missing, tells=tuple(tells))
        step = journey.steps[number]
        if not holds(step.rule, answers, today):
            continue
        if isinstance(step, Tell):
            if step.stop:
                return Reached(number + 1, stop=step, tells=tuple(tells))
            tells.append(step)
        elif is_asked(ask := with_offered_options(step, answers, today)):
            return Reached(number + 1, ask=ask, tells=tuple(tells))
    missing = _missing(journey, len(journey.steps), answers, today)
    return Reached(len(journey.steps), missing=missing, tells=tuple(tells))


def _missing(journey: Journey, passed: int, answers: Answers, today: date) -> Need | None:
    """Return what a desk needs of the steps passed so far and was not given. It needs no question that these answers leave out."""
    return next(
        (
            need
            for need in journey.needs
            if need.after == passed
            and not holds(need.rule, answers, today)
            and any(holds(ask.rule, answers, today) for ask in journey.asks if ask.name in need.asks)
        ),
        None,
    )


def with_offered_options(ask: Ask, answers: Answers, today: date) -> Ask:
    """Return the ask with only the options that these answers leave."""
    rules = ask.option_rules
    if not rules:
        return ask
    offered = {one.name for one in ask.kind.options if holds(rules.get(one.name), answers, today)}
    return replace(ask, kind=ask.kind.offering(offered))


def is_asked_on(ask: Ask, channel: str) -> bool:
    return not ask.only or channel in ask.only


def is_answered(ask: Ask, answers: Answers, today: date) -> bool:
    """Return whether there is an answer that the ask, as it is offered now, can have. "Today" said yesterday is none."""
    if ask.name not in answers:
        return False
    answer = answers[ask.name]
    if answer is SKIPPED:
        return not ask.need
    if is_thin(answer):
        return bool(ask.thin)
    if is_open(answer) or any(option is None for option in ask.kind.chosen(answer)):
        return False
    return ask.kind.holds_on(answer, today) and ask.kind.agrees_with(answer, answers)


def stopping_option(ask: Ask, answer: Answer) -> ChoiceOption | None:
    """Return the chosen option that ends the journey, if any does."""
    if answer is SKIPPED or is_thin(answer):
        return None
    return next((option for option in ask.kind.chosen(answer) if option and option.stop), None)
