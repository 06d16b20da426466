"""Faults that only the paths of a journey show: unreachable steps, missing answers, too many key presses."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from onestop.authoring.node import Node
from onestop.journeys.journey import Ask, Journey
from onestop.journeys.kinds.choice import FEWEST_OPTIONS
from onestop.journeys.paths.paths import MOST_PATHS, JourneyPath, PathStep, TooManyPaths, Unanswerable, find_paths
from onestop.journeys.paths.positions import JourneyPositions
from onestop.journeys.values.answer import SKIPPED, is_thin
from onestop.journeys.values.placeholders import placeholders
from onestop.journeys.walk.assurance import is_contact
from onestop.journeys.walk.walk import facts_of
from onestop.language import Translations
from onestop.screen import Means


def check_paths(journey: Journey, file: Node, means: Mapping[str, Means], today: date) -> None:
    """Find every path on every channel and report what is wrong with them."""
    positions = JourneyPositions(journey, file)
    walked: dict[str, tuple[JourneyPath, ...]] = {}
    for channel, device in means.items():
        try:
            walked[channel] = find_paths(journey, channel, device, today)
        except TooManyPaths:
            (file / "asks").fault(f"has more than {MOST_PATHS} paths, which nobody can look over: ask less", key=True)
            return
        except Unanswerable as why:
            _unanswerable(positions, why.ask, channel)
    every = tuple(path for found in walked.values() for path in found)
    _choices(positions, every)
    _alike(positions, every)
    _placeholders(positions, every)
    _ends(positions, walked)
    for channel, found in walked.items():
        _press_budget(positions, channel, means[channel], found)
    if walked and len(walked) == len(means):
        _unreached(positions, every)
        _fact_texts(positions, every, today)


def _unanswerable(positions: JourneyPositions, ask: Ask, channel: str) -> None:
    message = f"cannot be answered on `{channel}`: give it a `thin` answer, or `need: no`, or `only` other channels"
    positions.fault(positions.step(ask.name), "unanswerable", message)


def _choices(positions: JourneyPositions, every: Iterable[JourneyPath]) -> None:
    for path in every:
        for step in path.steps:
            declared, options = positions.journey.ask(step.ask.name), step.ask.kind.options
            if declared and declared.kind.options and len(options) < FEWEST_OPTIONS:
                only = f"only `{options[0].name}`" if options else "nothing"
                message = f"offers {only} {describe_way(path, step.ask)}: a choice needs {FEWEST_OPTIONS} options wherever it is asked"
                positions.fault(positions.step(step.ask.name), "few", message)


def _alike(positions: JourneyPositions, every: Iterable[JourneyPath]) -> None:
    for path in every:
        asked: dict[str, str] = {}
        for ask in (step.ask for step in path.steps):
            text = next(iter(ask.text.values()))
            if text in asked:
                message = f"asks in the same words as `{asked[text]}`: leave one out, or say what is different"
                positions.fault(positions.step(ask.name), "alike", message)
            asked[text] = ask.name


def _placeholders(positions: JourneyPositions, every: Iterable[JourneyPath]) -> None:
    """Every placeholder of a text must have been answered on every way there."""
    for path in every:
        known: set[str] = set(positions.journey.facts)
        for step in path.steps:
            for tell in step.tells:
                _check_texts(positions, positions.step(tell.name), (tell.text,), known)
            _check_texts(positions, positions.step(step.ask.name), _texts(step.ask), known)
            if not any(answer is SKIPPED or is_thin(answer) for answer in step.answers):
                known.add(step.ask.name)
        for tell in path.tells:
            _check_texts(positions, positions.step(tell.name), (tell.text,), known)
        if not path.stopped:
            _check_texts(positions, positions.file / "done" / "say", (positions.journey.done.say,), known)


def _texts(ask: Ask) -> tuple[Translations, ...]:
    options = ask.kind.options
    return (ask.text, ask.hint, *(one.hint for one in options), *(one.stop for one in options if one.stop))


def _check_texts(positions: JourneyPositions, node: Node, texts: Iterable[Translations], known: set[str]) -> None:
    for text in texts:
        for _, name in placeholders(next(iter(text.values()), "")):
            if name not in known:
                message = f"says {{{name}}}, which is not always answered before it: ask it always, or say it without"
                positions.fault(node, f"placeholder {name}", message)


def _ends(positions: JourneyPositions, walked: Mapping[str, tuple[JourneyPath, ...]]) -> None:
    done = positions.file / "done"
    for channel, found in walked.items():
        ends = [path for path in found if not path.stopped]
        if not ends:
            positions.fault(done, "end", f"is never reached on `{channel}`: every path stops before it", key=True)
        for path in ends:
            if not path.steps:
                message = f"can be reached on `{channel}` without a question: ask something on every path"
                positions.fault(done, "empty", message, key=True)
            elif positions.journey.who == "contact" and not any(_is_contact(step) for step in path.steps):
                message = (
                    f"`contact` needs a `phone` or an `email` that must be answered; {describe_way(path)} there is none"
                )
                positions.fault(positions.file / "who", "contact", message)


def _is_contact(step: PathStep) -> bool:
    return all(is_contact(step.ask, answer) for answer in step.answers)


def _press_budget(positions: JourneyPositions, channel: str, means: Means, found: tuple[JourneyPath, ...]) -> None:
    ends = [path for path in found if not path.stopped]
    title = positions.file / "title"
    if not ends:
        return
    worst, free = max(ends, key=lambda path: path.presses), [_without_contact(positions.journey, path) for path in ends]
    middle = median_presses(free)
    if means.worst and worst.presses > means.worst:
        over = f"takes {worst.presses} presses on `{channel}` {describe_way(worst)}: at most {means.worst}"
        message = f"{over}; {_costs(worst)}: ask less there, or give what costs most a choice or a `thin` answer"
        positions.fault(title, f"worst {channel}", message)
    if means.median and middle > means.median:
        usual = min((path for path in free if path.presses >= middle), key=lambda path: path.presses)
        over = f"takes {middle} presses on `{channel}` on half of its paths: at most {means.median}"
        message = f"{over}; {describe_way(usual)}, {_costs(usual)}: ask less, or give what costs most a choice or a `thin` answer"
        positions.fault(title, f"median {channel}", message)


def _without_contact(journey: Journey, path: JourneyPath) -> JourneyPath:
    """Return the path without the presses of a contact that is demanded: it cannot be asked for less."""
    demanded = sum(step.presses for step in path.steps if _is_contact(step)) if journey.who == "contact" else 0
    return replace(path, presses=path.presses - demanded)


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


def _unreached(positions: JourneyPositions, every: Iterable[JourneyPath]) -> None:
    reached = {name for path in every for name in _names(path)}
    offered = {(t.ask.name, one.name) for path in every for t in path.steps for one in t.ask.kind.options}
    for step in positions.journey.steps:
        if step.name not in reached:
            message = "is never reached: no answers lead here; look at its `if`, and at what stops before it"
            positions.fault(positions.step(step.name), "never", message)
        elif isinstance(step, Ask):
            for option in step.kind.options:
                if (step.name, option.name) not in offered:
                    message = "is never offered: no answers lead to it; look at its `if`"
                    positions.fault(positions.option(step.name, option.name), "never", message, key=True)


def _names(path: JourneyPath) -> Iterable[str]:
    """Yield the names of every ask and tell on a path."""
    for step in path.steps:
        yield step.ask.name
        yield from (tell.name for tell in step.tells)
    yield from (tell.name for tell in path.tells)
    if path.by:
        yield path.by


def _fact_texts(positions: JourneyPositions, every: Iterable[JourneyPath], today: date) -> None:
    """Every text of a fact must be its value on some path that is sent."""
    texts = {name: fact for name, fact in positions.journey.facts.items() if isinstance(fact, tuple)}
    if not texts:
        return
    found: dict[str, set[int]] = {name: set() for name in texts}
    for path in every:
        if not path.stopped:
            facts = facts_of(positions.journey, path.answers, today)
            for name, fact in texts.items():
                found[name].add(next(n for n, one in enumerate(fact) if one.text is facts[name]))
    for name, fact in texts.items():
        for number, one in enumerate(fact):
            if number not in found[name]:
                text = next(iter(one.text.values()))
                message = f"is never `{text}`: no answers lead to it; look at the conditions above it"
                positions.fault(positions.file / "facts" / name, f"never {number}", message, key=True)


def describe_way(path: JourneyPath, until: Ask | None = None) -> str:
    """Return the choices along a path: "when room is kitchen, fault is drain"."""
    parts: list[str] = []
    for step in path.steps:
        if until and step.ask.name == until.name:
            break
        if step.ask.kind.options and isinstance(step.answers[0], str):
            parts.append(f"{step.ask.name} is {step.answers[0]}")
    return f"when {', '.join(parts)}" if parts else "from its beginning"
