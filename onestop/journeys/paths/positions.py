"""The position of each part of a journey in its file, for faults found on its paths."""

from dataclasses import dataclass, field

from onestop.authoring.faults import Severity
from onestop.authoring.node import Node
from onestop.journeys.journey import Journey, Tell
from onestop.journeys.kinds.registry import declared_node


@dataclass(slots=True)
class JourneyPositions:
    """Reports faults of a journey, once for each place and kind of fault, however many paths have it."""

    journey: Journey
    file: Node
    reported: set[tuple[object, ...]] = field(default_factory=set)

    def step(self, name: str) -> Node:
        """Return the node of the ask or the tell of this name."""
        number, step = next(found for found in enumerate(self.journey.steps) if found[1].name == name)
        return self.file / "asks" / number / ("tell" if isinstance(step, Tell) else "ask")

    def option(self, ask: str, name: str) -> Node:
        """Return the node of an option of an ask."""
        number = next(number for number, step in enumerate(self.journey.steps) if step.name == ask)
        return declared_node(self.file / "asks" / number) / name

    def fault(self, node: Node, kind: str, message: str, *, key: bool = False, severity: Severity = "error") -> None:
        """Report a fault of a node, unless one of this kind was reported of it."""
        if (node.path, kind) not in self.reported:
            self.reported.add((node.path, kind))
            node.fault(message, severity, key=key)
