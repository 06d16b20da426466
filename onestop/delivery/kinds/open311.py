"""The kind `open311`: each case is a report to a GeoReport v2 server, whose number and status are kept.

GeoReport has no key for repeated reports. The description of a report ends in the case's reference, and before another try the server
is asked for a report that has it: a case whose answer was lost is found there, and is not reported twice.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from onestop.authoring.faults import nearest
from onestop.authoring.node import Node
from onestop.casework.reference import grouped
from onestop.delivery.kinds.destination import (
    Accepted,
    CaseStatus,
    Destination,
    DestinationContext,
    DestinationKind,
    DestinationOptions,
    JourneyQuestions,
    Outcome,
    Parcel,
    PermanentFailure,
    TemporaryFailure,
    deliver_each,
)
from onestop.delivery.kinds.georeport import FORMATS, Format, GeoReport, ServiceAttribute
from onestop.delivery.kinds.http_client import read_url
from onestop.delivery.kinds.report_fields import ServiceMapping, report_fields
from onestop.delivery.kinds.secret_file import SecretMissing

DEFINITION_SECONDS = 3600
"""How long a service's definition is used before it is fetched again."""
TOKEN_SECONDS, STATUS_SECONDS = 60, 3600
"""Between two requests for the number that a token stands for, and for the status of a report."""
CLOSED = "closed"
FIELDS = ("address_string", "address_id", "email", "first_name", "last_name", "phone")
REFUSALS = {
    400: "it says that a field is missing or wrong (400)",
    404: "it knows no such service or jurisdiction (404)",
}


@dataclass(frozen=True, slots=True)
class Open311Options:
    """`services` has a mapping for each journey; without a `secret` no api_key is sent."""

    url: str
    form: Format
    jurisdiction: str
    secret: str
    services: tuple[tuple[str, ServiceMapping], ...]

    def open(self, context: DestinationContext) -> Destination:
        return Open311(self, context)

    def missing(self, context: DestinationContext) -> str:
        try:
            _key(self, context)
        except SecretMissing as why:
            return str(why)
        return ""


def parse_options(node: Node) -> DestinationOptions:
    services = node / "services"
    mappings = tuple((journey, _parse_service(services / journey)) for journey in services.entries())
    form = (node / "format").one_of(FORMATS) if node.has("format") else None
    return Open311Options(read_url(node), form or "json", _text(node, "jurisdiction"), _text(node, "secret"), mappings)


def check_questions(node: Node, questions: JourneyQuestions) -> None:
    """Report services of journeys, and answers to questions, that there are not."""
    for journey in (node / "services").value or ():
        service = node / "services" / str(journey)
        if journey not in questions:
            service.fault(f"there is no journey `{journey}` without errors{nearest(str(journey), questions)}", key=True)
            continue
        named = [service / "place"] if service.has("place") else []
        for key in ("attributes", "fields", "description"):
            inside = (service / key).value
            named += [service / key / one for one in (inside if isinstance(inside, dict) else range(len(inside or ())))]
        for ask in named:
            if isinstance(ask.value, str) and ask.value not in questions[str(journey)]:
                ask.fault(
                    f"journey {journey} has no question `{ask.value}`{nearest(ask.value, questions[str(journey)])}"
                )


def _parse_service(node: Node) -> ServiceMapping:
    node.entries(("code", "place", "description", "attributes", "fields"))
    fields = tuple((key, (node / "fields" / key).text()) for key in _keys(node, "fields", FIELDS))
    attributes = tuple((key, (node / "attributes" / key).text()) for key in _keys(node, "attributes"))
    asks = tuple(one.text() for one in (node / "description").items()) if node.has("description") else ()
    place = _text(node, "place")
    if not place and not {"address_string", "address_id"} & dict(fields).keys():
        node.fault("a report needs a place: name the question for it, like `place: home`")
    return ServiceMapping((node / "code").text(), place, asks, attributes, fields)


def _keys(node: Node, key: str, known: Sequence[str] | None = None) -> tuple[str, ...]:
    return (node / key).entries(known) if node.has(key) else ()


def _text(node: Node, key: str) -> str:
    return (node / key).text() if node.has(key) else ""


KIND = DestinationKind(
    "open311", ("url", "format", "jurisdiction", "secret", "services"), parse_options, check_questions
)


