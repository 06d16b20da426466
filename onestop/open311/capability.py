"""The capability: /open311/v2/, discovery, services, requests and tokens of GeoReport v2 (wiki.open311.org/GeoReport_v2)."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from urllib.parse import urlsplit

from aiohttp import web

from onestop.capability import DATABASE, WAKE, Capability, Parts
from onestop.catalogue.catalogue import Service
from onestop.delivery.kinds.secret_file import SecretFile
from onestop.http.request.form_body import FormBody, read_form_body
from onestop.journeys.journey import Journey
from onestop.language import translated
from onestop.open311.api_key import check_key, count_report
from onestop.open311.definition import definition_record, service_record
from onestop.open311.notation import Format, errors, respond
from onestop.open311.refusal import ReportRefused
from onestop.open311.report import ReportContext, answers_of_report, idempotency_key, other_answers
from onestop.open311.request_filter import read_filter
from onestop.open311.status_record import status_record
from onestop.open311.stored_requests import StoredRequest, listed, with_references
from onestop.open311.submission import CHANNEL, ReportSubmission
from onestop.pictures.photo import DamagedPhoto, NotAPhoto, PhotoTooLarge
from onestop.pictures.photo_queue import PhotoQueueFull
from onestop.site.context import RequestContext
from onestop.store.database import Database
from onestop.store.errors import Unavailable

ROOT = "/open311/v2/"
FORMATS: Mapping[str, Format] = {"json": "json", "xml": "xml"}
RETRY_SECONDS = 30
BODY_REFUSALS = {
    400: "the body is no form",
    413: "the body or the photo is too large",
    415: "send application/x-www-form-urlencoded or multipart/form-data",
    503: "too many photos are being sent: try again",
}
"""What is said of a body that cannot be read, by HTTP status."""
PHOTO_REFUSALS: Mapping[type[Exception], str] = {
    PhotoTooLarge: "the photo has too many pixels",
    DamagedPhoto: "the photo is damaged",
    NotAPhoto: "the file is no JPEG, PNG, WebP or HEIC photo",
}
log = logging.getLogger("onestop")


class Open311Handler:
    """Answers one request of another program."""

    def __init__(self, context: RequestContext, parts: Parts) -> None:
        self.context, self.parts, self.site = context, parts, context.site
        self.database: Database = context.request.app[DATABASE]
        self.words = self.site.words[context.channel.name, context.address.language]

    async def respond(self) -> web.StreamResponse:
        name, _, ending = self.context.address.neutral.removeprefix(ROOT).rpartition(".")
        form = FORMATS.get(ending, "xml")
        try:
            return await self._answer(name if ending in FORMATS else "", form)
        except ReportRefused as why:
            return errors(form, why.code, str(why), why.wait)
        except Unavailable as why:
            log.error("%s", why)
            return errors(form, 503, "the database does not answer: try again", RETRY_SECONDS)

    async def _answer(self, name: str, form: Format) -> web.StreamResponse:
        what, _, which = name.partition("/")
        method = self.context.request.method
        answer = ANSWERS.get((what, bool(which)))
        if answer is None:
            raise ReportRefused(404, "there is no such resource; its name ends in .xml or .json")
        if method == "POST" and (what, which) == ("requests", ""):
            answer = Open311Handler.report
        elif method not in ("GET", "HEAD"):
            raise ReportRefused(405, f"{method} is not for this resource")
        self._check_jurisdiction(self.context.request.query.get("jurisdiction_id", ""))
        return await answer(self, form, which)

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
        body = await self._body()
        self._check_jurisdiction(body.first("jurisdiction_id"))
        key = body.first("api_key")
        check_key(key, SecretFile(self.parts.settings.secrets))
        if wait := await self.database.run(lambda tx: count_report(tx, key, self.context.seconds)):
            raise ReportRefused(429, "this api_key has sent too many reports in this hour", wait)
        submission = await self._submission(body, idempotency_header=request.headers.get("Idempotency-Key", ""))
        receipt = await self.database.run(submission.store)
        if receipt is None:
            raise ReportRefused(400, "a report with this Idempotency-Key has expired")
        request.app[WAKE]()
        said = {"service_request_id": receipt.reference, "service_notice": str(receipt.shown["said"]), "account_id": ""}
        return respond(form, "service_requests", [said], 201)

    async def requests(self, form: Format, which: str) -> web.Response:
        wanted = read_filter(self.context.request.query, self.context.now)
        found = await self.database.read(lambda tx: listed(tx, CHANNEL, wanted))
        # In a thread: a long list takes longer than a request may hold the event loop.
        return await asyncio.to_thread(lambda: respond(form, "service_requests", self._records(found)))

    async def request(self, form: Format, which: str) -> web.Response:
        return respond(form, "service_requests", self._records(await self._one(which)))

    async def token(self, form: Format, which: str) -> web.Response:
        """Every report gets its number at once, so that there are no tokens; a number stands for itself."""
        await self._one(which)
        return respond(form, "service_requests", [{"service_request_id": which, "token": which}])

    async def _body(self) -> FormBody:
        try:
            return await read_form_body(self.context.request, self.parts.uploads)
        except web.HTTPException as wrong:
            wait = RETRY_SECONDS if wrong.status == web.HTTPServiceUnavailable.status_code else 0
            raise ReportRefused(wrong.status, BODY_REFUSALS.get(wrong.status, wrong.reason), wait) from None

    async def _submission(self, body: FormBody, idempotency_header: str) -> ReportSubmission:
        """Check a report, and re-encode its photo."""
        journey, _ = self._find(body.first("service_code"))
        today = self.context.now.astimezone(self.site.catalogue.council.zone).date()
        way = answers_of_report(journey, body, ReportContext(self.words, self.context.channel.name, today))
        photo = await self._photo(body)
        key = idempotency_key(body.first("api_key"), idempotency_header, journey.name, body)
        besides = other_answers(way, body)
        return ReportSubmission(self.site, self.words, way, besides, photo, key, self.context.seconds)

    async def _photo(self, body: FormBody) -> bytes | None:
        if body.too_large:
            raise ReportRefused(413, BODY_REFUSALS[413])
        if not body.picture:
            return None
        try:
            return (await self.parts.photos.reencode(body.picture)).body
        except NotAPhoto as why:
            raise ReportRefused(400, PHOTO_REFUSALS[type(why)]) from None
        except PhotoQueueFull:
            raise ReportRefused(503, BODY_REFUSALS[503], RETRY_SECONDS) from None

    async def _one(self, which: str) -> Sequence[StoredRequest]:
        found = await self.database.read(lambda tx: with_references(tx, CHANNEL, [which]))
        if not found:
            raise ReportRefused(404, "there is no such request")
        return found

    def _records(self, found: Sequence[StoredRequest]) -> Sequence[Mapping[str, object]]:
        return [self._record(one) for one in found]

    def _record(self, stored: StoredRequest) -> Mapping[str, object]:
        opened, names, language = self._opened().get(stored.row.journey), self.site.routes.names, self.words.language
        desks = [translated(names[one.desk], language) for one in stored.deliveries if one.desk in names]
        return status_record(stored, translated(opened[0].title, language) if opened else stored.row.journey, desks)

    def _check_jurisdiction(self, given: str) -> None:
        """Raise ReportRefused unless it is absent or ours: there is one, so that nobody needs to name it."""
        ours = {urlsplit(brand.address).hostname for brand in self.site.brands.values()}
        if given and given.casefold() not in ours:
            raise ReportRefused(404, "there is no such jurisdiction_id; it may be left out")

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
    tables=frozenset(("cases", "desk_cases", "drafts", "editions", "network_counts", "outbox", "photos")),
)
