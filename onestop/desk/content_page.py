"""What authors look after: the banner, faults of the content, what was searched and not found, what did not help, and review dates."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from aiohttp import web

from onestop.catalogue.catalogue import Service
from onestop.catalogue.council import CouncilAlert
from onestop.desk.cases_handler import CasesHandler
from onestop.language import translated
from onestop.staff.officer import Permission
from onestop.store.counts import missed_words
from onestop.store.database import Transaction
from onestop.store.tables import events
from onestop.store.tables.staff import desk_alerts, officers
from onestop.store.tables.staff.desk_alerts import DeskAlert

MOST_WORDS, MOST_FAULTS, MOST_SERVICES = 100, 100, 50
SEARCHED_DAYS = 62
STALE_DAYS, SOON_DAYS = 365, 30
"""Days after which a service is to be read again, and how many days before that it is listed."""


@dataclass(frozen=True, slots=True)
class ShownAlert:
    """A banner in the officer's language. `id` is empty for one of alert.yaml, which has a `digest`; `hidden` if it is taken down."""

    title: str
    text: str
    by: str
    begun: int
    last_day: str
    id: str = ""
    digest: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A service in a list of the page: `note` is what is to be known of it."""

    title: str
    address: str
    note: str
    due: bool = False


class ContentPage(CasesHandler):
    """The page /desk/content."""

    needs: ClassVar[Permission | None] = None

    async def get(self) -> web.StreamResponse:
        return await self.shown({}, "", 200)

    @property
    def today(self) -> date:
        return self.context.now.astimezone(self.words.zone).date()

    async def shown(self, typed: Mapping[str, str], error: str, status: int) -> web.Response:
        """Return the page, with what was typed in the form of the banner and why it was refused."""
        since = self.today - timedelta(days=SEARCHED_DAYS)

        async def work(tx: Transaction) -> dict[str, object]:
            stored = await desk_alerts.shown(tx, self.today.isoformat())
            return {
                "menu": await self.menu(tx, "", None),
                "alerts": self._alerts(stored, await desk_alerts.hidden(tx), await officers.names(tx)),
                "missed": await missed_words.since(tx, since.strftime("%Y-%m"), MOST_WORDS),
                "feedback": self._feedback(await events.feedback_since(tx, since, MOST_SERVICES)),
            }

        sites = self.parts.sites
        return self.page(
            "content.html", status=status, faults=sites.errors[:MOST_FAULTS], warnings=sites.warnings[:MOST_FAULTS],
            warnings_in_all=len(sites.warnings), stale=self._stale(), may_edit=self.officer.may(Permission.EDIT_CONTENT),
            typed=typed, error=error, **await self.database.read(work),
        )  # fmt: skip

    def _alerts(
        self, stored: tuple[DeskAlert, ...], hidden: frozenset[str], names: Mapping[str, str]
    ) -> list[ShownAlert]:
        """Return the banners that are shown, and those of alert.yaml that an officer has taken down."""
        language = self.words.language
        own = [
            ShownAlert(
                translated(one.titles, language), translated(one.texts, language), names.get(one.officer, ""), one.begun,
                self.words.date(date.fromisoformat(one.last_day)) if one.last_day else "", one.id,
            )
            for one in stored
        ]  # fmt: skip
        return own + [self._of_file(one, hidden) for one in self.parts.sites.alerts_of_files]

    def _of_file(self, alert: CouncilAlert, hidden: frozenset[str]) -> ShownAlert:
        language = self.words.language
        title, text = translated(alert.titles, language), translated(alert.texts, language)
        last_day = self.words.date(date.fromisoformat(alert.ends)) if alert.ends else ""
        return ShownAlert(title, text, "", 0, last_day, digest=alert.digest, hidden=alert.digest in hidden)

    def _feedback(self, counted: tuple[tuple[str, int, int], ...]) -> list[ServiceLine]:
        """Return the services that residents were asked about, those that did not help most often first."""
        catalogue, language = self.context.site.catalogue, self.words.language
        services = {service.subject: service for service in catalogue.services if service.journey}
        found = []
        for subject, yes, no in counted:
            service = services.get(subject) or catalogue.find(subject)
            note = self.words("helped {yes}, did not help {no}", yes=yes, no=no)
            if isinstance(service, Service):
                found.append(ServiceLine(service.title(language), service.address, note, no > yes))
        return found

    def _stale(self) -> list[ServiceLine]:
        """Return the services that are to be read again now or soon, the longest ago first."""
        language = self.words.language
        old = [
            one
            for one in self.context.site.catalogue.services
            if (self.today - one.reviewed).days > STALE_DAYS - SOON_DAYS
        ]
        return [
            ServiceLine(
                one.title(language), one.address, self.words("last read {day}", day=self.words.date(one.reviewed)),
                (self.today - one.reviewed).days > STALE_DAYS,
            )
            for one in sorted(old, key=lambda one: one.reviewed)[:MOST_SERVICES]
        ]  # fmt: skip