class Open311:
    """A destination that takes reports."""

    batch, parallel = 4, 1

    def __init__(self, options: Open311Options, context: DestinationContext) -> None:
        self.options, self.context = options, context
        self.services = dict(options.services)
        self.server = GeoReport(options.url, options.form, options.jurisdiction, context)
        self.definitions: dict[str, tuple[float, tuple[ServiceAttribute, ...]]] = {}
        self.lock = asyncio.Lock()

    async def deliver(self, parcels: Sequence[Parcel]) -> Sequence[Outcome]:
        return await deliver_each(parcels, self._report)

    async def status(self, number: str, token: str) -> CaseStatus:
        """Return the number and status of a report, and when to ask again."""
        number = number or await self.server.number_of(token)
        if not number:
            return CaseStatus("", "", TOKEN_SECONDS)
        status = await self.server.status(number)
        return CaseStatus(number, status, 0 if status == CLOSED else STATUS_SECONDS)

    async def compare(self) -> tuple[Sequence[str], int]:
        """Compare the attributes of each service with the questions that answer them."""
        lines, wrong = [], 0
        for journey, service in self.options.services:
            mapped = dict(service.attributes)
            for attribute in await self.server.definition(service.code):
                ask = mapped.pop(attribute.code, "")
                lacks = attribute.required and not ask
                wrong += lacks
                kind = f"{attribute.datatype}, required" if attribute.required else attribute.datatype
                end = f"answered by {ask}" if ask else "WRONG: no question answers it" if lacks else "not answered"
                lines.append(f"{journey}: {service.code} {attribute.code} ({kind}): {end}")
            wrong += len(mapped)
            lines += [f"{journey}: {service.code} {code}: WRONG: the service has no such attribute" for code in mapped]
        return lines, wrong

    async def _report(self, parcel: Parcel) -> Accepted:
        service = self.services.get(str(parcel.body.get("journey")))
        if service is None:
            raise PermanentFailure("desks.yaml names no service for this journey")
        fields = report_fields(parcel, service, await self._definition(service.code))
        if parcel.tries > 1 and (number := await self._find(parcel, service)):
            return Accepted(number, ask=STATUS_SECONDS)
        try:
            key = _key(self.options, self.context)
        except SecretMissing as why:
            raise TemporaryFailure(str(why)) from None
        try:
            number, token = await self.server.report([*key, *fields], f"{parcel.case}-{parcel.desk}")
        except PermanentFailure as why:
            if why.code == 403:
                raise TemporaryFailure("it does not accept our api_key (403): correct the secret") from None
            raise PermanentFailure(REFUSALS.get(why.code, str(why)), why.code) from None
        return Accepted(number, token, STATUS_SECONDS if number else TOKEN_SECONDS)

    async def _definition(self, code: str) -> tuple[ServiceAttribute, ...]:
        """Return the attributes of a service; none if the server has no definition of it."""
        async with self.lock:
            fetched, attributes = self.definitions.get(code, (0.0, ()))
            now = self.context.clock()
            if now - fetched > DEFINITION_SECONDS:
                try:
                    attributes = await self.server.definition(code)
                except PermanentFailure as why:
                    if why.code != 404:
                        raise
                    attributes = ()
                self.definitions[code] = now, attributes
        return attributes

    async def _find(self, parcel: Parcel, service: ServiceMapping) -> str:
        """Return the number of the report that an earlier try has made, or ""."""
        submitted = datetime.fromisoformat(str(parcel.body["submitted"])).astimezone(UTC) - timedelta(hours=1)
        end = datetime.fromtimestamp(self.context.clock(), UTC) + timedelta(hours=1)
        times = (when.isoformat(timespec="seconds").replace("+00:00", "Z") for when in (submitted, end))
        try:
            return await self.server.find(service.code, grouped(parcel.reference), *times)
        except PermanentFailure:
            # A server that lists no reports can tell nothing.
            return ""

    async def forget(self, case: str, desk: str) -> None:
        """Keeps no records."""

    async def tidy(self, now: float) -> None:
        """Keeps no records."""


def _key(options: Open311Options, context: DestinationContext) -> list[tuple[str, str]]:
    return [("api_key", context.secrets.first(options.secret))] if options.secret else []
