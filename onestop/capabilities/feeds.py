"""What search engines are told: which addresses there are in which languages, and where not to look."""

from collections.abc import Sequence
from dataclasses import replace
from xml.sax.saxutils import quoteattr

from onestop.http.prepared import PreparedResponse, prepare
from onestop.site.address import Address
from onestop.site.site import Site

MOST = 50_000
Entry = tuple[Address, tuple[str, ...], str]
"""Where a screen is in one language, all its languages, and when it was reviewed."""
XML = "application/xml; charset=utf-8"
OPEN = '<?xml version="1.0" encoding="UTF-8"?>\n'
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
LINKS = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'


def sitemap(site: Site, part: int | None = None, most: int = MOST) -> PreparedResponse | None:
    """The whole sitemap, or if there are too many addresses the list of its parts; part n of those; None if there is none."""
    entries = _entries(site)
    parts = -(-len(entries) // most)
    if part is not None:
        return _set(site, entries[(part - 1) * most : part * most]) if 1 <= part <= parts else None
    if parts == 1:
        return _set(site, entries)
    origin = site.catalogue.council.address
    rows = "".join(f"<sitemap><loc>{origin}/sitemap-{n}.xml</loc></sitemap>\n" for n in range(1, parts + 1))
    return _answer(f"{OPEN}<sitemapindex {SPACE}>\n{rows}</sitemapindex>\n", XML)


def robots(site: Site) -> PreparedResponse:
    """The channel without a prefix is the one for search engines; the others show the same again."""
    closed = [c.prefix + "/" for c in site.addresses.channels if c.prefix] + ["/preview", "/search", "/metrics"]
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in closed),
        f"Sitemap: {site.catalogue.council.address}/sitemap.xml",
    ]
    return _answer("\n".join(lines) + "\n", "text/plain; charset=utf-8")


def crest(site: Site) -> PreparedResponse:
    """The council's crest as the icon of the site."""
    svg = next(iter(site.brands.values())).crest
    if "xmlns=" not in svg:
        svg = svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    return _answer(svg, "image/svg+xml; charset=utf-8")


def _entries(site: Site) -> list[Entry]:
    """Every screen in each language it exists in."""
    catalogue = site.catalogue
    plain = next(channel for channel in site.addresses.channels if not channel.prefix)
    screens = [("/", catalogue.languages, "")]
    screens += [(section.address, catalogue.languages, "") for section in catalogue.sections]
    screens += [(service.address, tuple(service.texts), service.reviewed.isoformat()) for service in catalogue.services]
    return [
        (Address(plain, "", language, neutral), languages, reviewed)
        for neutral, languages, reviewed in screens
        for language in languages
    ]


def _set(site: Site, entries: Sequence[Entry]) -> PreparedResponse:
    said = "".join(_said(site, *entry) for entry in entries)
    return _answer(f"{OPEN}<urlset {SPACE} {LINKS}>\n{said}</urlset>\n", XML)


def _said(site: Site, address: Address, languages: tuple[str, ...], reviewed: str) -> str:
    """One entry, with all its languages beside it if there are several."""
    beside = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href={_absolute(site, replace(address, language=code))}/>'
        for code in languages
        if len(languages) > 1
    )
    modified = f"<lastmod>{reviewed}</lastmod>" if reviewed else ""
    return f"<url><loc>{_absolute(site, address)[1:-1]}</loc>{modified}{beside}</url>\n"


def _absolute(site: Site, address: Address) -> str:
    return quoteattr(site.catalogue.council.address + site.addresses.write(address))


def _answer(text: str, kind: str) -> PreparedResponse:
    headers = (
        ("Content-Type", kind),
        ("Cache-Control", "public, max-age=3600"),
        ("Vary", "Accept-Encoding"),
        ("X-Content-Type-Options", "nosniff"),
    )
    return prepare(200, headers, text.encode())
