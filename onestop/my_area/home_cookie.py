"""The cookie of a remembered home: a random token, whose address is in the store, encrypted."""

from aiohttp import web

from onestop.site.context import RequestContext
from onestop.store.tables.homes import UNUSED

SECURE_NAME, PLAIN_NAME = "__Host-home", "home"


def home_token(context: RequestContext) -> str:
    """Return the token of the home that the browser remembers, or "". A shared device remembers none."""
    if context.channel.means.shared:
        return ""
    return context.request.cookies.get(_name(context), "")


def set_home_cookie(response: web.StreamResponse, context: RequestContext, token: str) -> None:
    """Set the cookie for a year, or clear it for ""."""
    age = UNUSED if token else 0
    response.set_cookie(
        _name(context), token, max_age=age, path="/", secure=context.visitor.secure, httponly=True, samesite="Lax"
    )


def _name(context: RequestContext) -> str:
    return SECURE_NAME if context.visitor.secure else PLAIN_NAME
