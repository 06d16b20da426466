"""The file of bench.trials.watched_server, parsed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LoopStep:
    """A slow step of an event loop. Times are in ms; `spent` is processor time, `collecting` the part of it for garbage collection."""

    label: str
    spent: float
    wall: float
    collecting: float


def read_steps(text: str) -> list[LoopStep]:
    """Parse the file of bench.trials.watched_server; a line that is still being written is left out."""
    rows = (line.split("\t") for line in text.split("\n")[:-1])
    return [LoopStep(label, float(spent), float(wall), float(collecting)) for label, spent, wall, collecting in rows]
