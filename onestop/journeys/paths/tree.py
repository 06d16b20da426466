"""The paths of a journey as text, for an officer to read before it is published."""

from collections.abc import Iterator, Mapping
from datetime import date

from onestop.journeys.journey import Ask, Journey
from onestop.journeys.paths.paths import JourneyPath, PathStep, find_paths
from onestop.journeys.paths.presses import median_presses, without_typing
from onestop.journeys.values.answer import SKIPPED, Answer, is_thin
from onestop.screen import Means

HEADINGS = ("channel", "paths", "to the end", "presses: fewest", "median", "most", "typing: most", "screens: most")


def draw(journey: Journey, means: Mapping[str, Means], today: date) -> Iterator[str]:
    """Yield the lines of a table of the channels, then of every path as a tree, once for all channels that have the same one."""
    walked = {channel: find_paths(journey, channel, one, today) for channel, one in means.items()}
    yield f"{next(iter(journey.title.values()))} ({journey.name}, edition {journey.edition[:8]})"
    yield ""
    yield from _table([HEADINGS, *(_row(journey, channel, found) for channel, found in walked.items())])
    trees: dict[tuple[str, ...], list[str]] = {}
    for channel, found in walked.items():
        trees.setdefault(tuple(_tree(found, 0)), []).append(channel)
    for tree, channels in trees.items():
        yield ""
        yield f"On {', '.join(channels)}:"
        yield from tree


def _row(journey: Journey, channel: str, found: tuple[JourneyPath, ...]) -> tuple[str, ...]:
    """Return the figures of one channel: presses without what must be typed, and the most presses with it."""
    whole = [path for path in found if not path.stopped]
    ends = [without_typing(journey, path) for path in whole]
    presses = [path.presses for path in ends]
    numbers = (
        sum(path.count for path in found),
        sum(path.count for path in ends),
        min(presses, default=0),
        median_presses(ends),
        max(presses, default=0),
        max((path.presses for path in whole), default=0),
        max((path.screens for path in whole), default=0),
    )
    return (channel, *(str(number) for number in numbers))


def _table(rows: list[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for first, *cells in rows:
        right = (cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True))
        yield "  ".join((first.ljust(widths[0]), *right))


def _tree(found: tuple[JourneyPath, ...], depth: int) -> Iterator[str]:
    """Yield the lines of paths whose first `depth` steps are the same, grouped by their next step."""
    indent = "  " * (depth + 1)
    groups: dict[tuple[object, ...], list[JourneyPath]] = {}
    for path in found:
        key: tuple[object, ...] = (
            (path.steps[depth].ask.name, repr(path.steps[depth].answers)) if len(path.steps) > depth else ()
        )
        groups.setdefault(key, []).append(path)
    for key, those in groups.items():
        if not key:
            yield indent + _end(those[0])
            continue
        step = those[0].steps[depth]
        line = f"{indent}{step.ask.name}: {summarise_answers(step)}"
        if len(those) == 1:
            rest = [f"{one.ask.name}: {summarise_answers(one)}" for one in those[0].steps[depth + 1 :]]
            yield ", ".join((line, *rest)) + " " + _end(those[0])
        else:
            yield line
            yield from _tree(tuple(those), depth + 1)


def _end(path: JourneyPath) -> str:
    times = f", {path.count} paths" if path.count > 1 else ""
    presses = f"{path.presses} press{'' if path.presses == 1 else 'es'}{times}"
    missing = f" ({path.missing.rule} is missing)" if path.missing else ""
    end = f"stops ({path.by})" if path.by else f"stops{missing}" if path.stopped else "sent"
    return f"-> {end}, {presses}"


def summarise_answers(step: PathStep) -> str:
    """Return what an officer reads for these answers: the options, or the examples of what conditions tell apart."""
    return " | ".join(dict.fromkeys(_summary(step.ask, answer) for answer in step.answers))


def _summary(ask: Ask, answer: Answer) -> str:
    if answer is SKIPPED:
        return "(skipped)"
    if is_thin(answer):
        return f"({next(iter(ask.thin.values()))})"
    return ask.kind.summary(answer)
