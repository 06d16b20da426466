"""The route from each desk to its destinations, as desks.yaml declares it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from onestop.authoring.faults import Fault
from onestop.authoring.node import Node, SourceFile
from onestop.authoring.source import Source
from onestop.delivery.kinds.destination import Destination, DestinationContext, DestinationOptions, JourneyQuestions
from onestop.delivery.kinds.folder import FolderOptions
from onestop.delivery.registry import KINDS
from onestop.language import Translations

FILE, DECLARED, DEEPEST = "desks.yaml", "destinations", 8
DEFAULT: Mapping[str, DestinationOptions] = {"folder": FolderOptions()}
"""The destinations of a desk that declares none."""


@dataclass(frozen=True, slots=True)
class Routes:
    """For each desk that declares any, its destinations by name. `names` are those of the desks, by their keys."""

    declared: Mapping[str, Mapping[str, DestinationOptions]] = field(default_factory=dict)
    names: Mapping[str, Translations] = field(default_factory=dict)

    def of(self, desk: str) -> Mapping[str, DestinationOptions]:
        return self.declared.get(desk, DEFAULT)

    def named(self) -> Iterable[tuple[str, str]]:
        """Yield (desk, destination) for each destination that desks.yaml declares."""
        return ((desk, name) for desk, found in self.declared.items() for name in found)

    def missing(self, context: DestinationContext) -> Sequence[str]:
        """Return a sentence about each destination that the settings do not suffice for."""
        lacks = [(desk, name, self.declared[desk][name].missing(context)) for desk, name in self.named()]
        return [f"destination {name} of desk {desk}: {why}" for desk, name, why in lacks if why]

    def deliveries(self, desks: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Return (desk, destination) for each delivery of a case that is sent to `desks`."""
        return tuple((desk, name) for desk in desks for name in self.of(desk))


class Destinations:
    """The open destinations. `routes` returns the current table, or None until the catalogue has been read."""

    def __init__(self, routes: Callable[[], Routes | None], context: DestinationContext) -> None:
        self.routes, self.context = routes, context
        self.opened: dict[DestinationOptions, Destination] = {}

    def ready(self) -> bool:
        return self.routes() is not None

    def find(self, desk: str, name: str) -> Destination | None:
        """Return the destination called `name` of a desk, or None if desks.yaml no longer declares it."""
        routes = self.routes()
        options = routes.of(desk).get(name) if routes else None
        if options is None:
            return None
        if options not in self.opened:
            self.opened[options] = options.open(self.context)
        return self.opened[options]

    async def tidy(self, now: float) -> None:
        for destination in tuple(self.opened.values()):
            await destination.tidy(now)


def read_routes(
    folder: Path, languages: tuple[str, ...], questions: JourneyQuestions | None = None
) -> tuple[Routes, tuple[Fault, ...]]:
    """Parse the destinations in a content folder's desks.yaml; return them and their faults, also those against `questions`.

    Faults of the file itself and of the desks' names are reported by `read_desks`.
    """
    path = folder / FILE
    source = Source(f"{folder.name or folder.resolve().name}/{FILE}")
    text = source.text(path) if path.exists() else None
    tree = source.tree(text, deepest=DEEPEST) if text is not None else None
    if text is None or tree is None:
        return Routes(), ()
    file = Node(SourceFile(source, tree, text.split("\n"), languages))
    there = file.value
    desks = [desk for desk in there if (file / desk).has(DECLARED)] if isinstance(there, dict) else []
    return Routes({desk: _parse_list(file / desk / DECLARED, questions) for desk in desks}), tuple(source.faults)


def _parse_list(node: Node, questions: JourneyQuestions | None) -> Mapping[str, DestinationOptions]:
    found: dict[str, DestinationOptions] = {}
    items = node.items()
    if not items and isinstance(node.value, list):
        node.fault("`destinations` is empty: name one, or leave the key out to deliver to the outbox folder")
    for item in items:
        _parse_one(item, found, questions)
    return found


def _parse_one(item: Node, found: dict[str, DestinationOptions], questions: JourneyQuestions | None) -> None:
    if not isinstance(item.value, dict):
        item.fault("a destination must be a mapping, like {kind: folder}")
        return
    kind = KINDS.get((item / "kind").one_of(KINDS) or "")
    if kind is None:
        return
    item.entries(("kind", "name", *kind.options))
    name = (item / "name").text() if item.has("name") else kind.name
    if name in found:
        item.fault(f"another destination of this desk is called `{name}`: give this one a `name` of its own")
    found[name] = kind.parse(item)
    if questions is not None:
        kind.check(item, questions)
