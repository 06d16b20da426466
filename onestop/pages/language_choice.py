"""The language of a visitor's first page: the one they chose before, else what their browser asks for."""

import re
from collections.abc import Callable

from onestop.http.page_cache import RequestHeaders, VariantSelector
from onestop.http.prepared import PreparedResponse, prepare
from onestop.site.address import Address
from onestop.site.site import Site

COOKIE = "language"
MAX_AGE = 366 * 24 * 3600
CHOOSE = "/language/"
"""The beginning of the neutral address that stores a choice: /language/cy/bins stores Welsh and redirects to /cy/bins."""
CHOSEN = re.compile(rf"(?:^|;\s*){COOKIE}=([a-z]{{2,3}})(?:;|$)")
SPOKEN = "="
"""The prefix of a variant that is a redirect to home in the language named after it."""
LONGEST = 256
"""Characters of Accept-Language that are read."""
PREFERENCE = re.compile(r"([a-z]{2,3}|\*)(?:-[a-z0-9-]+)?(?:\s*;\s*q=([01](?:\.\d{0,3})?))?", re.IGNORECASE)


class HomeSelector(VariantSelector):
    """Selects the variant of "/": the channel that claims the visitor, else home in their language.

    `languages` returns the council's, the default one first. The cookie is read on every request and never remembered.
    """

    def __init__(self, known: VariantSelector, languages: Callable[[], tuple[str, ...]]) -> None:
        super().__init__((*known.names, "Accept-Language"), lambda headers: self._decide(headers))
        self.known = known
        self.languages = languages
        self.remembered_for: tuple[str, ...] = ()

    def __call__(self, headers: RequestHeaders) -> str:
        languages = self.languages()
        if languages != self.remembered_for:
            self.variants.clear()
            self.remembered_for = languages
        variant = super().__call__(headers)
        chosen = chosen_language(headers)
        if chosen not in languages or (variant and not variant.startswith(SPOKEN)):
            return variant
        return "" if chosen == languages[0] else SPOKEN + chosen

    def _decide(self, headers: RequestHeaders) -> str:
        channel = self.known(headers)
        languages = self.languages()
        wanted = accepted_language(headers.get("Accept-Language", ""), languages)
        return channel or (SPOKEN + wanted if wanted and wanted != languages[0] else "")


def accepted_language(header: str, languages: tuple[str, ...]) -> str:
    """Return the first of `languages` that an Accept-Language header (RFC 9110, 12.5.4) prefers, or "" if it names none of them.

    A region is ignored: "en-GB" is "en". Languages of the same quality keep the order of the header.
    """
    found: dict[str, float] = {}
    for part in header[:LONGEST].split(","):
        if match := PREFERENCE.fullmatch(part.strip()):
            found.setdefault(match[1].lower(), float(match[2] or 1))
    ranked = sorted((code for code in found if code in languages and found[code] > 0), key=lambda code: -found[code])
    return ranked[0] if ranked else ""


def chosen_language(headers: RequestHeaders) -> str:
    """Return the code of the language that a visitor chose before, or ""."""
    found = CHOSEN.search(headers.get("Cookie", ""))
    return found[1] if found else ""


def home_in_language(site: Site, address: Address, variant: str, vary: tuple[str, ...]) -> PreparedResponse:
    """Return the redirect from "/" to home in another language."""
    target = site.addresses.write(Address(address.channel, "", variant.removeprefix(SPOKEN), "/"))
    headers = (("Location", target), ("Cache-Control", "no-store"), ("Vary", ", ".join(("Accept-Encoding", *vary))))
    return prepare(302, headers, b"", label=(address.channel.name, ""))


def cookie(language: str) -> str:
    """Return the Set-Cookie value that stores a language. It holds only this and is no secret."""
    return f"{COOKIE}={language}; Max-Age={MAX_AGE}; Path=/; HttpOnly; SameSite=Lax"
