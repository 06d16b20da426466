"""What authors look after: faults of the content, what was searched and not found, and services to be read again."""

from datetime import date, timedelta
from typing import ClassVar

from aiohttp import web

from onestop.desk.cases_handler import CasesHandler
from onestop.language import translated
from onestop.staff.officer import Permission
from onestop.store.counts import missed_words
from onestop.store.database import Transaction

MOST_WORDS, MOST_FAULTS = 100, 100
SEARCHED_DAYS = 62
STALE_DAYS = 365
"""Days after which a service is to be read again."""


class ContentPage(CasesHandler):
    """The page /desk/content."""

    needs: ClassVar[Permission | None] = None

    async def get(self) -> web.StreamResponse:
        today = self.context.now.astimezone(self.words.zone).date()
        month = (today - timedelta(days=SEARCHED_DAYS)).strftime("%Y-%m")

        async def work(tx: Transaction) -> dict[str, object]:
            return {
                "menu": await self.menu(tx, "", None),
                "missed": await missed_words.since(tx, month, MOST_WORDS),
            }

        sites = self.parts.sites
        faults = (*sites.errors, *sites.warnings)
        return self.page(
            "content.html", status=200, faults=faults[:MOST_FAULTS], more_faults=max(0, len(faults) - MOST_FAULTS),
            stale=self._stale(today), alerts=self._alerts(today), **await self.database.read(work),
        )  # fmt: skip

    def _alerts(self, today: date) -> list[str]:
        """Return the titles of the banners that are shown."""
        alerts = self.context.site.catalogue.alerts
        return [translated(one.titles, self.words.language) for one in alerts if one.is_shown(today)]

    def _stale(self, today: date) -> list[tuple[str, str, str]]:
        """Return title, address and date of the services that were read last more than a year ago, the longest ago first."""
        services = self.context.site.catalogue.services
        old = [one for one in services if (today - one.reviewed).days > STALE_DAYS]
        language = self.words.language
        return [
            (one.title(language), one.address, self.words.date(one.reviewed))
            for one in sorted(old, key=lambda one: one.reviewed)
        ]
