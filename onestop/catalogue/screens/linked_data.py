"""A service as JSON-LD for search engines: a GovernmentService of schema.org."""

import json

from onestop.catalogue.catalogue import Catalogue, Contact, Location, Service, ServiceText
from onestop.catalogue.hours.grammar import DAY_LENGTH, Hours, Spans

DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LGSL = "http://id.esd.org.uk/service/"

Json = dict[str, object]


def service_data(catalogue: Catalogue, service: Service, language: str) -> str:
    """Return the JSON-LD document, escaped for use inside a script element."""
    text, council = service.text(language), catalogue.council
    council_data: Json = {"@type": "GovernmentOrganization", "name": council.name(language), "url": council.address}
    document: Json = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "name": text.title,
        "description": text.summary,
        "identifier": service.number,
        "inLanguage": language,
        "url": _url(catalogue, service, language),
        "serviceType": f"{LGSL}{int(service.lgsl)}",
        "serviceOperator": council_data,
        "areaServed": {"@type": "AdministrativeArea", "name": council.shorts.get(language) or council.name(language)},
        "availableChannel": [_channel(catalogue, text), *(_spot(spot) for spot in text.places)],
    }
    if text.eligibility:
        document["audience"] = {"@type": "Audience", "audienceType": text.eligibility}
    if text.contact and text.contact.hours:
        document["hoursAvailable"] = _hours(text.contact.hours)
    written = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return written.replace("<", "\\u003c").replace("&", "\\u0026")


def _url(catalogue: Catalogue, service: Service, language: str) -> str:
    prefix = "" if language == catalogue.languages[0] else f"/{language}"
    return f"{catalogue.council.address}{prefix}{service.address}"


def _channel(catalogue: Catalogue, text: ServiceText) -> Json:
    contact = text.contact or Contact(phone=catalogue.council.phone)
    given = {"contactType": contact.team, "telephone": contact.phone, "email": contact.email}
    point = {"@type": "ContactPoint"} | {key: value for key, value in given.items() if value}
    return {"@type": "ServiceChannel", "servicePhone": point}


def _spot(spot: Location) -> Json:
    place: Json = {"@type": "Place", "name": spot.name}
    if spot.address:
        place["address"] = spot.address
    if spot.phone:
        place["telephone"] = spot.phone
    if spot.hours:
        place["openingHoursSpecification"] = _hours(spot.hours)
    return {"@type": "ServiceChannel", "serviceLocation": place}


def _hours(hours: Hours) -> list[Json]:
    days: dict[Spans, list[str]] = {}
    for day, spans in zip(DAY_NAMES, hours.week, strict=True):
        days.setdefault(spans, []).append(f"https://schema.org/{day}")
    days.setdefault(hours.holiday, []).append("https://schema.org/PublicHolidays")
    return [
        {"@type": "OpeningHoursSpecification", "dayOfWeek": names, "opens": _time(start), "closes": _time(end)}
        for spans, names in days.items()
        for start, end in spans
    ]


def _time(minutes: int) -> str:
    hours, rest = divmod(minutes if minutes < DAY_LENGTH else minutes % DAY_LENGTH, 60)
    return "23:59" if minutes == DAY_LENGTH else f"{hours:02}:{rest:02}"
