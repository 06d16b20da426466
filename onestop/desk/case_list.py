"""The list of a desk's cases: its queues, and the cases of a service, a postcode or a street."""

import json
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from aiohttp import web

from onestop.audit.chain import record
from onestop.audit.entry import AuditAction, AuditEntry
from onestop.capability import WAKE
from onestop.casework.desk_case import CaseEvent, DeskCase, EventKind
from onestop.casework.reference import grouped, parse_reference
from onestop.casework.whereabouts import street_name
from onestop.desk.cases_handler import CASES, LISTS, QUEUES, CasesHandler
from onestop.desk.ticked_cases import apply_to_all, colleagues_of
from onestop.http.request.form_body import FormBody
from onestop.places.postcode import parse_postcode
from onestop.staff.officer import Permission
from onestop.store.database import Transaction
from onestop.store.encryption.address_token import make_address_token, read_address_token
from onestop.store.tables import desk_cases
from onestop.store.tables.desk_cases import ListedCase, Queue
from onestop.store.tables.staff import officers

MOST = 50
"""Cases of one page of a list."""
MOST_TYPED = 80
BY_AGE = "age"
PURPOSE = "desk"
"""Of the tokens of searches: no page of another room accepts them."""
CONTENT = "/desk/content"


@dataclass(frozen=True, slots=True)
class CaseRowView:
    """One row of the list, in words."""

    address: str
    title: str
    line: str
    reference: str
    case: DeskCase
    officer: str
    overdue: bool
    channel: str


class FirstPage(CasesHandler):
    """The address /desk: the officer's first list, or the pages for those who have no desk."""

    needs = None

    async def get(self) -> web.StreamResponse:
        desks = self.own_desks
        return self.to(f"{LISTS}/{desks[0]}/open" if desks else CONTENT)


