"""The capability: /open311/v2/, discovery, services, requests and tokens of GeoReport v2 (wiki.open311.org/GeoReport_v2)."""

import asyncio
import hmac
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from secrets import SystemRandom

from aiohttp import web

from onestop.capability import DATABASE, WAKE, Capability, Parts
from onestop.casework.case import Receipt, Submission
from onestop.casework.promise import promised_by
from onestop.casework.whereabouts import whereabouts_in
from onestop.catalogue.catalogue import Service
from onestop.delivery.kinds.secret_file import SecretFile, SecretMissing
from onestop.http.request.form_body import FormBody, read_form_body
from onestop.journeys.condition import holds
from onestop.journeys.journey import Journey
from onestop.journeys.walk.answer_text import text_of
from onestop.journeys.walk.payload import SubmissionDetails, payload
from onestop.journeys.walk.walk import Walk
from onestop.language import translated
from onestop.open311.definition import definition_record, service_record
from onestop.open311.notation import Format, errors, respond
from onestop.open311.report import (
    ReportContext,
    ReportRefused,
    answers_of_report,
    idempotency_key,
    other_answers,
    read_time,
)
from onestop.open311.status_record import status_record
from onestop.open311.stored_requests import deliveries_of, with_references
from onestop.site.context import RequestContext
from onestop.store.database import Database, Transaction
from onestop.store.tables import cases, drafts
from onestop.store.tables.cases import CaseRow
from onestop.store.tables.drafts import Draft
from onestop.store.tables.editions import Edition
from onestop.store.tables.outbox import OutboxEntry

ROOT, SECRET, CHANNEL = "/open311/v2/", "open311", "open311"
DAY = 86400
REMEMBERED = 8 * DAY
"""Seconds in which a report that is sent again is the same: a client like ours tries for seven days."""
MOST, MOST_DAYS = 200, 90
"""Requests in a list, and days that it spans. The standard allows 1,000, but nobody needs a key to ask for it."""
CHANCE = SystemRandom()


