"""What search engines are told: which addresses there are in which languages, and where not to look."""

from collections.abc import Iterator
from dataclasses import replace
from xml.sax.saxutils import quoteattr

from onestop.web.addresses import Address
from onestop.web.site import Site
from onestop.web.wire import Ready, prepare

MOST = 50_000
XML = "application/xml; charset=utf-8"
OPEN = '<?xml version="1.0" encoding="UTF-8"?>\n'
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
LINKS = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'


def sitemap(site: Site, part: int | None = None, most: int = MOST) -> Ready | None:
    """The whole sitemap, or if there are too many addresses the list of its parts; part n of those; None if there is none."""
    entries = list(_entries(site))
    parts = -(-len(entries) // most)
    if part is not None:
        if not 1 <= part <= parts:
            return None
        return _answer(_set(entries[(part - 1) * most : part * most]), XML)
    if parts == 1:
        return _answer(_set(entries), XML)
    origin = site.catalogue.council.address
    rows = "".join(f"<sitemap><loc>{origin}/sitemap-{n}.xml</loc></sitemap>\n" for n in range(1, parts + 1))
    return _answer(f"{OPEN}<sitemapindex {SPACE}>\n{rows}</sitemapindex>\n", XML)


def robots(site: Site) -> Ready:
    """The channel without a prefix is the one for search engines; the others show the same again."""
    closed = [c.prefix + "/" for c in site.addresses.channels if c.prefix] + ["/preview", "/search", "/metrics"]
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in closed),
        f"Sitemap: {site.catalogue.council.address}/sitemap.xml",
    ]
    return _answer("\n".join(lines) + "\n", "text/plain; charset=utf-8")


def crest(site: Site) -> Ready:
    """The council's crest as the icon of the site."""
    svg = next(iter(site.brands.values())).crest
    if "xmlns=" not in svg:
        svg = svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    return _answer(svg, "image/svg+xml; charset=utf-8")


def _entries(site: Site) -> Iterator[str]:
    """One entry for each screen in each language it exists in, with all the others beside it."""
    plain = next(channel for channel in site.addresses.channels if not channel.prefix)
    everywhere = site.catalogue.languages
    neutral = [("/", everywhere, "")]
    for section in site.catalogue.sections:
        neutral.append((section.address, everywhere, ""))
    for service in site.catalogue.services:
        neutral.append((service.address, tuple(service.texts), service.reviewed.isoformat()))
    for where, languages, reviewed in neutral:
        address = Address(plain, "", languages[0], where)
        links = {code: _absolute(site, replace(address, language=code)) for code in languages}
        beside = "".join(f'<xhtml:link rel="alternate" hreflang="{code}" href={at}/>' for code, at in links.items())
        beside = beside if len(links) > 1 else ""
        modified = f"<lastmod>{reviewed}</lastmod>" if reviewed else ""
        for at in links.values():
            yield f"<url><loc>{at[1:-1]}</loc>{modified}{beside}</url>\n"


def _absolute(site: Site, address: Address) -> str:
    return quoteattr(site.catalogue.council.address + site.addresses.write(address))


def _set(entries: list[str]) -> str:
    return f"{OPEN}<urlset {SPACE} {LINKS}>\n{''.join(entries)}</urlset>\n"


def _answer(text: str, kind: str) -> Ready:
    headers = (
        ("Content-Type", kind),
        ("Cache-Control", "public, max-age=3600"),
        ("Vary", "Accept-Encoding"),
        ("X-Content-Type-Options", "nosniff"),
    )
    return prepare(200, headers, text.encode())
