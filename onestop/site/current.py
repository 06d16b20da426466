"""Which site is being served: the last good catalogue, and what is wrong with the newest."""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from channels.contract import Channel
from onestop.authoring.faults import Fault
from onestop.catalogue.source.load import LoadResult, Progress, load, reload
from onestop.delivery.routes import Routes
from onestop.journeys.source.folder import JourneyCache
from onestop.site.check import journeys_of, routes_of
from onestop.site.pictures import Gallery, slots_of
from onestop.site.quiet import quiet_reading
from onestop.site.site import Site, build_site

MOST_SAID = 50
log = logging.getLogger("onestop")


class Sites:
    """`errors` and `warnings` are those of the newest catalogue; `changed` are called when another site is being served."""

    def __init__(self, folder: Path, channels: Sequence[Channel], cache: Path | None = None) -> None:
        self.folder = folder
        self.cache = cache
        self.channels = channels
        self.gallery = Gallery(slots_of(channels))
        self.current: Site | None = None
        self.errors: tuple[Fault, ...] = ()
        self.warnings: tuple[Fault, ...] = ()
        self.loaded: LoadResult | None = None
        self.changed: list[Callable[[], None]] = []
        self.journey_cache = JourneyCache()

    def read(self, progress: Progress | None = None) -> Site | None:
        """Read everything. To be run in a thread; pass what comes back to `take`."""
        cache = self.cache / "files" if self.cache else None
        with quiet_reading():
            return self._built(load(self.folder, datetime.now(UTC).date(), progress, cache=cache))

    def read_again(self, files: frozenset[Path]) -> Site | None:
        """Read what has changed. To be run in a thread as well."""
        today = datetime.now(UTC).date()
        with quiet_reading():
            return self._built(
                reload(self.loaded, self.folder, files, today) if self.loaded else load(self.folder, today)
            )

    def take(self, site: Site | None) -> None:
        """Serve a new site; for a broken one, go on with the last and say what is wrong."""
        if site is None:
            for fault in self.errors[:MOST_SAID]:
                log.error("%s", fault)
            log.error("%d faults in the catalogue; the last good one is still being served", len(self.errors))
            return
        self.current = site
        self.gallery.turn()
        services, warnings = len(site.catalogue.services), len(self.warnings)
        log.info("version %d of the catalogue: %d services, %d warnings", site.version, services, warnings)
        for tell in self.changed:
            tell()

    def said(self) -> Mapping[str, str | int]:
        """What there is to serve, for those who watch over it."""
        site = self.current
        return {
            "status": "starting" if site is None else "ok",
            "version": site.version if site else 0,
            "services": len(site.catalogue.services) if site else 0,
            "errors": len(self.errors),
            "warnings": len(self.warnings),
        }

    def routes(self) -> Routes | None:
        """Return the current desks' destinations, or None until the catalogue has been read."""
        return self.current.routes if self.current else None

    def _built(self, loaded: LoadResult) -> Site | None:
        self.loaded = loaded
        means = {channel.name: channel.means for channel in self.channels}
        read, about_journeys = journeys_of(loaded, self.folder, means, datetime.now(UTC).date(), self.journey_cache)
        routes, about_routes = routes_of(loaded, self.folder)
        faults = sorted((*loaded.faults, *about_journeys, *about_routes))
        self.errors = tuple(fault for fault in faults if fault.severity == "error")
        self.warnings = tuple(fault for fault in faults if fault.severity == "warning")
        if loaded.catalogue is None or self.errors:
            return None
        version = (self.current.version if self.current else 0) + 1
        return build_site(version, loaded.catalogue, self.channels, read.journeys, routes, self.current, self.cache)
