"""Which counts of a month that has not ended are published: changes appear when enough of them have come together.

Without this, who reads the figures each day could tell from two days what one resident did on the second.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from onestop.figures.event import Event

TOGETHER = 5
"""Events of one kind, service and channel that appear together."""


def released(days: Iterable[Mapping[Event, int]]) -> Mapping[Event, int]:
    """Return what is published of the counts of each day, given in order.

    It depends only on these days: every server publishes the same, and a further day changes nothing by fewer than 5 events.
    """
    shown: Counter[Event] = Counter()
    waiting: dict[tuple[str, str, str], Counter[Event]] = defaultdict(Counter)
    for day in days:
        for event, times in day.items():
            waiting[event.subject, event.channel, event.kind][event] += times
        for group in [group for group, counts in waiting.items() if counts.total() >= TOGETHER]:
            shown.update(waiting.pop(group))
    return dict(shown)
