"""Counts of responses and opened services, in memory, without anything about the clients."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from onestop.http.prepared import UNCHANGED, PreparedResponse

OPENED = (200, UNCHANGED)


@dataclass(slots=True)
class ResponseCounter:
    """`requests` are counted by channel and status, `opened` by channel and service since `take_opened`, `visits` of all services by
    channel; `ready` counts prepared responses."""

    requests: Counter[tuple[str, int]] = field(default_factory=Counter)
    opened: Counter[tuple[str, str]] = field(default_factory=Counter)
    visits: Counter[str] = field(default_factory=Counter)
    ready: int = 0

    def count(self, label: tuple[str, str], status: int, times: int = 1) -> None:
        """Count responses with one label and status."""
        channel, service = label
        self.requests[channel, status] += times
        if service and status in OPENED:
            self.opened[label] += times
            self.visits[channel] += times

    def fold(self, ready: PreparedResponse) -> None:
        """Add the counts of a prepared page and reset them."""
        if ready.sent:
            self.count(ready.label, ready.status, ready.sent)
        if ready.unchanged:
            self.count(ready.label, UNCHANGED, ready.unchanged)
        self.ready += ready.sent + ready.unchanged
        ready.sent = ready.unchanged = 0

    def fold_all(self, pages: Iterable[PreparedResponse]) -> None:
        for ready in pages:
            self.fold(ready)

    def take_opened(self) -> Counter[tuple[str, str]]:
        """Return the opened services since the last call."""
        opened, self.opened = self.opened, Counter()
        return opened
