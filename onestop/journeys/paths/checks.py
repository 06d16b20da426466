"""Faults that only the paths of a journey show: unreachable steps, missing answers, too many key presses."""

from collections.abc import Iterable, Mapping
from datetime import date

from onestop.authoring.node import Node
from onestop.journeys.condition import holds
from onestop.journeys.journey import Ask, Journey, Need
from onestop.journeys.kinds.choice import FEWEST_OPTIONS
from onestop.journeys.paths.paths import MOST_PATHS, JourneyPath, TooManyPaths, Unanswerable, find_paths
from onestop.journeys.paths.positions import JourneyPositions
from onestop.journeys.paths.presses import check_presses, describe_way, gives_contact
from onestop.journeys.values.answer import SKIPPED, is_thin
from onestop.journeys.values.placeholders import placeholders
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
    _placeholders(positions, every, today)
    _ends(positions, walked)
    _needs(positions, walked)
    for channel, found in walked.items():
        check_presses(positions, channel, means[channel], found)
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
        asked: dict[tuple[object, str], str] = {}
        for ask in (step.ask for step in path.steps):
            text = (ask.member.number if ask.member else 0, next(iter(ask.text.values())))
            if text in asked:
                message = f"asks in the same words as `{asked[text]}`: leave one out, or say what is different"
                positions.fault(positions.step(ask.name), "alike", message)
            asked[text] = ask.name


def _placeholders(positions: JourneyPositions, every: Iterable[JourneyPath], today: date) -> None:
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
            _receipt_texts(positions, path, known, today)


def _receipt_texts(positions: JourneyPositions, path: JourneyPath, known: set[str], today: date) -> None:
    """The receipt must say something on every path, and only what is known there."""
    node, lines = positions.file / "done" / "say", positions.journey.done.say
    used = [number for number, line in enumerate(lines) if holds(line.rule, path.answers, today)]
    if not used:
        positions.fault(node, "silent", f"says nothing {describe_way(path)}: give one text no `if`")
    for number in used:
        here = node / number / "say" if len(lines) > 1 or lines[0].rule else node
        _check_texts(positions, here, (lines[number].text,), known)


def _texts(ask: Ask) -> tuple[Translations, ...]:
    options = ask.kind.options
    return (ask.text, ask.hint, *(one.hint for one in options), *(one.stop for one in options if one.stop))


def _check_texts(positions: JourneyPositions, node: Node, texts: Iterable[Translations], known: set[str]) -> None:
    for text in texts:
        for _, name in placeholders(next(iter(text.values()), "")):
            ask, *_, other = (*name.split("."), "")[:3] if "." in name else (name, "")
            if ask not in known or (other and other not in known):
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
            elif positions.journey.who == "contact" and not any(
                gives_contact(positions.journey, step) for step in path.steps
            ):
                message = (
                    f"`contact` needs a `phone` or an `email` that must be answered; {describe_way(path)} there is none"
                )
                positions.fault(positions.file / "who", "contact", message)


def _needs(positions: JourneyPositions, walked: Mapping[str, tuple[JourneyPath, ...]]) -> None:
    """Whoever leaves no question out can send what the desk needs, on every channel."""
    for channel, found in walked.items():
        for path in found:
            if path.missing and not _is_left_out(path.missing, path):
                message = (
                    f"`{path.missing.rule}` cannot be given on `{channel}` {describe_way(path)}: "
                    "let one of these be asked there too"
                )
                positions.fault(positions.file / "needs", f"unmet {channel} {path.missing.rule}", message, key=True)


def _is_left_out(need: Need, path: JourneyPath) -> bool:
    """Return whether the resident left out the answer that the desk needs, by a thin answer or a skip."""
    return any(
        step.ask.name in need.asks and (step.answers[0] is SKIPPED or is_thin(step.answers[0])) for step in path.steps
    )


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
