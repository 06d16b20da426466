"""Where in its file each part of a journey stands, so that a fault found by walking it has a place too."""

from dataclasses import dataclass, field

from onestop.authoring.faults import Severity
from onestop.authoring.node import Node
from onestop.journeys.journey import Journey, Tell


@dataclass(slots=True)
class Spots:
    """The faults of a journey as a whole; what has been told of a place is not told again for the next path."""

    journey: Journey
    file: Node
    told: set[tuple[object, ...]] = field(default_factory=set)

    def step(self, name: str) -> Node:
        """The ask or the tell of this name."""
        number, step = next(found for found in enumerate(self.journey.steps) if found[1].name == name)
        return self.file / "asks" / number / ("tell" if isinstance(step, Tell) else "ask")

    def option(self, ask: str, name: str) -> Node:
        number = next(number for number, step in enumerate(self.journey.steps) if step.name == ask)
        node = self.file / "asks" / number
        inner = node / "each" if node.has("each") else node
        return inner / ("picks" if inner.has("picks") else "pick") / name

    def fault(self, node: Node, kind: str, message: str, *, key: bool = False, severity: Severity = "error") -> None:
        """A fault of a place, once for each kind."""
        if (node.path, kind) not in self.told:
            self.told.add((node.path, kind))
            node.fault(message, severity, key=key)
