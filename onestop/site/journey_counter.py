"""Counts of journeys begun, finished and given up, by journey and channel, without anything about the residents."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from prometheus_client.metrics_core import CounterMetricFamily, Metric
from prometheus_client.registry import Collector

JourneyOnChannel = tuple[str, str]
"""The name of a journey and that of a channel."""


@dataclass(slots=True, eq=False)
class JourneyCounter(Collector):
    """Each is counted once its transaction is committed, on the channel where it happened.

    A journey is `begun` with its first answer, `finished` when its case is made, and `given_up` when its draft expires or its owner
    erases it. Each server counts what it did; a draft that expires is counted by the server that erases it.
    """

    begun: Counter[JourneyOnChannel] = field(default_factory=Counter)
    finished: Counter[JourneyOnChannel] = field(default_factory=Counter)
    given_up: Counter[JourneyOnChannel] = field(default_factory=Counter)

    def collect(self) -> Iterator[Metric]:
        """Called by the registry."""
        yield _family("onestop_journeys_begun", "Journeys begun: a first answer was saved.", self.begun)
        yield _family("onestop_journeys_finished", "Journeys finished: a case was made.", self.finished)
        yield _family(
            "onestop_journeys_given_up", "Drafts that expired unsent or were erased by their owner.", self.given_up
        )
        cases = CounterMetricFamily("onestop_cases", "Cases made.", labels=["journey"])
        by_journey: Counter[str] = Counter()
        for (journey, _), count in self.finished.items():
            by_journey[journey] += count
        for journey, count in sorted(by_journey.items()):
            cases.add_metric([journey], count)
        yield cases


def _family(name: str, text: str, counts: Counter[JourneyOnChannel]) -> CounterMetricFamily:
    family = CounterMetricFamily(name, text, labels=["journey", "channel"])
    for labels, count in sorted(counts.items()):
        family.add_metric(list(labels), count)
    return family
