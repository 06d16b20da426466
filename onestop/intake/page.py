"""A page of another system, before it becomes a service."""

import re
from dataclasses import dataclass, field
from unicodedata import normalize

Place = dict[str, str]
"""The keys of an office in a service's head: name, address, phone, email."""


class CannotImport(Exception):
    """Why a source cannot be imported; one line for the operator."""


@dataclass(slots=True)
class ImportedPage:
    """`html` is the body; `was` its former addresses; `links` are further names by which other pages link to it; `notes` are what an
    author must look at.
    """

    source: str
    title: str
    html: str
    section: str = "more"
    summary: str = ""
    was: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    online: str = ""
    cost: str = ""
    eligibility: str = ""
    contact: Place = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def slug(text: str, longest: int = 48) -> str:
    """Return a text as part of an address: small letters, digits and hyphens, with at least one letter."""
    plain = normalize("NFKD", text.replace("'", "").replace("’", "")).encode("ascii", "ignore").decode().lower()
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:longest].strip("-")
    return made if re.search("[a-z]", made) else f"page-{made}".strip("-")
