"""The site being served: the last good version of every file, and the faults of the newest."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from channels.contract import Channel
from onestop.authoring.faults import Fault, in_order
from onestop.authoring.source import digest
from onestop.catalogue.council import CouncilAlert
from onestop.catalogue.source.copies import Copies
from onestop.catalogue.source.last_good import next_change
from onestop.catalogue.source.load import LoadResult, Progress, load, reload
from onestop.catalogue.source.parsed_content import with_errors
from onestop.catalogue.source.settings_files import SETTINGS, zone_of
from onestop.delivery.routes import FILE as DESKS
from onestop.delivery.routes import Routes
from onestop.figures.publication import Publication
from onestop.journeys.journey import Journey
from onestop.journeys.source.folder import JourneyCache
from onestop.messages.carriers_file import FILE as MESSAGES
from onestop.site.journeys import carriers_of, journeys_of, published_journeys, routes_of
from onestop.site.local import local_content_of
from onestop.site.pictures import PictureCache, slots_of
from onestop.site.quiet import quiet_reading
from onestop.site.site import Site, build_site

MOST_LOGGED = 50
log = logging.getLogger("onestop")


class Sites:
    """`errors` and `warnings` are those of the newest files; of those in `held` an older version is served, or none. The functions in
    `changed` are called when a new site is served.

    `words` are folders of .po files; no section may have one of the `reserved` names, and no question one of `reserved_steps`.
    `clock` gives seconds since 1970.
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
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.folder = folder
        self.clock = clock
        self.cache = cache
        self.channels = channels
        self.words, self.reserved, self.reserved_steps = words, reserved, reserved_steps
        self.pictures = PictureCache(slots_of(channels))
        self.current: Site | None = None
        self.figures = Publication()
        self.alerts_of_files: tuple[CouncilAlert, ...] = ()
        self.announced: tuple[tuple[CouncilAlert, ...], frozenset[str]] = ((), frozenset())
        self.copies = Copies(cache / "published" / _name_of(folder)) if cache else None
        self.errors: tuple[Fault, ...] = ()
        self.logged: frozenset[Fault] = frozenset()
        self.held: frozenset[str] = frozenset()
        self.warnings: tuple[Fault, ...] = ()
        self.loaded: LoadResult | None = None
        self.journey_cache = JourneyCache()
        self.changed: list[Callable[[], None]] = []

    def read(self, progress: Progress | None = None) -> Site | None:
        """Read everything, in a thread. Pass the result to `take`."""
        cache = self.cache / "files" if self.cache else None
        copies = self.copies.folder if self.copies else None
        today = self.today()
        with quiet_reading():
            loaded = load(
                self.folder, today, progress, reserved=self.reserved, cache=cache, copies=copies, before=self.loaded
            )
            return self._built(loaded)

    def read_again(self, files: frozenset[Path]) -> Site | None:
        """Read what has changed, in a thread."""
        today = self.today()
        with quiet_reading():
            if self.loaded is None or self.loaded.catalogue is None:
                return self.read()
            return self._built(reload(self.loaded, self.folder, files, today))

    def take(self, site: Site | None) -> None:
        """Serve a new site, and log the faults that are new. None is no site: no council.yaml could ever be read."""
        new = [fault for fault in self.errors if fault not in self.logged]
        for fault in new[:MOST_LOGGED]:
            log.error("%s", fault)
        self.logged = frozenset(self.errors)
        if site is None:
            log.error("%d faults in the catalogue, and no version of it can be served", len(self.errors))
            return
        self.alerts_of_files = site.catalogue.alerts
        self._serve(site)
        self.pictures.next_catalogue()
        version = self.current.version if self.current else 0
        services, warnings = len(site.catalogue.services), len(self.warnings)
        log.info("version %d of the catalogue: %d services, %d warnings", version, services, warnings)
        if new:
            log.error("%d faults in the catalogue; the last good version of each file is served", len(self.errors))

    def announce(self, shown: tuple[CouncilAlert, ...], hidden: frozenset[str]) -> None:
        """Show these alerts before those of the files, and of those none whose digest is `hidden`."""
        before, self.announced = self.announced, (shown, hidden)
        if self.current and before != self.announced:
            self._serve(self.current)

    def _serve(self, site: Site) -> None:
        """Serve a site, with the alerts that are announced, under a version of its own."""
        shown, hidden = self.announced
        alerts = (*shown, *(alert for alert in self.alerts_of_files if alert.digest not in hidden))
        version = (self.current.version if self.current else 0) + 1
        catalogue = replace(site.catalogue, alerts=alerts)
        self.current = replace(site, version=version, catalogue=catalogue, figures=self.figures)
        for tell in self.changed:
            tell()

    def publish(self, figures: Publication) -> None:
        """Show these figures from now on."""
        self.figures = figures
        if self.current:
            self.current = replace(self.current, figures=figures)

    def status(self) -> Mapping[str, str | int]:
        """Return what is served, for /healthz."""
        site = self.current
        return {
            "status": "starting" if site is None else "ok",
            "version": site.version if site else 0,
            "services": len(site.catalogue.services) if site else 0,
            "errors": len(self.errors),
            "warnings": len(self.warnings),
            "held": len(self.held),
        }

    def routes(self) -> Routes | None:
        """Return the current desks' destinations, or None until the catalogue has been read."""
        return self.current.routes if self.current else None

    def save_copies(self) -> None:
        """Copy the files that are served without errors, for the next start; in a thread."""
        if self.loaded and self.copies and self.current:
            wrong = self.held | with_errors(self.errors)
            sections = (f"services{section.address}/section.yaml" for section in self.current.catalogue.sections)
            journeys = (f"journeys/{name}.yaml" for name in self.current.journeys)
            digests = dict.fromkeys((*SETTINGS, DESKS, MESSAGES, *sections, *journeys), b"")
            digests |= {name: file.digest for name, file in self.loaded.published.services.items()}
            label = self.loaded.content.label
            self.copies.save(self.folder, digests, frozenset(name for name in digests if f"{label}/{name}" in wrong))

    def _built(self, loaded: LoadResult) -> Site | None:
        self.loaded = loaded
        means = {channel.name: channel.means for channel in self.channels}
        today = self.today()
        read, about_journeys = journeys_of(loaded, self.folder, means, today, self.journey_cache, self.reserved_steps)
        routes, about_routes = routes_of(loaded, self.folder)
        carriers, about_carriers = carriers_of(loaded, self.folder)
        local, about_local = local_content_of(loaded, self.folder, today, self.current.local if self.current else None)
        faults = in_order((*loaded.faults, *about_journeys, *about_routes, *about_carriers, *about_local))
        self.errors = tuple(fault for fault in faults if fault.severity == "error")
        self.warnings = tuple(fault for fault in faults if fault.severity == "warning")
        self.held = loaded.held
        if loaded.catalogue is None:
            return None
        before = self.current
        copies = self.copies.folder if self.copies else None

        def copied() -> Mapping[str, Journey]:
            return journeys_of(loaded, copies, means, today)[0].journeys if copies else {}

        journeys = published_journeys(loaded, read, before.journeys if before else {}, copied)
        catalogue = loaded.catalogue.without_journeys({s.journey for s in loaded.catalogue.services} - {"", *journeys})
        site = build_site(
            (before.version if before else 0) + 1,
            catalogue,
            self.channels,
            journeys,
            self._routes(routes, loaded, copies),
            before,
            self.cache,
            self.words,
        )
        changes = next_change(loaded.content, today, catalogue.council.zone)
        return replace(site, local=local, changes=changes, carriers=carriers)

    def today(self) -> date:
        """Return the date that it is now at the council."""
        zone = self.current.catalogue.council.zone if self.current else zone_of(self.folder)
        return datetime.fromtimestamp(self.clock(), UTC).astimezone(zone).date()

    def _routes(self, newest: Routes, loaded: LoadResult, copies: Path | None) -> Routes:
        """Return the newest routes; if desks.yaml has errors, is empty or is gone, those served before, or those of its copy."""
        file = f"{loaded.content.label}/{DESKS}"
        if newest.names and file not in with_errors(self.errors):
            return newest
        if self.current:
            return self.current.routes
        return routes_of(loaded, copies)[0] if copies else newest


def _name_of(folder: Path) -> str:
    """Return a name for the copies of a content folder: those of another must never be served in its stead."""
    return digest(str(folder.absolute()).encode()).hex()
