"""Files for search engines and browsers: sitemap, robots.txt and the site's icon."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from xml.sax.saxutils import quoteattr

from aiohttp import web

from onestop.capability import Capability, Parts, Route
from onestop.http.prepared import PreparedResponse, prepare
from onestop.site.address import Address
from onestop.site.site import Site

MOST = 50_000
Entry = tuple[Address, tuple[str, ...], str]
"""The address of a screen in one language, all its languages, and its review date."""
XML = "application/xml; charset=utf-8"
OPEN = '<?xml version="1.0" encoding="UTF-8"?>\n'
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
LINKS = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'


def sitemap(site: Site, part: int | None = None, most: int = MOST) -> PreparedResponse | None:
    """Return the sitemap, or its index if it has more than `most` addresses; with `part`, that part or None."""
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
    """Return robots.txt, which allows only the channel without a prefix: the others show the same content."""
    closed = [c.prefix + "/" for c in site.addresses.channels if c.prefix] + ["/preview", "/search", "/metrics"]
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in closed),
        f"Sitemap: {site.catalogue.council.address}/sitemap.xml",
    ]
    return _answer("\n".join(lines) + "\n", "text/plain; charset=utf-8")


def crest(site: Site) -> PreparedResponse:
    """Return the council's crest as the site's icon."""
    svg = next(iter(site.brands.values())).crest
    if "xmlns=" not in svg:
        svg = svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    return _answer(svg, "image/svg+xml; charset=utf-8")


@dataclass(frozen=True, slots=True)
class Feed:
    """Makes a response from the site in a thread, and caches it with the prepared pages."""

    parts: Parts
    make: Callable[[Site, web.Request], PreparedResponse | None]

    async def send(self, request: web.Request) -> web.StreamResponse:
        site, cache = self.parts.sites.current, self.parts.cache
        if site is None:
            raise web.HTTPServiceUnavailable

        async def prepared() -> PreparedResponse:
            ready = await asyncio.to_thread(self.make, site, request)
            if ready is None:
                raise web.HTTPNotFound
            return ready

        ready = cache.look_up(request.path, request.headers, self.parts.clock())
        return self.parts.respond(request, ready or await cache.prepared(request.path, "", None, prepared))


def _sitemap_part(site: Site, request: web.Request) -> PreparedResponse | None:
    part = request.match_info.get("part")
    return sitemap(site, int(part) if part else None)


def _entries(site: Site) -> list[Entry]:
    """Every screen in each of its languages."""
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
    listed = "".join(_entry(site, *entry) for entry in entries)
    return _answer(f"{OPEN}<urlset {SPACE} {LINKS}>\n{listed}</urlset>\n", XML)


def _entry(site: Site, address: Address, languages: tuple[str, ...], reviewed: str) -> str:
    """Return one entry, with links to its other languages."""
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
        # An SVG opened directly is a document of our origin: the policy stops its scripts and loads.
        ("Content-Security-Policy", "default-src 'none'; sandbox"),
    )
    return prepare(200, headers, text.encode())


CAPABILITY = Capability(
    "feeds",
    routes=(
        Route(("/robots.txt",), lambda parts: Feed(parts, lambda site, _: robots(site)).send),
        Route(
            ("/sitemap.xml", "/sitemap-{part:[0-9]{1,5}}.xml"),
            lambda parts: Feed(parts, _sitemap_part).send,
            public=True,
        ),
        Route(("/favicon.ico",), lambda parts: Feed(parts, lambda site, _: crest(site)).send),
    ),
)
