"""One step of a journey: what is asked next, whether it has been answered, and whether the answer ends it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from onestop.journeys.condition import holds
from onestop.journeys.journey import Ask, Each, Journey, Kind, Option, Pick, Place, Simple, Tell, Text
from onestop.journeys.values.answer import SKIPPED, Answer, Answers, is_open, is_thin


@dataclass(frozen=True, slots=True)
class Reached:
    """Where one comes to: the ask that is next, or a stop, or the end; what is told on the way, and the step `after` it."""

    after: int
    ask: Ask | None = None
    stop: Tell | None = None
    tells: tuple[Tell, ...] = ()


def advance(journey: Journey, start: int, answers: Answers, asked: Callable[[Ask], bool], today: date) -> Reached:
    """The next step, from the step of number `start` on, at which somebody with these answers halts."""
    tells: list[Tell] = []
    for number in range(start, len(journey.steps)):
        step = journey.steps[number]
        if not holds(step.rule, answers, today):
            continue
        if isinstance(step, Tell):
            if step.stop:
                return Reached(number + 1, stop=step, tells=tuple(tells))
            tells.append(step)
        elif asked(ask := offering(step, answers, today)):
            return Reached(number + 1, ask=ask, tells=tuple(tells))
    return Reached(len(journey.steps), tells=tuple(tells))


def offering(ask: Ask, answers: Answers, today: date) -> Ask:
    """The ask with only those options that these answers leave."""
    pick = pick_of(ask.kind)
    if pick is None or not any(option.rule for option in pick.options):
        return ask
    offered = replace(pick, options=tuple(one for one in pick.options if holds(one.rule, answers, today)))
    return replace(ask, kind=replace(ask.kind, of=offered) if isinstance(ask.kind, Each) else offered)


def pick_of(kind: Kind) -> Pick | None:
    """The choice that a kind is, or is a repeat of."""
    inner = kind.of if isinstance(kind, Each) else kind
    return inner if isinstance(inner, Pick) else None


def one_of(kind: Kind) -> Simple:
    """The kind of a single answer: of each item of a repeat."""
    return kind.of if isinstance(kind, Each) else kind


def is_lettered(kind: Kind) -> bool:
    """Whether it is answered in letters, which not every apparatus has."""
    one = one_of(kind)
    return isinstance(one, Place) or (isinstance(one, Text) and one.kind != "phone")


def is_shown(ask: Ask, channel: str) -> bool:
    """Whether it is asked on this channel."""
    return not ask.only or channel in ask.only


def is_answered(ask: Ask, answers: Answers) -> bool:
    """Whether there is an answer that is still good: one that the ask, as it is offered now, can have."""
    if ask.name not in answers:
        return False
    answer = answers[ask.name]
    if answer is SKIPPED:
        return not ask.need
    if is_thin(answer):
        return bool(ask.thin)
    return not is_open(answer) and all(option is not None for option in chosen(ask.kind, answer))


def chosen(kind: Kind, answer: Answer) -> list[Option | None]:
    """The options that were chosen, None for one that is not offered; nothing of an answer that is no choice."""
    pick = pick_of(kind)
    if pick is None or answer is SKIPPED or is_thin(answer):
        return []
    names = answer if isinstance(answer, Sequence) and not isinstance(answer, str) else (answer,)
    return [pick.option(name) for name in names]


def stopping(ask: Ask, answer: Answer) -> Option | None:
    """The option among those chosen that ends the journey, if any does."""
    return next((option for option in chosen(ask.kind, answer) if option and option.stop), None)