class Open311Handler:
    """Answers one request of another program."""

    def __init__(self, context: RequestContext, parts: Parts) -> None:
        self.context, self.parts, self.site = context, parts, context.site
        self.database: Database = context.request.app[DATABASE]
        self.words = self.site.words[context.channel.name, context.address.language]

    async def respond(self) -> web.StreamResponse:
        name, _, form = self.context.address.neutral.removeprefix(ROOT).rpartition(".")
        if form not in ("json", "xml"):
            raise web.HTTPNotFound
        known: Format = "json" if form == "json" else "xml"
        what, _, which = name.partition("/")
        method = self.context.request.method
        answer = ANSWERS.get((what, bool(which)))
        if answer is None:
            return errors(known, 404, "there is no such resource")
        if method == "POST" and (what, which) == ("requests", ""):
            answer = Open311Handler.report
        elif method not in ("GET", "HEAD"):
            return errors(known, 405, f"{method} is not for this resource")
        try:
            return await answer(self, known, which)
        except ReportRefused as why:
            return errors(known, why.code, str(why))

    async def discovery(self, form: Format, which: str) -> web.Response:
        origin, phone = self.site.brands[self.words.language].address, self.site.catalogue.council.phone
        endpoint = {
            "specification": "http://wiki.open311.org/GeoReport_v2",
            "url": f"{origin}{ROOT.rstrip('/')}",
            "changeset": self.site.read.isoformat(timespec="seconds"),
            "type": "production",
            "formats": ["text/xml", "application/json"],
        }
        said = {
            "changeset": self.site.read.isoformat(timespec="seconds"),
            "contact": phone,
            "key_service": phone,
            "endpoints": [endpoint],
        }
        return respond(form, "discovery", said)

    async def services(self, form: Format, which: str) -> web.Response:
        found = [
            service_record(
                journey, translated(journey.title, language), self._section(service), service.summary(language)
            )
            for language in (self.words.language,)
            for journey, service in self._opened().values()
        ]
        return respond(form, "services", found)

    async def service(self, form: Format, which: str) -> web.Response:
        journey, _ = self._find(which)
        return respond(form, "service_definition", definition_record(journey, self.words.language))

    async def report(self, form: Format, which: str) -> web.Response:
        """Make a case of a report, the same one however often it is sent."""
        request = self.context.request
        if not self.context.private:
            raise ReportRefused(403, "reports are taken over HTTPS only")
        body = await read_form_body(request, self.parts.uploads)
        client = self._client(body)
        journey, _ = self._find(body.first("service_code"))
        zone = self.site.catalogue.council.zone
        there = ReportContext(self.words, self.context.channel.name, self.context.now.astimezone(zone).date())
        way = answers_of_report(journey, body, there)
        key = idempotency_key(client, request.headers.get("Idempotency-Key", ""), journey.name, body)
        receipt = await self.database.run(lambda tx: self._submit(tx, way, key, other_answers(way, body)))
        if receipt is None:
            raise ReportRefused(400, "a report with this Idempotency-Key has expired")
        request.app[WAKE]()
        said = {"service_request_id": receipt.reference, "service_notice": str(receipt.shown["said"]), "account_id": ""}
        return respond(form, "service_requests", [said], 201)

    async def requests(self, form: Format, which: str) -> web.Response:
        query = self.context.request.query
        if listed := [one for one in query.get("service_request_id", "").split(",") if one]:
            rows = await self.database.read(lambda tx: with_references(tx, CHANNEL, listed[:MOST]))
        else:
            start, end = self._span(query)
            rows = await self.database.read(lambda tx: cases.from_channel(tx, CHANNEL, start, end, MOST))
        codes = {one for one in query.get("service_code", "").split(",") if one}
        statuses = {one.casefold() for one in query.get("status", "").split(",") if one}
        records = await self._records([row for row in rows if not codes or row.journey in codes])
        found = [one for one in records if not statuses or one["status"] in statuses]
        # In a thread: a long list takes longer than a request may hold the event loop.
        return await asyncio.to_thread(respond, form, "service_requests", found)

    async def request(self, form: Format, which: str) -> web.Response:
        return respond(form, "service_requests", await self._records(await self._one(which)))

    async def token(self, form: Format, which: str) -> web.Response:
        """Every report gets its number at once, so that there are no tokens; a number stands for itself."""
        await self._one(which)
        return respond(form, "service_requests", [{"service_request_id": which, "token": which}])

    async def _submit(self, tx: Transaction, way: Walk, key: str, other: list[Mapping[str, str]]) -> Receipt | None:
        journey, now, language = way.journey, self.context.seconds, self.words.language
        edition = Edition(journey.edition, journey.name, journey.source)
        draft = await drafts.begin_once(
            tx, key[:32], edition, channel=CHANNEL, language=language, keeps=journey.keeps_draft * DAY, now=now
        )

        def build(draft: Draft, reference: str) -> Submission:
            sent = SubmissionDetails(reference, datetime.fromtimestamp(now, UTC), CHANNEL, language)
            lines = (one.text for one in journey.done.say if holds(one.rule, way.answers, way.today))
            said = " ".join(text_of(way, text, self.words) for text in lines)
            body = payload(way, sent, self.words)
            deliveries = self.site.routes.deliveries(journey.done.send)
            body["answers"] = [*body["answers"], *other]  # type: ignore[misc]
            return Submission(
                body, deliveries, journey.keeps_case * DAY, {"said": said, "rows": []},  # type: ignore[arg-type]
                whereabouts=whereabouts_in(way),
                promised=promised_by(now, self.words.zone, journey.done.working_days, self.site.catalogue.holidays),
            )  # fmt: skip

        if draft is None:
            return None
        return await cases.submit(tx, draft.session, draft.id, build, chance=CHANCE, now=now, remembered=REMEMBERED)

    async def _one(self, which: str) -> Sequence[CaseRow]:
        rows = await self.database.read(lambda tx: with_references(tx, CHANNEL, [which]))
        if not rows:
            raise ReportRefused(404, "there is no such request")
        return rows

    async def _records(self, rows: Sequence[CaseRow]) -> Sequence[Mapping[str, object]]:
        deliveries = await self.database.read(lambda tx: deliveries_of(tx, rows))
        return await asyncio.to_thread(lambda: [self._record(row, deliveries[row.id]) for row in rows])

    def _record(self, row: CaseRow, entries: Sequence[OutboxEntry]) -> Mapping[str, object]:
        opened, names, language = self._opened().get(row.journey), self.site.routes.names, self.words.language
        desks = [translated(names[one.desk], language) for one in entries if one.desk in names]
        return status_record(row, entries, translated(opened[0].title, language) if opened else row.journey, desks)

    def _opened(self) -> Mapping[str, tuple[Journey, Service]]:
        """Return the journeys that other programs may use, by name, with their services."""
        journeys = self.site.journeys
        return {
            service.journey: (journeys[service.journey], service)
            for service in self.site.catalogue.services
            if service.journey in journeys and journeys[service.journey].open311
        }

    def _find(self, code: str) -> tuple[Journey, Service]:
        if not code:
            raise ReportRefused(400, "service_code is required")
        found = self._opened().get(code)
        if found is None:
            raise ReportRefused(404, "there is no such service_code")
        return found

    def _section(self, service: Service) -> str:
        section = self.site.catalogue.find(f"/{service.address.split('/')[1]}")
        return section.title(self.words.language) if section else ""

    def _client(self, body: FormBody) -> str:
        """Return the api_key of a report, if it is one of ours. Raises ReportRefused."""
        given = body.first("api_key")
        try:
            keys = SecretFile(self.parts.settings.secrets).of(SECRET)
        except SecretMissing:
            keys = ()
        if not any(hmac.compare_digest(given.encode(), key.encode()) for key in keys):
            raise ReportRefused(403, "api_key is missing or not known" if given else "api_key is required")
        return given

    def _span(self, query: Mapping[str, str]) -> tuple[int, int]:
        end = read_time(query.get("end_date", "")) or self.context.now
        start = read_time(query.get("start_date", "")) or end - timedelta(days=MOST_DAYS)
        return int(max(start, end - timedelta(days=MOST_DAYS)).timestamp()), int(end.timestamp())


Answer = Callable[[Open311Handler, Format, str], Awaitable[web.Response]]
ANSWERS: Mapping[tuple[str, bool], Answer] = {
    ("discovery", False): Open311Handler.discovery,
    ("services", False): Open311Handler.services,
    ("services", True): Open311Handler.service,
    ("requests", False): Open311Handler.requests,
    ("requests", True): Open311Handler.request,
    ("tokens", True): Open311Handler.token,
}
"""By the name of a resource, and whether one of it is asked for."""


async def open311(context: RequestContext, parts: Parts) -> web.StreamResponse:
    return await Open311Handler(context, parts).respond()


CAPABILITY = Capability(
    "open311",
    answers={"/open311/": open311},
    tables=frozenset(("cases", "drafts", "editions", "outbox")),
)
