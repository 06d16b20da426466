"""Figures in words: counts, percentages, times, the names of channels, services and types of interaction."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from onestop.catalogue.catalogue import Catalogue, Service
from onestop.figures.publication import MonthFigures, Publication
from onestop.figures.source import FigureSettings, Interaction
from onestop.figures.suppression import Published
from onestop.language import Words, translated

FIRST_CONTACT_GOAL, LOST_GOAL = 80, 5
"""Percentages: resolved at first contact, and lost, of the contact centres of the local e-government pathfinders of 2002."""


def count_text(count: Published, words: Words) -> str:
    return words("1 to 4") if count is None else f"{count:,}"


def percent_text(share: int | None, words: Words) -> str:
    return words("not known") if share is None else f"{share} %"


def duration_text(seconds: int, words: Words) -> str:
    """Return seconds, minutes, hours or days, whichever is a small number."""
    if seconds < 120:
        return words("{number} s", number=seconds)
    if seconds < 7200:
        return words("{number} min", number=seconds // 60)
    return words("{number} h", number=seconds // 3600)


def pounds_text(amount: Decimal) -> str:
    return f"£{amount:,.2f}"


def channel_name(channel: str, settings: FigureSettings, language: str) -> str:
    found = settings.channels.get(channel)
    return translated(found.names, language) if found else channel


def interaction_name(kind: Interaction, words: Words) -> str:
    names: Mapping[Interaction, str] = {
        "information": words("Information"),
        "revenue": words("Paying what is due"),
        "benefits": words("Benefits and grants"),
        "consultation": words("Having a say"),
        "regulation": words("Licences and rules"),
        "applications": words("Applying for a service"),
        "booking": words("Booking"),
        "payment": words("Buying"),
        "networks": words("Joining groups"),
        "procurement": words("Selling to the council"),
    }
    return names[kind]


def services_by_subject(catalogue: Catalogue) -> Mapping[str, Service]:
    """Return the services by what their events are counted under; the first of several with one journey."""
    return {service.subject: service for service in reversed(catalogue.services)}


def days_text(figures: MonthFigures, publication: Publication, words: Words) -> str:
    """Return the days that a month's figures are of: "1 November 2026 – 20 November 2026"."""
    year, month = map(int, figures.month.split("-"))
    first = date(year, month, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    end = min(last, publication.through or last)
    return f"{words.short_date(first)} – {words.short_date(end)}"
