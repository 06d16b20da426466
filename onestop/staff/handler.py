"""What every handler of the desk does: it finds the officer, checks what they may do and the CSRF token, and renders pages."""

from dataclasses import replace
from typing import ClassVar
from urllib.parse import quote

from aiohttp import web

from onestop.capability import DATABASE, Parts
from onestop.http.request.form_body import FormBody
from onestop.http.request.visitor import is_same_origin_post
from onestop.pages.form import read_public_form
from onestop.site.context import RequestContext
from onestop.staff.officer import CONFIRMED, Officer, Permission
from onestop.staff.own_path import own_path
from onestop.staff.pages import desk_page
from onestop.staff.session import StaffVisit, set_staff_cookie, staff_cookie, visit_of
from onestop.store.database import Database

SIGN_IN, CONFIRM = "/desk/sign-in", "/desk/confirm"
READS = ("GET", "HEAD")
NO_FORM = FormBody()


class DeskHandler:
    """Answers one request below /desk/ for anybody: renders pages, reads forms, redirects."""

    def __init__(self, context: RequestContext, parts: Parts) -> None:
        self.context, self.parts = context, parts
        self.words, self.now = context.words, context.seconds
        self.database: Database = context.request.app[DATABASE]
        self.cookie = staff_cookie(context)
        self.visit: StaffVisit | None = None

    async def respond(self) -> web.StreamResponse:
        """Return the response. The desk has one layout: there is none of it on the channels with a prefix."""
        if self.context.channel.prefix or self.context.listening:
            raise web.HTTPNotFound
        if not self.context.private:
            raise web.HTTPForbidden
        if self.context.request.method in READS:
            return await self.get()
        if self.context.request.method != "POST":
            raise web.HTTPMethodNotAllowed(self.context.request.method, (*READS, "POST"))
        return await self.post(await self.read_form())

    async def get(self) -> web.StreamResponse:
        raise web.HTTPMethodNotAllowed("GET", ("POST",))

    async def post(self, form: FormBody) -> web.StreamResponse:
        raise web.HTTPMethodNotAllowed("POST", READS)

    async def read_form(self) -> FormBody:
        """Return the form in the body. Raises HTTPForbidden if another site sent it, or without a valid CSRF token."""
        form = await read_public_form(self.context, self.parts.uploads)
        self.check_token(form.first("token"))
        return form

    def check_token(self, token: str) -> None:
        """Raise HTTPForbidden unless a CSRF token is of the desk cookie, and no header names another site."""
        if not self.cookie.owns_token(token) or not is_same_origin_post(self.context.request):
            raise web.HTTPForbidden

    def token(self) -> str:
        """Return a CSRF token for one form."""
        return self.cookie.form_token(self.parts.private.chance)

    def page(self, template: str, *, status: int = 200, **values: object) -> web.Response:
        """Return the page of a template of templates/desk. Besides `values` it has what every page of the desk needs."""
        address, site = self.context.address, self.context.site
        every = {
            "_": self.words,
            "words": self.words,
            "language": self.words.language,
            "languages": [(code, self.words.of(code).name, self._in(code)) for code in site.catalogue.languages],
            "council": site.catalogue.council.name(self.words.language),
            "officer": self.visit.officer if self.visit else None,
            "may_assist": self.visit is not None and self.visit.officer.may(Permission.ASSIST),
            "path": self.context.path,
            "here": address.neutral,
            "token": self.token(),
        }
        response = desk_page(self.parts, self.context.request, template, every | values, status)
        if not self.cookie.has_cookie:
            set_staff_cookie(response, self.cookie, self.cookie.secret)
        return response

    def to(self, neutral: str) -> web.Response:
        """Return a redirect to a neutral address, in the language of the request."""
        headers = {"Location": self.context.path(neutral), "Cache-Control": "no-store"}
        return web.Response(status=303, headers=headers)

    def _in(self, language: str) -> str:
        """Return the path of this page in another language."""
        return self.context.site.addresses.write(replace(self.context.address, language=language))


class StaffHandler(DeskHandler):
    """Answers one request of an officer. Without one it redirects to the sign-in page, which leads back.

    A subclass names the permission that it `needs`, if any, and has `get` or `post` or both. `officer` is who asks.
    """

    needs: ClassVar[Permission | None] = None

    async def respond(self) -> web.StreamResponse:
        """Return the response, or a redirect to sign in, or to prove who they are again where that is asked for."""
        if self.context.private and not self.context.channel.prefix:
            self.visit = await visit_of(self.context, self.database)
            if self.visit is None:
                return self._to_prove(SIGN_IN)
            if self.needs and not self.officer.may(self.needs):
                raise web.HTTPForbidden
            if self.needs in CONFIRMED and not self.confirmed:
                return self._to_prove(CONFIRM)
        return await super().respond()

    @property
    def signed_in(self) -> StaffVisit:
        assert self.visit is not None
        return self.visit

    @property
    def officer(self) -> Officer:
        return self.signed_in.officer

    @property
    def confirmed(self) -> bool:
        """Whether the officer has proved recently who they are."""
        return self.signed_in.confirmed(self.now)

    def _to_prove(self, neutral: str) -> web.Response:
        """Return a redirect to a page that leads back here."""
        back = own_path(self.context.address.neutral)
        return self.to(f"{neutral}?back={quote(back, safe='/')}")
