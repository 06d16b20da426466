"""What every page with cases has: the officer's queues with their counts, the names of desks and services, and the case asked for."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import ClassVar

from aiohttp import web

from onestop.casework.desk_case import DeskCase
from onestop.language import translated
from onestop.staff.handler import StaffHandler
from onestop.staff.officer import Permission
from onestop.staff.other_team import may_read_answers
from onestop.store.database import Transaction
from onestop.store.tables import desk_cases
from onestop.store.tables.desk_cases import Queue, QueueName

LISTS, CASES, START = "/desk/list", "/desk/case", "/desk"
QUEUES: Mapping[QueueName, str] = {
    "open": "All open cases",
    "mine": "Mine",
    "new": "Nobody's yet",
    "due": "Due today",
    "overdue": "Overdue",
    "waiting": "Waiting for the resident",
    "failed": "Not delivered",
    "closed": "Closed",
}
"""The queues of a desk, each with its name: a msgid."""
MOST_KNOWN = 50


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A link of the menu: `count` is how many cases are there, None where they are not counted."""

    label: str
    address: str
    count: int | None
    current: bool


@dataclass(frozen=True, slots=True)
class DeskMenu:
    """One desk of the officer, and its queues if it is the one being looked at."""

    name: str
    address: str
    entries: tuple[MenuEntry, ...]


class CasesHandler(StaffHandler):
    """Answers one request of an officer who works on cases."""

    needs: ClassVar[Permission | None] = Permission.READ_CASES

    @property
    def segments(self) -> list[str]:
        """The segments of the address after /desk/list or /desk/case."""
        return self.context.address.neutral.split("/")[3:]

    def segment(self, number: int) -> str:
        """Return a segment of the address after /desk/list or /desk/case. Raises HTTPNotFound without one."""
        if len(self.segments) <= number:
            raise web.HTTPNotFound
        return self.segments[number]

    @property
    def own_desks(self) -> list[str]:
        """The officer's desks, in the order of desks.yaml."""
        return [desk for desk in self.context.site.routes.names if desk in self.officer.desks]

    def desk_name(self, desk: str, language: str = "") -> str:
        """Return the name of a desk, in the officer's language unless another is given."""
        names = self.context.site.routes.names
        return translated(names[desk], language or self.words.language) if desk in names else desk

    def service_name(self, journey: str, language: str = "") -> str:
        """Return the name of a service, in the officer's language unless another is given."""
        journeys = self.context.site.journeys
        return translated(journeys[journey].title, language or self.words.language) if journey in journeys else journey

    def queue(self, name: QueueName, desk: str) -> Queue:
        """Return a queue of a desk, as it is for this officer now."""
        zone = self.words.zone
        tomorrow = datetime.fromtimestamp(self.now, zone).date() + timedelta(days=1)
        day_end = int(datetime.combine(tomorrow, time(), zone).timestamp())
        return Queue(name, desk, self.officer.id, self.now, day_end)

    def channel_name(self, channel: str) -> str:
        """Return the name of a channel, or of the means by which an officer and a resident spoke."""
        found = self.context.site.local.figures.channels.get(channel)
        return translated(found.names, self.words.language) if found else channel

    async def menu(self, tx: Transaction, desk: str, current: QueueName | None) -> tuple[DeskMenu, ...]:
        """Return the officer's desks, with the queues of the one that is looked at."""
        found = []
        for own in self.own_desks:
            entries = await self._entries(tx, own, current) if own == desk else ()
            found.append(DeskMenu(self.desk_name(own), f"{LISTS}/{own}/open", entries))
        return tuple(found)

    async def _entries(self, tx: Transaction, desk: str, current: QueueName | None) -> tuple[MenuEntry, ...]:
        counts = await desk_cases.counts(tx, self.queue("open", desk))
        return tuple(
            MenuEntry(self.words(label), f"{LISTS}/{desk}/{name}", counts.get(name), name == current)
            for name, label in QUEUES.items()
        )

    async def known(self, tx: Transaction, desk: str) -> str:
        """Return the versions of the cases that changed in this second and are on the page already, as JSON by id."""
        changes = await desk_cases.changed_since(tx, desk, self.now, MOST_KNOWN)
        return json.dumps({change.case: change.version for change in changes})

    async def own_case(self, tx: Transaction) -> DeskCase:
        """Return the case in the address, at one of the officer's desks. Raises HTTPNotFound for any other."""
        case, desk = self.segment(0), self.segment(1)
        found = await desk_cases.find(tx, case, desk) if desk in self.officer.desks else None
        if found is None:
            raise web.HTTPNotFound
        return found

    async def readable_case(self, tx: Transaction) -> DeskCase:
        """Return the case in the address, also one of another team for whose answers a reason was given. Raises HTTPNotFound."""
        case, desk = self.segment(0), self.segment(1)
        allowed = await may_read_answers(tx, self.officer, case, (desk,), self.now)
        found = await desk_cases.find(tx, case, desk) if allowed else None
        if found is None:
            raise web.HTTPNotFound
        return found
