"""A client of GeoReport v2 (wiki.open311.org/GeoReport_v2): definitions, requests and tokens, in XML or JSON."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, urlencode
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from onestop.delivery.kinds.destination import DestinationContext, TemporaryFailure
from onestop.delivery.kinds.http_client import HttpClient

Format = Literal["json", "xml"]
FORMATS: tuple[Format, ...] = ("json", "xml")
Record = Mapping[str, object]
"""One object of an answer: texts, and for `values` the records of a list."""


@dataclass(frozen=True, slots=True)
class ServiceAttribute:
    """One question of a service; `values` are (key, name) pairs of its lists."""

    code: str
    datatype: str
    required: bool
    values: tuple[tuple[str, str], ...] = ()


class GeoReport:
    """The requests of one endpoint. Failures are those of `HttpClient.send`, and `TemporaryFailure` for an answer that makes no sense."""

    def __init__(self, url: str, form: Format, jurisdiction: str, context: DestinationContext) -> None:
        self.url, self.form, self.jurisdiction = url.rstrip("/"), form, jurisdiction
        self.client = HttpClient(context)

    async def definition(self, service: str) -> tuple[ServiceAttribute, ...]:
        """Return the attributes that a report of a service has."""
        found = await self._get(f"services/{quote(service, safe='')}", "attribute")
        return tuple(_attribute(one) for one in found if _flag(one.get("variable", "true")))

    async def report(self, fields: Sequence[tuple[str, str]], key: str) -> tuple[str, str]:
        """Post a report; return its number and its token, one of which may be empty."""
        body = urlencode([*self._jurisdiction(), *fields]).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Idempotency-Key": f'"{key}"'}
        answer = await self.client.send("POST", f"{self.url}/requests.{self.form}", headers=headers, data=body)
        found = next(records(answer.body, self.form, "request"), {})
        number, token = text_of(found, "service_request_id"), text_of(found, "token")
        if not number and not token:
            raise TemporaryFailure("its answer has neither a number nor a token")
        return number, token

    async def number_of(self, token: str) -> str:
        """Return the number that a token stands for, or "" if there is none yet."""
        found = next(iter(await self._get(f"tokens/{quote(token, safe='')}", "request")), {})
        return text_of(found, "service_request_id")

    async def status(self, number: str) -> str:
        """Return the status of a report, like "open"; "" if the answer has none."""
        found = next(iter(await self._get(f"requests/{quote(number, safe='')}", "request")), {})
        return text_of(found, "status").casefold()[:40]

    async def find(self, service: str, words: str, start: str, end: str) -> str:
        """Return the number of a report of a service between two times whose description contains `words`, or ""."""
        query = [("service_code", service), ("start_date", start), ("end_date", end)]
        found = await self._get("requests", "request", query)
        return next((text_of(one, "service_request_id") for one in found if words in text_of(one, "description")), "")

    async def _get(self, path: str, item: str, query: Sequence[tuple[str, str]] = ()) -> Sequence[Record]:
        asked = urlencode([*self._jurisdiction(), *query])
        answer = await self.client.send("GET", f"{self.url}/{path}.{self.form}" + (f"?{asked}" if asked else ""))
        return tuple(records(answer.body, self.form, item))

    def _jurisdiction(self) -> Sequence[tuple[str, str]]:
        return [("jurisdiction_id", self.jurisdiction)] if self.jurisdiction else []


def records(body: bytes, form: Format, item: str) -> Iterator[Record]:
    """Yield every record called `item` of an answer. Raises `TemporaryFailure` for an answer of another type.

    Servers wrap lists in several ways; see open311/open311.github.io#6.
    """
    try:
        if form == "json":
            yield from _json_records(json.loads(body), item)
        else:
            for element in fromstring(body, forbid_dtd=True).iter(item):
                yield _xml_record(element)
    except (ValueError, RecursionError, ParseError, DefusedXmlException):
        raise TemporaryFailure(f"its answer is no {form.upper()}") from None


def text_of(record: Record, key: str) -> str:
    """Return a value as text: numbers as they are written, "" for null and for what is no value."""
    value = record.get(key)
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _json_records(value: object, item: str) -> Iterator[Record]:
    if isinstance(value, list):
        for one in value:
            yield from _json_records(one, item)
    elif isinstance(value, dict):
        inside = [value[key] for key in (item, f"{item}s", f"service_{item}s", "service_definition") if key in value]
        if inside:
            for one in inside:
                yield from _json_records(one, item)
        else:
            yield value


def _xml_record(element: Element) -> Record:
    found: dict[str, object] = {}
    for child in element:
        found[child.tag] = [_xml_record(one) for one in child] if len(child) else (child.text or "")
    return found


def _attribute(record: Record) -> ServiceAttribute:
    listed = record.get("values")
    if isinstance(listed, Mapping):
        listed = listed.get("value")
    values = [one for one in listed if isinstance(one, Mapping)] if isinstance(listed, list) else []
    pairs = tuple((text_of(one, "key"), text_of(one, "name")) for one in values)
    return ServiceAttribute(text_of(record, "code"), text_of(record, "datatype"), _flag(record.get("required")), pairs)


def _flag(value: object) -> bool:
    return value is True or str(value).strip().casefold() == "true"
