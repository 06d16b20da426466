"""The presses of a remote control along the paths of a journey, and the budget for them."""

from collections.abc import Iterable
from dataclasses import replace

from onestop.journeys.journey import Ask, Journey, is_further_member
from onestop.journeys.paths.paths import JourneyPath, PathStep
from onestop.journeys.paths.positions import JourneyPositions
from onestop.journeys.values.answer import SKIPPED, is_thin
from onestop.journeys.walk.assurance import is_contact
from onestop.screen import Means


def check_presses(positions: JourneyPositions, channel: str, means: Means, found: tuple[JourneyPath, ...]) -> None:
    ends = [with_one_member(path) for path in found if not path.stopped]
    title = positions.file / "title"
    if not ends:
        return
    longest, free = max(ends, key=lambda path: path.presses), [without_typing(positions.journey, path) for path in ends]
    worst, middle = max(free, key=lambda path: path.presses), median_presses(free)
    if means.most and longest.presses > means.most:
        over = f"takes {longest.presses} presses on `{channel}` {describe_way(longest)}: at most {means.most}"
        positions.fault(title, f"most {channel}", f"{over}; {_costs(longest)}: ask less there")
    if means.worst and worst.presses > means.worst:
        over = f"takes {worst.presses} presses on `{channel}` {describe_way(worst)}: at most {means.worst}"
        message = f"{over}; {_costs(worst)}: ask less there, or give what costs most a choice or a `thin` answer"
        positions.fault(title, f"worst {channel}", message)
    if means.median and middle > means.median:
        usual = min((path for path in free if path.presses >= middle), key=lambda path: path.presses)
        over = f"takes {middle} presses on `{channel}` on half of its paths: at most {means.median}"
        message = f"{over}; {describe_way(usual)}, {_costs(usual)}: ask less, or give what costs most a choice or a `thin` answer"
        positions.fault(title, f"median {channel}", message)


def with_one_member(path: JourneyPath) -> JourneyPath:
    """Return the path with one member of each group: how many more there are is the resident's own number."""
    return _only(path, tuple(step for step in path.steps if not is_further_member(step.ask)))


def without_typing(journey: Journey, path: JourneyPath) -> JourneyPath:
    """Return the path without what is typed in letters, or digits that a desk needs or that a thin answer can replace."""
    return _only(path, tuple(step for step in path.steps if not _is_typed(journey, step)))


def _only(path: JourneyPath, chosen: tuple[PathStep, ...]) -> JourneyPath:
    less = sum(step.presses for step in path.steps) - sum(step.presses for step in chosen)
    return replace(path, steps=chosen, presses=path.presses - less)


def _is_typed(journey: Journey, step: PathStep) -> bool:
    """Return whether the answer is entered, sign by sign, and cannot be asked for less."""
    if step.answers[0] is SKIPPED or is_thin(step.answers[0]):
        return False
    ask, demanded = step.ask, journey.who == "contact" and gives_contact(journey, step)
    entered = bool(ask.thin) or journey.is_needed(ask.name)
    return demanded or ask.kind.needs_keyboard or (entered and not ask.kind.options)


def gives_contact(journey: Journey, step: PathStep) -> bool:
    """Return whether the council can reach the resident by any of these answers, and the question cannot be left out."""
    avoidable = bool(step.ask.thin) and not journey.is_needed(step.ask.name)
    return not avoidable and all(is_contact(step.ask, answer) for answer in step.answers)


def _costs(path: JourneyPath) -> str:
    """Return what each question of a path takes, the dearest first."""
    dear = sorted((step for step in path.steps if step.presses > 1), key=lambda step: -step.presses)
    single = sum(step.presses == 1 for step in path.steps)
    parts = [f"`{step.ask.name}` takes {step.presses}" for step in dear]
    parts += [f"{single} other{'s' if single > 1 else ''} 1 each"] if single else []
    rest = path.presses - sum(step.presses for step in path.steps)
    return ", ".join((*parts, f"checking and sending {rest}"))


def median_presses(found: Iterable[JourneyPath]) -> int:
    """Return the number of presses that half of the paths take at most."""
    ordered = sorted((path.presses, path.count) for path in found)
    half, passed = sum(count for _, count in ordered) / 2, 0
    for presses, count in ordered:
        passed += count
        if passed >= half:
            return presses
    return 0


def describe_way(path: JourneyPath, until: Ask | None = None) -> str:
    """Return the choices along a path: "when room is kitchen, fault is drain"."""
    parts: list[str] = []
    for step in path.steps:
        if until and step.ask.name == until.name:
            break
        if step.ask.kind.options and isinstance(step.answers[0], str):
            parts.append(f"{step.ask.name} is {step.answers[0]}")
    return f"when {', '.join(parts)}" if parts else "from its beginning"
