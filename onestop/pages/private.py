"""Responses for one visitor: never cached, and sent only over HTTPS or within this machine."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from aiohttp import web

from onestop.catalogue.screens.frame import home_link
from onestop.http.client import is_https, is_loopback
from onestop.http.final_headers import mark_single_packet
from onestop.http.prepared import PreparedResponse, takes_gzip
from onestop.http.request.visitor import RandomBytes, clear_session_cookie, set_session_cookie, visitor
from onestop.http.response_counter import ResponseCounter
from onestop.pages.form_template import form_template, without_values
from onestop.pages.https_required import elsewhere_screen
from onestop.pages.page_template import PageTemplate, PageTemplates, Values
from onestop.pages.page_to_speak import PageToSpeak, with_error
from onestop.pages.present import NoSuchPage, Presenter
from onestop.screen import Screen
from onestop.settings import Settings
from onestop.site.address import Address
from onestop.site.context import Redirect, RequestContext
from onestop.site.session_lifetime import OWN_WHOLE
from onestop.site.site import Site

NO_STORE = "no-store"
SEE_OTHER = 303


@dataclass(frozen=True, slots=True)
class PrivatePages:
    """`chance` makes secrets; `clock` gives seconds since 1970; `templates` are cached question pages."""

    presenter: Presenter
    counter: ResponseCounter
    settings: Settings
    clock: Callable[[], float]
    chance: RandomBytes = os.urandom
    templates: PageTemplates = field(default_factory=PageTemplates)

    def context(self, request: web.Request, site: Site, address: Address) -> RequestContext:
        """Return the context of a request for an address."""
        now = datetime.fromtimestamp(self.clock(), UTC)
        who = visitor(request, self.https(request), self.chance, int(now.timestamp()))
        return RequestContext(
            site, address, site.device(address, request.headers), now, request, who, self.allowed(request)
        )

    def https(self, request: web.BaseRequest) -> bool:
        """Return whether the request came over HTTPS, as far as this server or its proxy knows."""
        return is_https(request, self.settings.proxy)

    def allowed(self, request: web.BaseRequest) -> bool:
        """Return whether personal pages may be sent: over HTTPS, within this machine, or wherever the operator allows plain HTTP."""
        # Behind a proxy, the loopback address is not the client.
        here = not self.settings.proxy and is_loopback(request)
        return self.https(request) or self.settings.private_http or here

    def token(self, context: RequestContext) -> str:
        """Return a CSRF token for one form."""
        return context.visitor.form_token(self.chance)

    def show(self, context: RequestContext, screen: Screen, *, cookie: bool = True) -> web.Response:
        """Return the page of a personal screen. With `cookie` false, no session cookie is set for a new visitor."""
        if context.listening:
            spoken = with_error(screen, context.request.query, context.visitor)
            return PageToSpeak(self.presenter.page(context, spoken), context.words)
        found = without_values(screen)
        template = self._template(context, *found) if found else None
        response = self._filled(context, template, found[1]) if found and template else self._rendered(context, screen)
        # A known visitor's cookie is renewed by the next redirect: a page that must fit one packet has no room for it.
        if cookie and not context.visitor.has_cookie:
            self._set_cookie(response, context)
        return response

    def _template(self, context: RequestContext, masked: Screen, values: Values) -> PageTemplate | None:
        """Return the template of a question page without visitor data, rendered at its first use."""
        path = context.site.addresses.write(context.address)
        key = (context.site.version, path, context.device.name, masked)
        template = self.templates.get(key)
        if template is None:
            template = form_template(self._draw(context, masked), values)
            if template:
                self.templates.keep(key, template)
        return template

    def _filled(self, context: RequestContext, template: PageTemplate, values: Values) -> web.Response:
        self.counter.count(template.label, template.status)
        return template.response(context.request, values)

    def _rendered(self, context: RequestContext, screen: Screen) -> web.Response:
        ready = self._draw(context, screen)
        wire = ready.packed if takes_gzip(context.request.headers.get("Accept-Encoding", "")) else ready.plain
        self.counter.count(ready.label, ready.status)
        headers = [(name, value) for name, value in wire.headers if name != "ETag"]
        return mark_single_packet(web.Response(status=ready.status, headers=headers, body=wire.body), ready.packet)

    def redirect(self, context: RequestContext, where: Redirect) -> web.Response:
        """Return a 303 redirect, so that a reload sends no form again."""
        response = self._see_other(context, where.neutral)
        if where.token or not context.visitor.replaced:
            who = replace(context.visitor, secret=where.token or context.visitor.secret)
            self._set_cookie(response, replace(context, visitor=who))
        return response

    def leave(self, context: RequestContext, *, ended: bool) -> web.Response:
        """Return a redirect to the channel's start screen. If the session has `ended`, also clear its cookie and stored data."""
        response = self._see_other(context, context.channel.rest)
        if ended:
            clear_session_cookie(response, context.visitor)
        return response

    def _see_other(self, context: RequestContext, neutral: str) -> web.Response:
        headers = {"Location": context.path(neutral), "Cache-Control": NO_STORE}
        self.counter.count((context.channel.name, ""), SEE_OTHER)
        return web.Response(status=SEE_OTHER, headers=headers)

    def _set_cookie(self, response: web.Response, context: RequestContext) -> None:
        """Set the session cookie: until the browser closes on a shared device, else for as long as a session may last."""
        set_session_cookie(response, context.visitor, None if context.channel.means.shared else OWN_WHOLE)

    def _draw(self, context: RequestContext, screen: Screen) -> PreparedResponse:
        """Return the page of a screen; the first if it has no page of that number."""
        try:
            return self.presenter.present(context, screen, varies=("Cookie",), cached=NO_STORE, private=True)
        except NoSuchPage:
            first = replace(context, address=replace(context.address, page=1))
            return self.presenter.present(first, screen, varies=("Cookie",), cached=NO_STORE, private=True)


class PersonalHandler:
    """What every handler of one request for personal pages does: it shows screens with a CSRF token, and redirects."""

    def __init__(self, context: RequestContext, private: PrivatePages) -> None:
        self.context, self.private = context, private

    def csrf(self) -> str:
        return self.private.token(self.context)

    def show(self, screen: Screen) -> web.Response:
        return self.private.show(self.context, screen)

    def to(self, neutral: str) -> web.Response:
        """Return the redirect to a neutral address, in the language and on the channel of the request."""
        return self.private.redirect(self.context, Redirect(neutral))

    def elsewhere(self, neutral: str) -> web.Response:
        """Return what is shown over plain HTTP instead of the page at a neutral address."""
        screen = elsewhere_screen(self.context, self.context.path(neutral), (home_link(self.context.words),))
        # Home has a code for a phone always.
        assert screen is not None
        return self.show(screen)
