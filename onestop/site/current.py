"""The site being served: the last good catalogue, and the faults of the newest."""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from channels.contract import Channel
from onestop.authoring.faults import Fault
from onestop.catalogue.source.load import LoadResult, Progress, load, reload
from onestop.delivery.routes import Routes
from onestop.journeys.source.folder import JourneyCache
from onestop.site.journeys import journeys_of, routes_of
from onestop.site.pictures import PictureCache, slots_of
from onestop.site.quiet import quiet_reading
from onestop.site.site import Site, build_site

MOST_LOGGED = 50
log = logging.getLogger("onestop")


class Sites:
    """`errors` and `warnings` are those of the newest catalogue. The functions in `changed` are called when a new site is served.

    `words` are folders of .po files; no section may have one of the `reserved` names, and no question one of `reserved_steps`.
    """

    def __init__(
        self,
        folder: Path,
        channels: Sequence[Channel],
        cache: Path | None = None,
        *,
        words: tuple[Path, ...] = (),
        reserved: frozenset[str] = frozenset(),
        reserved_steps: frozenset[str] = frozenset(),
    ) -> None:
        self.folder = folder
        self.cache = cache
        self.channels = channels
        self.words, self.reserved, self.reserved_steps = words, reserved, reserved_steps
        self.pictures = PictureCache(slots_of(channels))
        self.current: Site | None = None
        self.errors: tuple[Fault, ...] = ()
        self.warnings: tuple[Fault, ...] = ()
        self.loaded: LoadResult | None = None
        self.journey_cache = JourneyCache()
        self.changed: list[Callable[[], None]] = []

    def read(self, progress: Progress | None = None) -> Site | None:
        """Read everything, in a thread. Pass the result to `take`."""
        cache = self.cache / "files" if self.cache else None
        today = datetime.now(UTC).date()
        with quiet_reading():
            return self._built(load(self.folder, today, progress, reserved=self.reserved, cache=cache))

    def read_again(self, files: frozenset[Path]) -> Site | None:
        """Read what has changed, in a thread."""
        today = datetime.now(UTC).date()
        with quiet_reading():
            if self.loaded is None:
                return self._built(load(self.folder, today, reserved=self.reserved))
            return self._built(reload(self.loaded, self.folder, files, today))

    def take(self, site: Site | None) -> None:
        """Serve a new site; for None, keep the last one and log the faults."""
        if site is None:
            for fault in self.errors[:MOST_LOGGED]:
                log.error("%s", fault)
            log.error("%d faults in the catalogue; the last good one is still being served", len(self.errors))
            return
        self.current = site
        self.pictures.next_catalogue()
        services, warnings = len(site.catalogue.services), len(self.warnings)
        log.info("version %d of the catalogue: %d services, %d warnings", site.version, services, warnings)
        for tell in self.changed:
            tell()

    def status(self) -> Mapping[str, str | int]:
        """Return what is served, for /healthz."""
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
        today = datetime.now(UTC).date()
        read, about_journeys = journeys_of(loaded, self.folder, means, today, self.journey_cache, self.reserved_steps)
        routes, about_routes = routes_of(loaded, self.folder)
        faults = sorted((*loaded.faults, *about_journeys, *about_routes))
        self.errors = tuple(fault for fault in faults if fault.severity == "error")
        self.warnings = tuple(fault for fault in faults if fault.severity == "warning")
        if loaded.catalogue is None or self.errors:
            return None
        version = (self.current.version if self.current else 0) + 1
        return build_site(
            version, loaded.catalogue, self.channels, read.journeys, routes, self.current, self.cache, self.words
        )
