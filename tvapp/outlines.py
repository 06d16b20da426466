"""Convert SVG path data to polylines."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

Point = tuple[float, float]
TOKEN = re.compile(r"[A-Za-z]|[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
STEPS = 24
"""Line segments of one curve."""


class UntraceableShape(Exception):
    """The SVG uses a feature that is not supported."""


@dataclass
class Pen:
    """The current point, the start of the outline and the last curve's control point; `outlines` is the result so far."""

    at: Point = (0.0, 0.0)
    start: Point = (0.0, 0.0)
    bend: Point | None = None
    outlines: list[list[Point]] = field(default_factory=list)

    def move(self, to: Point) -> None:
        self.outlines.append([to])
        self.at = self.start = to

    def line(self, to: Point) -> None:
        if not self.outlines:
            raise UntraceableShape("a path begins with M")
        self.outlines[-1].append(to)
        self.at = to

    def curve(self, *controls: Point) -> None:
        """Add a Bézier curve of any degree from the current point."""
        points = (self.at, *controls)
        self.bend = controls[-2]
        for step in range(1, STEPS + 1):
            self.line(_bezier(points, step / STEPS))

    def mirrored(self) -> Point:
        """Return the control point that continues the last curve smoothly."""
        return (2 * self.at[0] - self.bend[0], 2 * self.at[1] - self.bend[1]) if self.bend else self.at


def outlines(data: str) -> list[list[Point]]:
    """Return every outline of path data in its own units. Raise UntraceableShape."""
    pen = Pen()
    for command, numbers in _orders(data):
        _draw(pen, command, numbers)
    return [outline for outline in pen.outlines if len(outline) > 1]


def _orders(data: str) -> Iterator[tuple[str, Sequence[float]]]:
    tokens = TOKEN.findall(data)
    command = ""
    while tokens:
        if tokens[0].isalpha():
            command = tokens.pop(0)
        elif command in "Mm":
            command = "L" if command == "M" else "l"
        count = COUNTS.get(command.upper(), -1)
        if count < 0 or len(tokens) < count or (not count and tokens and not tokens[0].isalpha()):
            raise UntraceableShape(f"{command or tokens[0]} is not understood here")
        yield command, [_number(tokens.pop(0)) for _ in range(count)]


def _number(token: str) -> float:
    try:
        return float(token)
    except ValueError:
        raise UntraceableShape(f"{token} is no number") from None


def _draw(pen: Pen, command: str, numbers: Sequence[float]) -> None:
    kind, bend, pen.bend = command.upper(), pen.bend, None
    x, y = pen.at if command.islower() else (0.0, 0.0)
    if kind == "H":
        pen.line((x + numbers[0], pen.at[1]))
    elif kind == "V":
        pen.line((pen.at[0], y + numbers[0]))
    elif kind == "Z":
        pen.line(pen.start)
    elif kind == "A":
        _arc(pen, numbers[:5], (x + numbers[5], y + numbers[6]))
    else:
        points = [(x + one, y + other) for one, other in zip(numbers[::2], numbers[1::2], strict=True)]
        if kind in "ST":
            pen.bend = bend
            points = [pen.mirrored(), *points]
        {"M": pen.move, "L": pen.line}.get(kind, pen.curve)(*points)


def _bezier(points: Sequence[Point], share: float) -> Point:
    while len(points) > 1:
        points = [(a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share) for a, b in pairwise(points)]
    return points[0]


def _arc(pen: Pen, shape: Sequence[float], to: Point) -> None:
    """Add an elliptical arc given by its end points, converted to centre and angles (SVG 1.1, appendix F.6.5)."""
    rx, ry, large, sweep = abs(shape[0]), abs(shape[1]), shape[3], shape[4]
    turn = math.radians(shape[2])
    cos, sin = math.cos(turn), math.sin(turn)
    dx, dy = (pen.at[0] - to[0]) / 2, (pen.at[1] - to[1]) / 2
    x, y = cos * dx + sin * dy, cos * dy - sin * dx
    if not rx or not ry or (not x and not y):
        pen.line(to)
        return
    grow = max(1.0, math.sqrt((x / rx) ** 2 + (y / ry) ** 2))
    rx, ry = rx * grow, ry * grow
    rest = max(0.0, (rx * ry) ** 2 / ((rx * y) ** 2 + (ry * x) ** 2) - 1)
    side = math.sqrt(rest) * (-1 if bool(large) == bool(sweep) else 1)
    cx, cy = side * rx * y / ry, -side * ry * x / rx
    first = math.atan2((y - cy) / ry, (x - cx) / rx)
    angle = (math.atan2((-y - cy) / ry, (-x - cx) / rx) - first) % (2 * math.pi)
    angle = angle if sweep else angle - 2 * math.pi
    middle = ((pen.at[0] + to[0]) / 2, (pen.at[1] + to[1]) / 2)
    for step in range(1, STEPS + 1):
        way = first + angle * step / STEPS
        ex, ey = rx * math.cos(way) + cx, ry * math.sin(way) + cy
        pen.line((cos * ex - sin * ey + middle[0], sin * ex + cos * ey + middle[1]))
