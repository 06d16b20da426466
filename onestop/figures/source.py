"""Read `content/figures.yaml`: the names and unit costs of channels, and the types of interaction of services."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Literal, get_args

from onestop.authoring.faults import Fault, errors
from onestop.authoring.node import Node, SourceFile
from onestop.authoring.source import Source
from onestop.catalogue.catalogue import Catalogue, Service
from onestop.language import Translations

NAME = "figures.yaml"
LONGEST, DEAREST = 40, Decimal(1000)
Interaction = Literal[
    "information", "revenue", "benefits", "consultation", "regulation", "applications", "booking", "payment", "networks", "procurement"
]  # fmt: skip
INTERACTIONS: tuple[Interaction, ...] = get_args(Interaction)
"""The ten types of interaction of Best Value Performance Indicator 157 (England, 2001 to 2006)."""


@dataclass(frozen=True, slots=True)
class ChannelCost:
    """`names` are by language; `cost` is that of one completed journey in pounds, or None if it is not known."""

    names: Translations
    cost: Decimal | None


@dataclass(frozen=True, slots=True)
class FigureSettings:
    """`channels` are by name; `interactions` are types by the address of a service. Any other service gives information."""

    channels: Mapping[str, ChannelCost] = field(default_factory=dict)
    interactions: Mapping[str, Interaction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class InteractionShare:
    """How many services of a type there are, and how many of them can be done electronically."""

    kind: Interaction
    services: int
    electronic: int


def read_figure_settings(folder: Path, catalogue: Catalogue) -> tuple[FigureSettings, tuple[Fault, ...]]:
    """Return what figures.yaml of a content folder says, nothing without it, and its faults."""
    path = folder / NAME
    if not path.exists():
        return FigureSettings(), ()
    source = Source(f"{folder.name or folder.resolve().name}/{NAME}")
    text = source.text(path)
    tree = source.tree(text) if text is not None else None
    if tree is None:
        return FigureSettings(), tuple(source.faults)
    node = Node(SourceFile(source, tree, (text or "").split("\n"), catalogue.languages))
    node.entries(("channels", "interactions"))
    channels = {name: _channel(node / "channels" / name) for name in (node / "channels").entries()}
    interactions = _interactions(node / "interactions", catalogue) if node.has("interactions") else {}
    node.file.warn_missing_translations()
    faults = tuple(source.faults)
    return (FigureSettings() if errors(faults) else FigureSettings(channels, interactions)), faults


def _channel(node: Node) -> ChannelCost:
    node.entries(("name", "cost"))
    cost = _pounds(node / "cost") if node.has("cost") else None
    return ChannelCost((node / "name").translations(LONGEST), cost)


def _pounds(node: Node) -> Decimal | None:
    text = node.text()
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal(-1)
    if not found.is_finite() or not 0 <= found <= DEAREST:
        node.fault(f"`{text}` must be an amount in pounds, like 0.32, of at most {DEAREST}")
        return None
    return found


def _interactions(node: Node, catalogue: Catalogue) -> Mapping[str, Interaction]:
    found: dict[str, Interaction] = {}
    for name in node.entries(INTERACTIONS):
        kind = next((one for one in INTERACTIONS if one == name), None)
        for item in (node / name).items() if kind else ():
            address = item.text()
            if not isinstance(catalogue.find(address), Service):
                item.fault(f"there is no service at `{address}`: write an address like /bins/missed-bin")
            elif address in found:
                item.fault(f"`{address}` is a {found[address]} already: a service has one type")
            elif kind:
                found[address] = kind
    return found


def interaction_shares(catalogue: Catalogue, settings: FigureSettings) -> tuple[InteractionShare, ...]:
    """Return each of the ten types; one without services is not permissible or not offered, and does not count.

    A service that gives information does so by its page; any other is electronic if it has a journey here or on another site.
    """
    counts = {kind: [0, 0] for kind in INTERACTIONS}
    for service in catalogue.services:
        kind = settings.interactions.get(service.address, "information")
        counts[kind][0] += 1
        counts[kind][1] += bool(kind == "information" or service.journey or service.online)
    return tuple(InteractionShare(kind, *numbers) for kind, numbers in counts.items())


def enabled_share(shares: tuple[InteractionShare, ...]) -> int:
    """Return the percentage of the types offered of which at least one service can be done electronically."""
    offered = [one for one in shares if one.services]
    return round(100 * sum(one.electronic > 0 for one in offered) / len(offered)) if offered else 0