class CaseList(CasesHandler):
    """The page /desk/list/<desk>/<queue>."""

    async def get(self) -> web.StreamResponse:
        queue, after = self._queue(), self._after()

        async def work(tx: Transaction) -> dict[str, object]:
            found = await desk_cases.page(tx, queue, after, MOST + 1)
            names = await officers.names(tx)
            rows = [self._row(one, names) for one in found[:MOST]]
            more = self._more(found[MOST - 1].case) if len(found) > MOST else ""
            menu = await self.menu(tx, queue.desk, queue.name)
            return {
                "menu": menu, "rows": rows, "more": more, "queue": queue, "title": self.words(QUEUES[queue.name]),
                "desk": self.desk_name(queue.desk), "services": self._services(queue.desk), "typed": self._typed(queue),
                "live": f"/desk/live/{queue.desk}/{self.now}",
                "known": await self.known(tx, queue.desk), "kept": f"?{urlencode(self._kept())}" if self._kept() else "",
                "told": self._told(), "colleagues": colleagues_of(await officers.list_all(tx), queue.desk),
                "may_take": self.officer.may(Permission.HANDLE_CASES), "may_assign": self.officer.may(Permission.ASSIGN_CASES),
            }  # fmt: skip

        return self.page("case-list.html", status=200, **await self.database.read(work))

    async def post(self, form: FormBody) -> web.StreamResponse:
        """Search, or act on the cases that are ticked on this page of the list."""
        return await (self._act_on_ticked(form) if len(self.segments) > 1 else self._search(form))

    async def _act_on_ticked(self, form: FormBody) -> web.StreamResponse:
        """Take the ticked cases or give them to a colleague, and return to the list, which says how many."""
        self._queue()
        action, colleague = form.first("do"), form.first("colleague")
        kinds: dict[str, EventKind] = {"take": "taken", "assign": "assigned"}
        if action not in kinds or not self.officer.may(Permission.HANDLE_CASES):
            raise web.HTTPForbidden
        if action == "assign" and not self.officer.may(Permission.ASSIGN_CASES):
            raise web.HTTPForbidden
        event = CaseEvent(kinds[action], self.now, self.officer.id, colleague if action == "assign" else "")
        ticked = sorted(set(form.fields.get("case", ())))[:MOST]
        done = await self.database.run(lambda tx: apply_to_all(tx, self._own_desk(), ticked, event))
        self.context.request.app[WAKE]()
        query = urlencode({**self._kept(), "done": done, "late": len(ticked) - done})
        headers = {
            "Location": f"{self.context.path(self.context.address.neutral)}?{query}",
            "Cache-Control": "no-store",
        }
        return web.Response(status=303, headers=headers)

    async def _search(self, form: FormBody) -> web.StreamResponse:
        """Lead to the case with a reference, or to a list by postcode or street whose address says nothing."""
        desk, typed = self._own_desk(), form.first("typed").strip()[:MOST_TYPED]
        await self.database.run(lambda tx: record(tx, AuditEntry(self.officer.id, AuditAction.SEARCH, desk), self.now))
        if not typed:
            return self.to(f"{LISTS}/{desk}/open")
        if reference := parse_reference(typed):
            found = await self.database.read(lambda tx: desk_cases.with_reference(tx, reference))
            own = next((one.case for one in found if one.case.desk in self.officer.desks), None)
            if own:
                return self.to(f"{CASES}/{own.case}/{own.desk}")
        filters = {"postcode": parse_postcode(typed) or "", "typed": typed}
        if not filters["postcode"]:
            filters["street"] = street_name(typed)
        token = make_address_token(self.database.keys, PURPOSE, json.dumps(filters), self.cookie.secret, self.now)
        return self.to(f"{LISTS}/{desk}/open/{token}")

    def _own_desk(self) -> str:
        desk = self.segment(0)
        if desk not in self.own_desks:
            raise web.HTTPNotFound
        return desk

    def _queue(self) -> Queue:
        """Return the queue of the address, with its filters. Raises HTTPNotFound for a desk that is not the officer's."""
        desk, name = self._own_desk(), self.segment(1)
        found = next((known for known in QUEUES if known == name), None)
        if found is None:
            raise web.HTTPNotFound
        query, filters = self.context.request.query, self._filters()
        journey = query.get("service", "")
        return replace(
            self.queue(found, desk),
            journey=journey if journey in self.context.site.journeys else "",
            by_age=query.get("by") == BY_AGE,
            postcode=filters.get("postcode", ""),
            street=filters.get("street", ""),
        )

    def _filters(self) -> dict[str, str]:
        """Return what a search asked for: its words are in no address."""
        token = self.segments[2] if len(self.segments) > 2 else ""
        text = read_address_token(self.database.keys, PURPOSE, token, self.cookie.secret, self.now) if token else None
        found: dict[str, str] = json.loads(text) if text else {}
        return found

    def _typed(self, queue: Queue) -> str:
        return self._filters().get("typed", "") if queue.postcode or queue.street else ""

    def _after(self) -> DeskCase | None:
        """Return the last case of the page before, as far as a list is sorted by it."""
        promised, _, case = self.context.request.query.get("after", "").partition(".")
        if not (promised.isascii() and promised.isdecimal() and len(promised) < 13 and case.isalnum()):
            return None
        return DeskCase(case, "", "", "", "", 0, int(promised), 0)

    def _more(self, last: DeskCase) -> str:
        """Return the path of the next page."""
        after = urlencode({**self._kept(), "after": f"{last.promised}.{last.case}"})
        return f"{self.context.path(self.context.address.neutral)}?{after}"

    def _kept(self) -> dict[str, str]:
        """Return the filters of the address that its links keep."""
        return {name: text for name in ("service", "by") if (text := self.context.request.query.get(name))}

    def _told(self) -> tuple[int, int]:
        """Return how many ticked cases were acted on, and how many had changed meanwhile."""
        done, late = (self.context.request.query.get(name, "") for name in ("done", "late"))
        return (int(done[:3]), int(late[:3])) if done.isdecimal() and late.isdecimal() else (0, 0)

    def _row(self, one: ListedCase, names: dict[str, str]) -> CaseRowView:
        case = one.case
        address, title = f"{CASES}/{case.case}/{case.desk}", self.service_name(case.journey)
        late = case.is_open and case.promised < self.now
        who, channel = names.get(case.officer, ""), self.channel_name(case.channel)
        return CaseRowView(address, title, one.line, grouped(case.reference), case, who, late, channel)

    def _services(self, desk: str) -> list[tuple[str, str]]:
        """Return the journeys whose cases come to a desk, with their titles."""
        there = [name for name, journey in self.context.site.journeys.items() if desk in journey.done.send]
        return sorted(((name, self.service_name(name)) for name in there), key=lambda one: one[1])
