"""One step of a walk: the next ask, whether it is answered, and whether the answer ends the journey."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from onestop.journeys.condition import holds
from onestop.journeys.journey import Ask, Journey, Tell
from onestop.journeys.kind import ChoiceOption
from onestop.journeys.values.answer import SKIPPED, Answer, Answers, is_open, is_thin


@dataclass(frozen=True, slots=True)
class Reached:
    """The next ask, or a stop, or neither at the end; the tells passed on the way, and the number of the step `after` it."""

    after: int
    ask: Ask | None = None
    stop: Tell | None = None
    tells: tuple[Tell, ...] = ()


def advance(journey: Journey, start: int, answers: Answers, is_asked: Callable[[Ask], bool], today: date) -> Reached:
    """Return where these answers lead from the step of number `start` on, passing over asks that are not asked."""
    tells: list[Tell] = []
    for number in range(start, len(journey.steps)):
        step = journey.steps[number]
        if not holds(step.rule, answers, today):
            continue
        if isinstance(step, Tell):
            if step.stop:
                return Reached(number + 1, stop=step, tells=tuple(tells))
            tells.append(step)
        elif is_asked(ask := with_offered_options(step, answers, today)):
            return Reached(number + 1, ask=ask, tells=tuple(tells))
    return Reached(len(journey.steps), tells=tuple(tells))


def with_offered_options(ask: Ask, answers: Answers, today: date) -> Ask:
    """Return the ask with only the options that these answers leave."""
    rules = ask.option_rules
    if not rules:
        return ask
    offered = {one.name for one in ask.kind.options if holds(rules.get(one.name), answers, today)}
    return replace(ask, kind=ask.kind.offering(offered))


def is_asked_on(ask: Ask, channel: str) -> bool:
    return not ask.only or channel in ask.only


def is_answered(ask: Ask, answers: Answers) -> bool:
    """Return whether there is an answer that the ask, as it is offered now, can have."""
    if ask.name not in answers:
        return False
    answer = answers[ask.name]
    if answer is SKIPPED:
        return not ask.need
    if is_thin(answer):
        return bool(ask.thin)
    return not is_open(answer) and all(option is not None for option in ask.kind.chosen(answer))


def stopping_option(ask: Ask, answer: Answer) -> ChoiceOption | None:
    """Return the chosen option that ends the journey, if any does."""
    if answer is SKIPPED or is_thin(answer):
        return None
    return next((option for option in ask.kind.chosen(answer) if option and option.stop), None)
