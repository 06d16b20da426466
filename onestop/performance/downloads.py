"""The figures as CSV and JSON, for all months, services and channels."""

import csv
import io
import json
from collections.abc import Iterator, Mapping

from onestop.figures.publication import FigureLine, MonthFigures
from onestop.figures.source import enabled_share, interaction_shares
from onestop.http.prepared import PreparedResponse, prepare
from onestop.performance.wording import services_by_subject
from onestop.site.site import Site

HIDDEN = "[c]"
"""What stands for a hidden count in the CSV file, as in official statistics: confidential."""
COUNTS = ("started", "completed", "given up", "moved", "delivered")
NAMES = ("service", "number", "channel")
"""Columns in which "" is all of them."""
Value = str | int | float | bool | None


def rows(site: Site) -> Iterator[Mapping[str, Value]]:
    """Yield one row for each month, service and channel; "" is all services, or all channels."""
    services = services_by_subject(site.catalogue)
    for figures in site.figures.months:
        for line in figures.lines.values():
            service = services.get(line.subject)
            yield {
                "month": figures.month,
                "complete": not site.figures.is_running(figures.month),
                "service": service.address if service else line.subject,
                "number": service.number if service else "",
                "channel": line.channel,
                **_figures(site, line),
                "standard_days": service.standard if service and service.standard else "",
            }


def _figures(site: Site, line: FigureLine) -> Mapping[str, Value]:
    channel = site.local.figures.channels.get(line.channel)
    sent = line.counts["completed"]
    cost = float(channel.cost * sent) if channel and channel.cost is not None and sent is not None else ""
    return {
        **{name.replace(" ", "_"): line.counts[name] for name in COUNTS},
        "completion_percent": _or_empty(line.completion),
        "median_seconds": _or_empty(line.median_seconds),
        "median_presses": _or_empty(line.median_presses),
        "delivered_in_time_percent": _or_empty(line.in_time),
        "first_contact_percent": _or_empty(line.first_contact),
        "helped_percent": _or_empty(line.helped),
        "cost_pounds": cost,
    }


def _or_empty(value: int | None) -> Value:
    return "" if value is None else value


def figures_csv(site: Site) -> PreparedResponse:
    """Return the CSV file, UTF-8 with a header line. Hidden counts are "[c]", what is not known is empty."""
    text, found = io.StringIO(), list(rows(site))
    writer = csv.DictWriter(text, list(found[0]) if found else ["month"], lineterminator="\r\n")
    writer.writeheader()
    for row in found:
        writer.writerow({name: HIDDEN if value is None else _plain(value) for name, value in row.items()})
    return _response(text.getvalue(), "text/csv; charset=utf-8; header=present")


def _plain(value: Value) -> Value:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


def figures_json(site: Site) -> PreparedResponse:
    """Return the JSON document. A hidden count is null, what is not known is left out."""
    shares = interaction_shares(site.catalogue, site.local.figures)
    through = site.figures.through
    document = {
        "council": site.catalogue.council.name(site.catalogue.languages[0]),
        "through": through.isoformat() if through else None,
        "hidden": "null: a count from 1 to 4. All others are rounded to the nearest 5.",
        "interactions": {
            "enabled_percent": enabled_share(shares),
            "types": [{"type": one.kind, "services": one.services, "electronic": one.electronic} for one in shares],
        },
        "figures": [{name: value for name, value in row.items() if value != "" or name in NAMES} for row in rows(site)],
        "given_up_after": {figures.month: _given_up(figures) for figures in site.figures.months},
    }
    return _response(json.dumps(document, ensure_ascii=False, separators=(",", ":")), "application/json")


def _given_up(figures: MonthFigures) -> Mapping[str, Mapping[str, Value]]:
    return {subject: dict(asks) for subject, asks in figures.given_up.items()}


def _response(text: str, media_type: str) -> PreparedResponse:
    headers = (
        ("Content-Type", media_type),
        ("Cache-Control", "public, max-age=60"),
        ("Vary", "Accept-Encoding"),
        ("X-Content-Type-Options", "nosniff"),
        ("Access-Control-Allow-Origin", "*"),
        ("Content-Security-Policy", "default-src 'none'; sandbox"),
    )
    return prepare(200, headers, text.encode())
