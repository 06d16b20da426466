"""Publishes the figures: once a day, up to the end of the day before, from the counts in the database."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta

from onestop.catalogue.catalogue import Catalogue
from onestop.figures.event import Event
from onestop.figures.publication import Publication, month_figures
from onestop.figures.release import released
from onestop.http.background import background_task
from onestop.http.page_cache import PageCache
from onestop.site.current import Sites
from onestop.store.database import Database
from onestop.store.errors import Unavailable
from onestop.store.tables import events
from onestop.store.tables.events import MonthCount

SECONDS, DAY = 20.0, timedelta(days=1)
MONTHS_SHOWN, MONTHS_KEPT = 13, 37
"""Months that are published, and whose counts are kept."""
log = logging.getLogger("onestop")


def standards_of(catalogue: Catalogue) -> Mapping[str, int]:
    """Return the days within which a service's cases are to be delivered, by subject."""
    return {service.subject: service.standard for service in catalogue.services if service.standard}


def publication_of(
    counts: Iterable[MonthCount], running: Sequence[Mapping[Event, int]], through: date, standards: Mapping[str, int]
) -> Publication:
    """Return the figures of the days to the end of `through`: `counts` of months that have ended, `running` of each day since."""
    months: dict[str, dict[Event, int]] = defaultdict(dict)
    for one in counts:
        months[one.month][one.event] = one.times
    if running:
        months[through.isoformat()[:7]] = dict(released(running))
    return Publication(through, tuple(month_figures(month, months[month], standards) for month in sorted(months)))


def first_day(day: date, back: int) -> date:
    """Return the first day of the month so many months before that of a day."""
    number = day.year * 12 + day.month - 1 - back
    return date(number // 12, number % 12 + 1, 1)


class Publisher:
    """Reads the counts when a day has ended, or when the standards have changed. `clock` gives seconds since 1970."""

    def __init__(self, sites: Sites, pages: PageCache, database: Database, clock: Callable[[], float]) -> None:
        self.sites, self.pages, self.database, self.clock = sites, pages, database, clock
        self.published: tuple[date, Mapping[str, int]] | None = None

    async def publish(self) -> None:
        """Publish the figures if they are due."""
        site = self.sites.current
        if site is None:
            return
        through = datetime.fromtimestamp(self.clock(), UTC).date() - DAY
        standards = standards_of(site.catalogue)
        if self.published == (through, standards):
            return
        # The day after `through`, so that a month whose last day has ended is not running.
        first, running = first_day(through, MONTHS_SHOWN - 1), first_day(through + DAY, 0)
        try:
            await self.database.run(lambda tx: events.drop_before(tx, first_day(through, MONTHS_KEPT)))
            counts = await self.database.read(lambda tx: events.by_month(tx, first, running - DAY))
            days = await self.database.read(lambda tx: events.by_day(tx, running, through))
        except Unavailable as why:
            log.error("the figures cannot be read: %s; next try in %g s", why, SECONDS)
            return
        # In a thread: a large catalogue has many counts.
        found = await asyncio.to_thread(publication_of, counts, days, through, standards)
        self.sites.publish(found)
        self.pages.drop()
        self.published = through, standards

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Publish for as long as the server runs."""
        async with background_task(self._forever()):
            yield

    async def _forever(self) -> None:
        while True:
            await self.publish()
            await asyncio.sleep(SECONDS)
