"""What walking every path of a journey shows: what nobody reaches, what is missing on the way, and what takes too long."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from onestop.authoring.node import Node
from onestop.journeys.journey import Ask, Journey, Option
from onestop.journeys.paths.paths import MOST_PATHS, Path, Taken, TooManyPaths, Unanswerable, paths
from onestop.journeys.paths.positions import Spots
from onestop.journeys.values.answer import SKIPPED, is_thin
from onestop.journeys.values.placeholders import placeholders
from onestop.journeys.walk.advance import pick_of
from onestop.journeys.walk.assurance import reaches
from onestop.journeys.walk.walk import facts_of
from onestop.language import Translations
from onestop.screen import Means


def check_paths(journey: Journey, file: Node, means: Mapping[str, Means], today: date) -> None:
    """Walk every path on every channel, and tell what is wrong with them."""
    spots = Spots(journey, file)
    walked: dict[str, tuple[Path, ...]] = {}
    for channel, those in means.items():
        try:
            walked[channel] = paths(journey, channel, those, today)
        except TooManyPaths:
            (file / "asks").fault(f"has more than {MOST_PATHS} paths, which nobody can look over: ask less", key=True)
            return
        except Unanswerable as why:
            _unanswerable(spots, why.ask, channel)
    every = tuple(path for found in walked.values() for path in found)
    _choices(spots, every)
    _alike(spots, every)
    _pipes(spots, every)
    _ends(spots, walked)
    for channel, found in walked.items():
        _budget(spots, channel, means[channel], found)
    if walked and len(walked) == len(means):
        _unreached(spots, every)
        _outcomes(spots, every, today)


def _unanswerable(spots: Spots, ask: Ask, channel: str) -> None:
    message = f"cannot be answered on `{channel}`: give it a `thin` answer, or `need: no`, or `only` other channels"
    spots.fault(spots.step(ask.name), "unanswerable", message)


def _choices(spots: Spots, every: Iterable[Path]) -> None:
    for path in every:
        for taken in path.taken:
            pick = pick_of(taken.ask.kind)
            if pick and len(pick.options) < 2:
                only = f"only `{pick.options[0].name}`" if pick.options else "nothing"
                message = f"offers {only} {said_way(path, taken.ask)}: a choice needs 2 options wherever it is asked"
                spots.fault(spots.step(taken.ask.name), "few", message)


def _alike(spots: Spots, every: Iterable[Path]) -> None:
    for path in every:
        asked: dict[str, str] = {}
        for ask in (taken.ask for taken in path.taken):
            text = next(iter(ask.text.values()))
            if text in asked:
                message = f"asks in the same words as `{asked[text]}`: leave one out, or say what is different"
                spots.fault(spots.step(ask.name), "alike", message)
            asked[text] = ask.name


def _pipes(spots: Spots, every: Iterable[Path]) -> None:
    """Whatever a text says must have been answered on every way there."""
    for path in every:
        known: set[str] = set(spots.journey.facts)
        for taken in path.taken:
            for tell in taken.tells:
                _piped(spots, spots.step(tell.name), (tell.text,), known)
            _piped(spots, spots.step(taken.ask.name), _texts(taken.ask), known)
            if not any(answer is SKIPPED or is_thin(answer) for answer in taken.answers):
                known.add(taken.ask.name)
        for tell in path.tells:
            _piped(spots, spots.step(tell.name), (tell.text,), known)
        if not path.stopped:
            _piped(spots, spots.file / "done" / "say", (spots.journey.done.say,), known)


def _texts(ask: Ask) -> tuple[Translations, ...]:
    pick = pick_of(ask.kind)
    options = pick.options if pick else ()
    return (ask.text, ask.hint, *(one.hint for one in options), *(one.stop for one in options if one.stop))


def _piped(spots: Spots, node: Node, texts: Iterable[Translations], known: set[str]) -> None:
    for text in texts:
        for _, name in placeholders(next(iter(text.values()), "")):
            if name not in known:
                message = f"says {{{name}}}, which is not always answered before it: ask it always, or say it without"
                spots.fault(node, f"pipe {name}", message)


def _ends(spots: Spots, walked: Mapping[str, tuple[Path, ...]]) -> None:
    done = spots.file / "done"
    for channel, found in walked.items():
        ends = [path for path in found if not path.stopped]
        if not ends:
            spots.fault(done, "end", f"is never reached on `{channel}`: every path stops before it", key=True)
        for path in ends:
            if not path.taken:
                message = f"can be reached on `{channel}` without a question: ask something on every path"
                spots.fault(done, "empty", message, key=True)
            elif spots.journey.who == "contact" and not any(_is_contact(taken) for taken in path.taken):
                message = (
                    f"`contact` needs a `phone` or an `email` that must be answered; {said_way(path)} there is none"
                )
                spots.fault(spots.file / "who", "contact", message)


def _is_contact(taken: Taken) -> bool:
    return all(reaches(taken.ask, answer) for answer in taken.answers)


def _budget(spots: Spots, channel: str, means: Means, found: tuple[Path, ...]) -> None:
    ends = [path for path in found if not path.stopped]
    title = spots.file / "title"
    if not ends:
        return
    worst, free = max(ends, key=lambda path: path.presses), [_free(spots.journey, path) for path in ends]
    middle = median_presses(free)
    if means.worst and worst.presses > means.worst:
        over = f"takes {worst.presses} presses on `{channel}` {said_way(worst)}: at most {means.worst}"
        message = f"{over}; {_costs(worst)}: ask less there, or give what costs most a choice or a `thin` answer"
        spots.fault(title, f"worst {channel}", message)
    if means.median and middle > means.median:
        usual = min((path for path in free if path.presses >= middle), key=lambda path: path.presses)
        over = f"takes {middle} presses on `{channel}` on half of its paths: at most {means.median}"
        message = (
            f"{over}; {said_way(usual)}, {_costs(usual)}: ask less, or give what costs most a choice or a `thin` answer"
        )
        spots.fault(title, f"median {channel}", message)


def _free(journey: Journey, path: Path) -> Path:
    """A path without the presses of the number by which its resident must be reached: nobody could ask that for less."""
    demanded = sum(taken.presses for taken in path.taken if _is_contact(taken)) if journey.who == "contact" else 0
    return replace(path, presses=path.presses - demanded)


def _costs(path: Path) -> str:
    """Where the presses of a path go, the dearest question first."""
    dear = sorted((taken for taken in path.taken if taken.presses > 1), key=lambda taken: -taken.presses)
    single = sum(taken.presses == 1 for taken in path.taken)
    parts = [f"`{taken.ask.name}` takes {taken.presses}" for taken in dear]
    parts += [f"{single} other{'s' if single > 1 else ''} 1 each"] if single else []
    rest = path.presses - sum(taken.presses for taken in path.taken)
    return ", ".join((*parts, f"checking and sending {rest}"))


def median_presses(found: Iterable[Path]) -> int:
    """Half of the paths take at most so many."""
    ordered = sorted((path.presses, path.count) for path in found)
    half, passed = sum(count for _, count in ordered) / 2, 0
    for presses, count in ordered:
        passed += count
        if passed >= half:
            return presses
    return 0


def _unreached(spots: Spots, every: Iterable[Path]) -> None:
    reached = {name for path in every for name in _names(path)}
    offered = {(t.ask.name, one.name) for path in every for t in path.taken for one in _options(t.ask)}
    for step in spots.journey.steps:
        if step.name not in reached:
            message = "is never reached: no answers lead here; look at its `if`, and at what stops before it"
            spots.fault(spots.step(step.name), "never", message)
        elif isinstance(step, Ask):
            for option in _options(step):
                if (step.name, option.name) not in offered:
                    message = "is never offered: no answers lead to it; look at its `if`"
                    spots.fault(spots.option(step.name, option.name), "never", message, key=True)


def _options(ask: Ask) -> tuple[Option, ...]:
    pick = pick_of(ask.kind)
    return pick.options if pick else ()


def _names(path: Path) -> Iterable[str]:
    """Everything on a path that has a name of its own."""
    for taken in path.taken:
        yield taken.ask.name
        yield from (tell.name for tell in taken.tells)
    yield from (tell.name for tell in path.tells)
    if path.by:
        yield path.by


def _outcomes(spots: Spots, every: Iterable[Path], today: date) -> None:
    """A fact with texts must have each of them on some path that is sent."""
    texts = {name: fact for name, fact in spots.journey.facts.items() if isinstance(fact, tuple)}
    if not texts:
        return
    found: dict[str, set[int]] = {name: set() for name in texts}
    for path in every:
        if not path.stopped:
            facts = facts_of(spots.journey, path.answers, today)
            for name, fact in texts.items():
                found[name].add(next(n for n, outcome in enumerate(fact) if outcome.text is facts[name]))
    for name, fact in texts.items():
        for number, outcome in enumerate(fact):
            if number not in found[name]:
                text = next(iter(outcome.text.values()))
                message = f"is never `{text}`: no answers lead to it; look at the conditions above it"
                spots.fault(spots.file / "facts" / name, f"never {number}", message, key=True)


def said_way(path: Path, until: Ask | None = None) -> str:
    """How one comes along a path: "when room is kitchen, fault is drain"; choices only."""
    parts: list[str] = []
    for taken in path.taken:
        if until and taken.ask.name == until.name:
            break
        if pick_of(taken.ask.kind) and isinstance(taken.answers[0], str):
            parts.append(f"{taken.ask.name} is {taken.answers[0]}")
    return f"when {', '.join(parts)}" if parts else "from its beginning"
