"""An Open Referral UK feed: services, with their contacts, places and costs (versions 1 and 3)."""

import html
import re
from collections.abc import Iterator
from typing import Any

from onestop.intake.page import ImportedPage, Place

Json = dict[str, Any]


def read_open_referral(source: str, feed: Any) -> Iterator[ImportedPage]:
    """Yield a page for each service of a feed: a page of /services, one service, or a list of them."""
    found = (
        feed.get("contents") or feed.get("content") or feed.get("services") or feed if isinstance(feed, dict) else feed
    )
    for service in found if isinstance(found, list) else [found]:
        if isinstance(service, dict) and service.get("name"):
            yield _page(source, service)


def _page(source: str, service: Json) -> ImportedPage:
    text = str(service.get("description") or "")
    written = (
        text
        if "</" in text
        else "".join(f"<p>{html.escape(part)}</p>" for part in re.split(r"\n\s*\n", text) if part.strip())
    )
    page = ImportedPage(f"{source}#{service.get('id', '')}", str(service["name"]), written, _section(service))
    organisation = service.get("organization") or {}
    if organisation.get("name"):
        page.html += f"<p>{html.escape(str(organisation['name']))}</p>"
    page.links = [str(service.get("id", ""))]
    page.online = str(service.get("url") or "")
    page.cost = _cost(service)
    page.eligibility = "; ".join(
        str(one.get("eligibility") or one.get("description") or "")
        for one in _list(service, "eligibilitys", "eligibilities")
    ).strip("; ")
    page.contact = _contact(service)
    for place in _list(service, "service_at_locations"):
        location = place.get("location") or {}
        if location.get("name"):
            page.places.append(_place(location))
    for schedule in _list(service, "regular_schedules", "schedules"):
        said = " ".join(
            str(schedule.get(key) or "") for key in ("byday", "opens_at", "closes_at", "description")
        ).strip()
        if said:
            page.html += f"<p>{html.escape(said)}</p>"
            page.notes.append(f"hours are in the text, `{said[:60]}`: write them as `hours` of the contact or place")
    return page


def _section(service: Json) -> str:
    for one in _list(service, "service_taxonomys", "attributes", "service_taxonomies"):
        term = one.get("taxonomy") or one.get("taxonomy_term") or {}
        if term.get("name"):
            return str(term["name"])
    return "more"


def _cost(service: Json) -> str:
    said: list[str] = []
    for one in _list(service, "cost_options"):
        amount, option = one.get("amount"), str(one.get("option") or one.get("amount_description") or "")
        said.append(f"{option} £{amount}".strip() if amount else option or "Free")
    return "; ".join(text for text in said if text) or str(service.get("fees_description") or service.get("fees") or "")


def _contact(service: Json) -> Place:
    contact: Place = {}
    for one in _list(service, "contacts"):
        if one.get("name") or one.get("title"):
            contact.setdefault("team", str(one.get("name") or one.get("title")))
        if one.get("email"):
            contact.setdefault("email", str(one["email"]))
        for phone in _list(one, "phones"):
            contact.setdefault("phone", str(phone.get("number") or ""))
    for phone in _list(service, "phones"):
        contact.setdefault("phone", str(phone.get("number") or ""))
    if service.get("email"):
        contact.setdefault("email", str(service["email"]))
    return contact


def _place(location: Json) -> Place:
    lines: list[str] = []
    for one in _list(location, "physical_addresses", "addresses"):
        keys = ("address_1", "address_2", "city", "region", "state_province", "postal_code")
        lines += [str(one[key]) for key in keys if one.get(key)]
    return {"name": str(location["name"]), **({"address": ", ".join(lines)} if lines else {})}


def _list(thing: Json, *keys: str) -> list[Json]:
    for key in keys:
        found = thing.get(key)
        if isinstance(found, list) and found:
            return [one for one in found if isinstance(one, dict)]
    return []
