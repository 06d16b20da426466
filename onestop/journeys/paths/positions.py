"""The position of each part of a journey in its file, for faults found on its paths."""

from dataclasses import dataclass, field

from onestop.authoring.faults import Severity
from onestop.authoring.node import Node
from onestop.journeys.journey import ANOTHER, Journey
from onestop.journeys.kinds.code import CodeKind
from onestop.journeys.kinds.registry import declared_node

STEP_KEYS = ("ask", "tell", "repeat")


@dataclass(slots=True)
class JourneyPositions:
    """Reports faults of a journey, once for each place and kind of fault, however many paths have it."""

    journey: Journey
    file: Node
    reported: set[tuple[object, ...]] = field(default_factory=set)
    steps: dict[str, Node] = field(default_factory=dict)

    def step(self, name: str) -> Node:
        """Return the node of the ask or the tell of this name. It is looked for once: the checks ask for it on every path."""
        if name not in self.steps:
            node = self._whole(name)
            self.steps[name] = next((node / key for key in ("tell", "ask") if node.has(key)), node)
        return self.steps[name]

    def option(self, ask: str, name: str) -> Node:
        """Return the node of an option of an ask."""
        return declared_node(self._whole(ask)) / name

    def _whole(self, name: str) -> Node:
        """Return the node of a step; of an ask of a repeat, the one that all members have; of a code, that of what it confirms."""
        ask = self.journey.ask(name)
        if ask and isinstance(ask.kind, CodeKind):
            return self._whole(ask.kind.of)
        if ask is None or ask.member is None:
            return _named(self.file / "asks", name)
        repeat = _named(self.file / "asks", ask.member.group.name)
        return repeat / ANOTHER if ask.member.ask == ANOTHER else _named(repeat / "asks", ask.member.ask)

    def fault(self, node: Node, kind: str, message: str, *, key: bool = False, severity: Severity = "error") -> None:
        """Report a fault of a node, unless one of this kind was reported of it."""
        if (node.path, kind) not in self.reported:
            self.reported.add((node.path, kind))
            node.fault(message, severity, key=key)


def _named(steps: Node, name: str) -> Node:
    return next(node for node in steps.items() for key in STEP_KEYS if node.has(key) and (node / key).value == name)
