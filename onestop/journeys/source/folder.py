"""The folder of journeys, read: every journey, every fault, and whether services and journeys fit each other."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from onestop.authoring.faults import Fault, errors, nearest
from onestop.authoring.node import Node
from onestop.authoring.source import Source
from onestop.authoring.tree import Position
from onestop.journeys.identifier import read_name
from onestop.journeys.journey import Journey
from onestop.journeys.paths.checks import check_paths
from onestop.journeys.source.journey_file import read_journey
from onestop.language import Translations
from onestop.screen import Means

FOLDER = "journeys"


@dataclass(frozen=True, slots=True)
class ReadJourneys:
    """The journeys without errors, by name; every fault; and the text of every file by the name of its journey."""

    journeys: Mapping[str, Journey]
    faults: tuple[Fault, ...]
    sources: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class JourneyUse:
    """A service's front matter names a journey, in this file at this place."""

    journey: str
    file: str
    place: Position


@dataclass(frozen=True, slots=True)
class CheckedJourney:
    """One file, read and checked: its journey, or None if anything is an error, and its faults."""

    journey: Journey | None
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class JourneyInputs:
    """Everything that the reading of one file depends on. `desks` are their keys, `carried` the means by which messages can be sent."""

    file: str
    name: str
    text: str
    languages: tuple[str, ...]
    desks: frozenset[str]
    means: tuple[tuple[str, Means], ...]
    today: date
    reserved: frozenset[str]
    carried: frozenset[str] | None


@dataclass(slots=True)
class JourneyCache:
    """The journeys of the last reading. Finding every path of every channel costs far more than parsing the file."""

    checked: dict[JourneyInputs, CheckedJourney] = field(default_factory=dict)


def read_journeys(
    folder: Path,
    languages: tuple[str, ...],
    desks: Mapping[str, Translations],
    means: Mapping[str, Means],
    today: date,
    cache: JourneyCache | None = None,
    reserved: frozenset[str] = frozenset(),
    carried: frozenset[str] | None = None,
) -> ReadJourneys:
    """Read `journeys/` of a content folder. `means` are those of every channel by its name. Files never raise, they have faults.

    No question may have one of the `reserved` names, and no message may be promised by other means than those `carried`, if that is known.
    A file is checked again only if one of its inputs has changed since the last reading with this cache.
    """
    journeys: dict[str, Journey] = {}
    sources: dict[str, str] = {}
    faults: list[Fault] = []
    checked: dict[JourneyInputs, CheckedJourney] = {}
    label = folder.name or folder.resolve().name
    for path in sorted((folder / FOLDER).glob("[!.]*.yaml")):
        source = Source(f"{label}/{FOLDER}/{path.name}")
        text = source.text(path)
        if text is not None:
            known = frozenset(desks), tuple(means.items()), today, reserved, carried
            inputs = JourneyInputs(source.file, path.stem, text, languages, *known)
            found = (cache.checked.get(inputs) if cache else None) or _checked(inputs, desks, means)
            checked[inputs], sources[path.stem] = found, text
            if found.journey:
                journeys[path.stem] = found.journey
            faults += found.faults
        faults += source.faults
    (cache or JourneyCache()).checked = checked
    return ReadJourneys(journeys, tuple(sorted(faults)), sources)


def _checked(inputs: JourneyInputs, desks: Mapping[str, Translations], means: Mapping[str, Means]) -> CheckedJourney:
    source = Source(inputs.file)
    journey = check_journey(
        source, inputs.name, inputs.text, inputs.languages, desks, means, inputs.today, inputs.reserved, inputs.carried
    )
    return CheckedJourney(journey, tuple(source.faults))


def check_journey(
    source: Source,
    name: str,
    text: str,
    languages: tuple[str, ...],
    desks: Mapping[str, Translations],
    means: Mapping[str, Means],
    today: date,
    reserved: frozenset[str] = frozenset(),
    carried: frozenset[str] | None = None,
) -> Journey | None:
    """Return the journey with everything checked, or None if anything about it is an error."""
    journey, node = read_journey(source, name, text, languages, reserved)
    if node is None:
        return None
    read_name(node, name)
    _check_desks(node, desks)
    _check_channels(node, means)
    if journey and carried is not None:
        _check_messages(node, journey, carried)
    if journey and not errors(source.faults):
        check_paths(journey, node, means, today)
    return None if errors(source.faults) else journey


def read_edition(name: str, text: str, languages: tuple[str, ...]) -> Journey | None:
    """Return an older edition, or None if it cannot be read. It was checked when it was published, so its paths are not checked."""
    journey, _ = read_journey(Source(name), name, text, languages)
    return journey


def read_unchecked(name: str, text: str, languages: tuple[str, ...]) -> Journey | None:
    """Return a journey whatever is wrong with its paths, or None if the file itself has errors."""
    source = Source(name)
    journey, _ = read_journey(source, name, text, languages)
    return None if errors(source.faults) else journey


def check_uses(uses: Iterable[JourneyUse], read: ReadJourneys, label: str) -> tuple[Fault, ...]:
    """Return the faults of uses: a journey that is not there is an error, one that no service names a warning."""
    found: list[Fault] = []
    used: set[str] = set()
    for use in uses:
        used.add(use.journey)
        if use.journey not in read.sources:
            near = nearest(use.journey, read.sources)
            found.append(Fault(use.file, *use.place, f"there is no journey `{use.journey}`{near}"))
    for name in read.sources:
        if name not in used:
            message = "no service leads to this journey: write `journey: {name}` in the head of one".replace(
                "{name}", name
            )
            found.append(Fault(f"{label}/{FOLDER}/{name}.yaml", 1, 1, message, "warning"))
    return tuple(found)


def _check_desks(node: Node, desks: Mapping[str, Translations]) -> None:
    send = node / "done" / "send"
    if isinstance(send.value, list):
        for item in send.items():
            desk = item.value
            if isinstance(desk, str) and desk and desk not in desks:
                item.fault(f"there is no desk `{desk}` in desks.yaml{nearest(desk, desks)}")


def _check_messages(node: Node, journey: Journey, carried: frozenset[str]) -> None:
    """Report each message that is promised, and each code, by means that nothing carries."""
    promise = journey.done.messages
    asks = {ask.name: ask for ask in journey.asks}
    lacking = "messages.yaml declares no carrier for {means}: declare one there, or take this out"
    for item in (node / "done" / "messages" / "to").items() if promise else ():
        means = asks[str(item.value)].kind.means
        if means not in carried:
            item.fault(lacking.format(means=means))
    for step in _steps_of(node):
        ask = asks.get(str((step / "ask").value)) if step.has("confirm") else None
        if ask and ask.kind.means not in carried:
            (step / "confirm").fault(lacking.format(means=ask.kind.means), key=True)


def _check_channels(node: Node, means: Mapping[str, Means]) -> None:
    for step in _steps_of(node):
        only = step / "only"
        for item in only.items() if isinstance(only.value, list) else ():
            channel = item.value
            if isinstance(channel, str) and channel and channel not in means:
                item.fault(f"there is no channel `{channel}`{nearest(channel, means) or ': ' + ', '.join(means)}")


def _steps_of(node: Node) -> Iterator[Node]:
    """Yield the node of every step, also of those in repeats."""
    asks = node / "asks"
    for step in asks.items() if isinstance(asks.value, list) else ():
        yield step
        yield from _steps_of(step)
