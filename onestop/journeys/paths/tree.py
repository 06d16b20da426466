"""How the paths of a journey are shown to an officer before it is published."""

from collections.abc import Iterator, Mapping
from datetime import date

from onestop.journeys.journey import Ask, Day, Journey, Money, Number
from onestop.journeys.paths.checks import median_presses
from onestop.journeys.paths.paths import Path, Taken, paths
from onestop.journeys.values.answer import SKIPPED, Answer, is_thin, items_of
from onestop.journeys.values.pence import said_pence
from onestop.journeys.walk.advance import pick_of
from onestop.screen import Means

HEAD = ("channel", "paths", "to the end", "presses: fewest", "median", "most", "screens: most")


def draw(journey: Journey, means: Mapping[str, Means], today: date) -> Iterator[str]:
    """The table of the channels, then every path as a tree: once for all channels that have the same one."""
    walked = {channel: paths(journey, channel, those, today) for channel, those in means.items()}
    yield f"{next(iter(journey.title.values()))} ({journey.name}, edition {journey.edition[:8]})"
    yield ""
    yield from _table([HEAD, *(_row(channel, found) for channel, found in walked.items())])
    trees: dict[tuple[str, ...], list[str]] = {}
    for channel, found in walked.items():
        trees.setdefault(tuple(_tree(found, 0)), []).append(channel)
    for tree, channels in trees.items():
        yield ""
        yield f"On {', '.join(channels)}:"
        yield from tree


def _row(channel: str, found: tuple[Path, ...]) -> tuple[str, ...]:
    ends = [path for path in found if not path.stopped]
    presses = [path.presses for path in ends]
    numbers = (
        sum(path.count for path in found),
        sum(path.count for path in ends),
        min(presses, default=0),
        median_presses(ends),
        max(presses, default=0),
        max((path.screens for path in ends), default=0),
    )
    return (channel, *(str(number) for number in numbers))


def _table(rows: list[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for first, *cells in rows:
        right = (cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True))
        yield "  ".join((first.ljust(widths[0]), *right))


def _tree(found: tuple[Path, ...], depth: int) -> Iterator[str]:
    """The paths that are alike so far, parted by their next question."""
    indent = "  " * (depth + 1)
    groups: dict[tuple[object, ...], list[Path]] = {}
    for path in found:
        key: tuple[object, ...] = (
            (path.taken[depth].ask.name, repr(path.taken[depth].answers)) if len(path.taken) > depth else ()
        )
        groups.setdefault(key, []).append(path)
    for key, those in groups.items():
        if not key:
            yield indent + _end(those[0])
            continue
        taken = those[0].taken[depth]
        line = f"{indent}{taken.ask.name}: {said_answers(taken)}"
        if len(those) == 1:
            rest = [f"{one.ask.name}: {said_answers(one)}" for one in those[0].taken[depth + 1 :]]
            yield ", ".join((line, *rest)) + " " + _end(those[0])
        else:
            yield line
            yield from _tree(tuple(those), depth + 1)


def _end(path: Path) -> str:
    times = f", {path.count} paths" if path.count > 1 else ""
    presses = f"{path.presses} press{'' if path.presses == 1 else 'es'}{times}"
    end = f"stops ({path.by})" if path.by else "stops" if path.stopped else "sent"
    return f"-> {end}, {presses}"


def said_answers(taken: Taken) -> str:
    """What an officer calls these answers: the options, or the span of numbers that is told apart."""
    return " | ".join(dict.fromkeys(_said(taken.ask, answer) for answer in taken.answers))


def _said(ask: Ask, answer: Answer) -> str:
    if answer is SKIPPED:
        return "(skipped)"
    if is_thin(answer):
        return f"({next(iter(ask.thin.values()))})"
    if pick_of(ask.kind):
        names = items_of(answer) or (answer,)
        return " + ".join(str(name) for name in names)
    if isinstance(ask.kind, Money) and isinstance(answer, int):
        return said_pence(answer)
    return str(answer) if isinstance(ask.kind, Number | Day) else "(given)"
