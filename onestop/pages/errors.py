"""Error pages, in the look and language of the address where the error happened."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http import HTTPStatus

from aiohttp import web

from onestop.catalogue.screens import problem_screen
from onestop.catalogue.screens.listing import found_item
from onestop.catalogue.search.index import SearchResult
from onestop.http.prepared import PreparedResponse, prepare
from onestop.http.respond import Responder
from onestop.http.security_headers import page_headers
from onestop.language import Words
from onestop.pages.page_template import PageTemplate, PageTemplates, page_template
from onestop.pages.present import Presenter
from onestop.pages.store_down import BUSY, RETRY_AFTER
from onestop.pages.variants import Variants
from onestop.screen import Screen
from onestop.site.address import Address, in_path
from onestop.site.context import Context
from onestop.site.current import Sites
from onestop.site.site import Site

HOME = "/"
ADDRESS, PLACEHOLDER = "address", "/the-address-that-was-not-found"
GENERAL = 400
TEMPLATE_BYTES = 4_000_000
Message = tuple[str, str]
"""A title and what to do: msgids, translated when shown."""
MESSAGES: Mapping[int, Message] = {
    400: ("We did not understand that", "The request was not one we can read. Go back to the start and try again."),
    403: (
        "We could not take that",
        "The page was open for too long, or your browser keeps no cookies. Go back, load the page again and send it once more.",
    ),
    404: (
        "We could not find that page",
        "Check the address or the number, search for it, or choose from what is below.",
    ),
    405: ("That cannot be done here", "This address only shows a page. Go back and choose from there."),
    410: (
        "That is here no longer",
        "It was sent, or erased when its time was up. Go back to the start and begin again.",
    ),
    413: ("That is too much to send", "What you sent is larger than we can take. Send less and try again."),
    415: ("We cannot read that", "Send the form of our own page, or a photo in JPEG, PNG, WebP or HEIC format."),
    429: ("That was too often", "Wait a quarter of an hour and try again."),
    503: ("We have too much to do just now", "Wait a minute, then go back and try again."),
    500: (
        "Sorry, something went wrong",
        "It is our fault, not yours. Try again in a minute. If it still does not work, ring us on {phone}.",
    ),
}
NO_SUCH_NUMBER = ("No page has this number", "Check the number, search for what you need, or choose a number near it.")
LAST_RESORT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width">
<style>body{{font:1.25em/1.5 sans-serif;max-width:32em;margin:2em auto;padding:0 1em;color:#11283f;background:#f6f3ec}}</style>
</head><body><h1>{title}</h1><p>{message}</p><p><a href="/">Home</a></p></body></html>
"""


log = logging.getLogger("onestop")


@dataclass(frozen=True, slots=True)
class ErrorPages:
    """Renders error pages. No method raises."""

    sites: Sites
    presenter: Presenter
    variants: Variants
    respond: Responder
    templates: PageTemplates = field(default_factory=lambda: PageTemplates(TEMPLATE_BYTES))

    async def page(self, request: web.BaseRequest, status: int) -> web.Response:
        """Return the error page for a request. A 404 suggests services with similar addresses."""
        site = self.sites.current
        if site is None:
            return self.respond(request, last_resort(BUSY if status < 500 else status))
        raw = request.rel_url.raw_path
        address = site.addresses.parse(raw) or site.addresses.fallback_home(raw)
        similar = await asyncio.to_thread(_similar, site, address) if status == 404 else ()
        return self._draw(request, site, address, status, similar)

    def malformed(self, request: web.BaseRequest, status: int) -> web.Response:
        """Return the error page for a request that aiohttp could not parse, so that its address is not known."""
        site = self.sites.current
        if site is None:
            return self.respond(request, last_resort(BUSY))
        return self._draw(request, site, site.addresses.fallback_home("/"), status)

    def _draw(
        self, request: web.BaseRequest, site: Site, address: Address, status: int, similar: Sequence[SearchResult] = ()
    ) -> web.Response:
        """Return the page from the template of its status and suggestions, which is rendered at its first use."""
        try:
            context = self.context(site, address, request.headers)
            known = address.neutral if address.neutral == HOME else ""
            message = _message(status, address)
            shown = (address.channel.name, address.device, context.device.name, address.language)
            key = (site.version, *shown, known, status, message, similar)
            template = self.templates.get(key)
            if template is None:
                template = self._template(context, status, message, similar)
                self.templates.keep(key, template)
        except Exception:
            log.exception("the error page for %s cannot be drawn", status)
            return self.respond(request, last_resort(500))
        self.respond.counter.count(template.label, template.status)
        response = template.response(request, {ADDRESS: in_path(address.neutral)})
        if status == BUSY:
            response.headers["Retry-After"] = RETRY_AFTER
        return response

    def context(self, site: Site, address: Address, headers: Mapping[str, str]) -> Context:
        """Return the context of the first page at an address."""
        now = datetime.fromtimestamp(self.respond.clock(), UTC)
        return Context(site, replace(address, page=1), site.device(address, headers), now)

    def presented(
        self, context: Context, status: int, similar: Sequence[SearchResult], message: Message | None = None
    ) -> PreparedResponse:
        """Return the page of an error, rendered for the context's address."""
        screen = problem(context.site, status, message or _message(status, context.address), context.words, similar)
        return self.presenter.present(context, screen, varies=self.variants.vary(context.address))

    def _template(
        self, context: Context, status: int, message: Message, similar: Sequence[SearchResult]
    ) -> PageTemplate:
        """Return the page with a placeholder for the address in its links to other languages and devices."""
        if context.address.neutral == HOME:
            return page_template(self.presented(context, status, similar, message), {}, {})
        masked = replace(context, address=context.address.at(PLACEHOLDER))
        return page_template(self.presented(masked, status, similar, message), {ADDRESS: PLACEHOLDER}, {})


def _message(status: int, address: Address) -> Message:
    return NO_SUCH_NUMBER if status == 404 and address.number() else MESSAGES.get(status, MESSAGES[GENERAL])


def problem(site: Site, status: int, said: Message, words: Words, similar: Sequence[SearchResult]) -> Screen:
    """Return the screen for an HTTP status, with the services a resident may have been looking for."""
    title, message = said
    suggestions = tuple(found_item(found, words.language) for found in similar)
    text = words(message, phone=site.catalogue.council.phone) if "{" in message else words(message)
    return problem_screen(status, words(title), text, site.catalogue, suggestions, words)


def last_resort(status: int) -> PreparedResponse:
    """Return a page that needs neither catalogue nor template, for start-up and for when an error page cannot be rendered."""
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        return _plain_page(status, "We are starting up", "This takes a few seconds. Please load the page again.", "3")
    return _plain_page(status, "Sorry, something went wrong", "Please try again in a minute.")


def server_full() -> PreparedResponse:
    """Return the page for a connection over the limit, whose request is not parsed."""
    return _plain_page(BUSY, *MESSAGES[BUSY], again=RETRY_AFTER)


def _plain_page(status: int, title: str, message: str, again: str = "") -> PreparedResponse:
    markup = LAST_RESORT.format(title=title, message=message)
    retry = (("Retry-After", again),) if again else ()
    return prepare(status, (*page_headers(markup, "text/html", "Accept-Encoding", "no-store"), *retry), markup.encode())


def _similar(site: Site, address: Address) -> Sequence[SearchResult]:
    return site.indexes[address.language].nearest(address.neutral, 5)
