"""Measurements in the Prometheus format."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.registry import Collector

from onestop.http.page_cache import PageCache
from onestop.http.response_counter import ResponseCounter
from onestop.site.current import Sites
from onestop.site.journey_counter import JourneyCounter

BUCKETS = (0.0005, 0.001, 0.002, 0.004, 0.008, 0.016, 0.05, 0.2, 1.0)


class Metrics(Collector):
    """Collects counts from the objects that keep them, at each request for metrics."""

    def __init__(self, counter: ResponseCounter, pages: PageCache, sites: Sites) -> None:
        self.counter, self.pages, self.sites = counter, pages, sites
        self.registry = CollectorRegistry()
        self.drawing = Histogram(
            "onestop_render_seconds",
            "Time to lay out, draw and pack one page.",
            ["channel"],
            buckets=BUCKETS,
            registry=self.registry,
        )
        self.limited = Counter(
            "onestop_network_limited",
            "Drafts and photos refused because their network had stored too many in an hour.",
            ["kind"],
            registry=self.registry,
        )
        self._limited_in: dict[str, int] = {}
        self.responses = Histogram(
            "onestop_response_seconds",
            "Time to answer a request that was not answered from a prepared page.",
            buckets=BUCKETS,
            registry=self.registry,
        )
        self.connections = Gauge("onestop_connections", "Open connections.", registry=self.registry)
        self.most_connections = Gauge(
            "onestop_connections_limit", "Connections beyond which the server refuses.", registry=self.registry
        )
        self.journeys = JourneyCounter()
        self.registry.register(self.journeys)
        ProcessCollector(registry=self.registry)
        self.registry.register(self)

    def observe_render(self, channel: str, seconds: float) -> None:
        """Record how long it took to prepare a page of `channel`."""
        self.drawing.labels(channel).observe(seconds)

    def count_limited(self, kind: str, hour: int) -> bool:
        """Count a draft or photo that was refused; return whether it is the first of its kind in this hour."""
        self.limited.labels(kind).inc()
        first = self._limited_in.get(kind) != hour
        self._limited_in[kind] = hour
        return first

    def observe_response(self, seconds: float) -> None:
        """Record how long the application took to answer a request."""
        self.responses.observe(seconds)

    def text(self) -> tuple[bytes, str]:
        """Return all metrics in the Prometheus text format, and its media type."""
        return generate_latest(self.registry), CONTENT_TYPE_LATEST

    def collect(self) -> Iterator[Metric]:
        """Called by the registry."""
        self.counter.fold_all(self.pages)
        requests = CounterMetricFamily("onestop_requests", "Answers sent.", labels=["channel", "status"])
        for (channel, status), count in sorted(self.counter.requests.items()):
            requests.add_metric([channel or "none", str(status)], count)
        yield requests
        visits = CounterMetricFamily("onestop_visits", "Services opened.", labels=["channel"])
        for channel, count in sorted(self.counter.visits.items()):
            visits.add_metric([channel], count)
        yield visits
        yield CounterMetricFamily(
            "onestop_prepared_hits", "Answers sent from prepared pages.", value=self.counter.ready
        )
        site = self.sites.current
        yield from _gauges(
            ("prepared_pages", "Prepared pages kept.", len(self.pages)),
            ("prepared_bytes", "Memory of prepared pages.", self.pages.size),
            ("catalogue_files_held", "Files served in an older version, or left out.", len(self.sites.held)),
            ("catalogue_services", "Services in the catalogue.", len(site.catalogue.services) if site else 0),
            ("catalogue_version", "How often the catalogue has changed.", site.version if site else 0),
            ("catalogue_read_timestamp_seconds", "When the catalogue was read.", site.read.timestamp() if site else 0),
        )
        faults = GaugeMetricFamily("onestop_catalogue_faults", "Faults in the newest catalogue.", labels=["severity"])
        faults.add_metric(["error"], len(self.sites.errors))
        faults.add_metric(["warning"], len(self.sites.warnings))
        yield faults


@dataclass(frozen=True, slots=True, eq=False)
class MergedMetrics(Collector):
    """The metrics of several workers, by their number; every sample gets a label `worker`."""

    texts: Mapping[int, str]

    def collect(self) -> Iterator[Metric]:
        """Called by `generate_latest`."""
        merged: dict[str, Metric] = {}
        for number, text in sorted(self.texts.items()):
            for family in text_string_to_metric_families(text):
                kept = merged.setdefault(family.name, Metric(family.name, family.documentation, family.type))
                for sample in family.samples:
                    kept.add_sample(sample.name, {**sample.labels, "worker": str(number)}, sample.value)
        yield from merged.values()


def merged_text(texts: Mapping[int, bytes]) -> bytes:
    """Return the metrics of several workers as one text in the Prometheus format. Call it in a thread."""
    registry = CollectorRegistry()
    registry.register(MergedMetrics({number: text.decode() for number, text in texts.items()}))
    return generate_latest(registry)


def _gauges(*rows: tuple[str, str, float]) -> Iterator[Metric]:
    for name, help_text, value in rows:
        yield GaugeMetricFamily(f"onestop_{name}", help_text, value=value)
