"""Readiness and metrics of the store: whether the database answers, whether the outbox is writable, and the open deliveries."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from onestop.delivery.kinds.durable_files import is_writable
from onestop.delivery.worker import DeliveryWorker
from onestop.http.readiness import Readiness
from onestop.store.database import Database
from onestop.store.errors import Unavailable
from onestop.store.tables import outbox
from onestop.store.tables.outbox import OutboxCount

SECONDS = 5.0
"""Between two probes."""


class StoreProbe(Collector):
    """Probes the store every few seconds; /readyz and /metrics return the last result without waiting."""

    def __init__(
        self, database: Database, worker: DeliveryWorker, folder: Path, readiness: Readiness, clock: Callable[[], float]
    ) -> None:
        self.database, self.worker, self.folder, self.readiness, self.clock = database, worker, folder, readiness, clock
        self.seconds: float | None = None
        self.counts: tuple[OutboxCount, ...] = ()
        self.writable = True

    async def run(self) -> None:
        """Probe once, and set `readiness.troubles`."""
        troubles = []
        began = time.perf_counter()
        try:
            self.counts = await self.database.read(outbox.open_counts)
            self.seconds = time.perf_counter() - began
        except Unavailable as why:
            self.seconds = None
            troubles.append(str(why))
        self.writable = is_writable(self.folder)
        if not self.writable:
            troubles.append(f"the outbox: {self.folder} cannot be written to")
        self.readiness.troubles = tuple(troubles)

    def collect(self) -> Iterator[Metric]:
        """Called by the registry."""
        up = self.seconds is not None
        yield GaugeMetricFamily("onestop_database_up", "Whether the database answered the last probe.", value=up)
        latency = GaugeMetricFamily("onestop_database_seconds", "Response time of the database at the last probe.")
        if self.seconds is not None:
            latency.add_metric([], self.seconds)
        yield latency
        yield GaugeMetricFamily(
            "onestop_outbox_writable", "Whether the outbox folder can be written.", value=self.writable
        )
        labels = ["desk", "destination", "state"]
        waiting = GaugeMetricFamily(
            "onestop_outbox_cases", "Cases waiting for delivery, refused or given up.", labels=labels
        )
        oldest = GaugeMetricFamily("onestop_outbox_oldest_seconds", "Age of the oldest of them.", labels=labels)
        for one in self.counts:
            waiting.add_metric([one.desk, one.destination, one.state], one.count)
            oldest.add_metric([one.desk, one.destination, one.state], max(0.0, self.clock() - one.oldest))
        yield waiting
        yield oldest
        deliveries = CounterMetricFamily(
            "onestop_deliveries", "Tries of deliveries by this process.", labels=["desk", "destination", "outcome"]
        )
        for (desk, destination, outcome), count in sorted(self.worker.tries.items()):
            deliveries.add_metric([desk, destination, outcome], count)
        yield deliveries
