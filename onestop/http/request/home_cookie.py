"""The cookie of a remembered home: a random token, whose address is in the store, encrypted."""

import re
from collections.abc import Mapping

from aiohttp import web

from onestop.http.request.host_cookie import HostCookie

HOME = HostCookie("home")
OWN_HOME = "/my-home"
"""The neutral address of the home screen of a household that has told its address."""
SENT = re.compile(rf"(?:^|;\s*)(?:__Host-)?{HOME.plain}=[0-9a-f]")


def sends_home(headers: Mapping[str, str]) -> bool:
    """Return whether a request carries such a cookie."""
    return bool(SENT.search(headers.get("Cookie", "")))


def home_token(request: web.BaseRequest, *, secure: bool) -> str:
    """Return the token that a request carries, or "". `secure` is whether it came by HTTPS."""
    return HOME.of(request, secure=secure)


def set_home_cookie(response: web.StreamResponse, token: str, seconds: int, *, secure: bool) -> None:
    """Set the cookie for so many seconds, or clear it for ""."""
    HOME.set(response, token, seconds if token else 0, secure=secure)
