"""Which site is being served: the last good catalogue, and what is wrong with the newest."""

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from channels.contract import Channel
from onestop.catalogue.faults import Fault, errors
from onestop.catalogue.load import Loaded, Progress, load, reload
from onestop.web.site import Site, build_site

log = logging.getLogger("onestop")


class Sites:
    """`changed` are called when another site is being served."""

    def __init__(self, folder: Path, channels: Sequence[Channel]) -> None:
        self.folder = folder
        self.channels = channels
        self.current: Site | None = None
        self.faults: tuple[Fault, ...] = ()
        self.loaded: Loaded | None = None
        self.changed: list[Callable[[], None]] = []

    def read(self, progress: Progress | None = None) -> Site | None:
        """Read everything. To be run in a thread; pass what comes back to `take`."""
        return self._built(load(self.folder, datetime.now(UTC).date(), progress))

    def read_again(self, files: frozenset[Path]) -> Site | None:
        """Read what has changed. To be run in a thread as well."""
        today = datetime.now(UTC).date()
        return self._built(reload(self.loaded, self.folder, files, today) if self.loaded else load(self.folder, today))

    def take(self, site: Site | None) -> None:
        """Serve a new site; for a broken one, go on with the last and say what is wrong."""
        for fault in self.faults:
            log.log(logging.ERROR if fault.severity == "error" else logging.WARNING, "%s", fault)
        if site is None:
            log.error("the catalogue has faults; the last good one is still being served")
            return
        self.current = site
        log.info("version %d of the catalogue: %d services", site.version, len(site.catalogue.services))
        for tell in self.changed:
            tell()

    @property
    def broken(self) -> bool:
        """Whether the newest catalogue could not be served."""
        return errors(self.faults)

    def _built(self, loaded: Loaded) -> Site | None:
        self.loaded, self.faults = loaded, loaded.faults
        if loaded.catalogue is None:
            return None
        return build_site((self.current.version if self.current else 0) + 1, loaded.catalogue, self.channels)
