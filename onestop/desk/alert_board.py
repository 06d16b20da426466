"""The banners of the desk on every screen: read from the store by each process, so that all of them show the same."""

import asyncio
import logging
from contextlib import AbstractAsyncContextManager
from datetime import date

from onestop.capability import Parts
from onestop.catalogue.council import CouncilAlert
from onestop.http.background import background_task
from onestop.site.current import Sites
from onestop.store.database import Database, Transaction
from onestop.store.errors import Unavailable
from onestop.store.tables.staff import desk_alerts

SECONDS = 2.0
"""Seconds after which a banner that another process has stored is shown by this one too."""
log = logging.getLogger("onestop")


async def refresh_alerts(sites: Sites, database: Database, today: date) -> None:
    """Show the banners that are stored, and none of alert.yaml that an officer has taken down. Raises Unavailable."""

    async def work(tx: Transaction) -> tuple[tuple[desk_alerts.DeskAlert, ...], frozenset[str]]:
        return await desk_alerts.shown(tx, today.isoformat()), await desk_alerts.hidden(tx)

    stored, hidden = await database.read(work)
    shown = tuple(CouncilAlert(one.titles, one.texts, one.target, ends=one.last_day) for one in stored)
    sites.announce(shown, hidden)


def running(parts: Parts, database: Database) -> AbstractAsyncContextManager[None]:
    """Keep the banners current until the server ends."""
    return background_task(_forever(parts, database))


async def _forever(parts: Parts, database: Database) -> None:
    failed = False
    while True:
        try:
            await refresh_alerts(parts.sites, database, parts.sites.today())
            failed = False
        except Unavailable as why:
            if not failed:
                log.error("the banners of the desk cannot be read: %s; those shown before are shown still", why)
            failed = True
        await asyncio.sleep(SECONDS)
