"""The cookie of a remembered home: a random token, whose address is in the store, encrypted."""

import re
from collections.abc import Mapping

from aiohttp import web

SECURE_NAME, PLAIN_NAME = "__Host-home", "home"
OWN_HOME = "/my-home"
"""The neutral address of the home screen of a household that has told its address."""
SENT = re.compile(rf"(?:^|;\s*)(?:{SECURE_NAME}|{PLAIN_NAME})=[0-9a-f]")


def sends_home(headers: Mapping[str, str]) -> bool:
    """Return whether a request carries such a cookie."""
    return bool(SENT.search(headers.get("Cookie", "")))


def home_token(request: web.BaseRequest, *, secure: bool) -> str:
    """Return the token that a request carries, or "". `secure` is whether it came by HTTPS."""
    return request.cookies.get(SECURE_NAME if secure else PLAIN_NAME, "")


def set_home_cookie(response: web.StreamResponse, token: str, seconds: int, *, secure: bool) -> None:
    """Set the cookie for so many seconds, or clear it for ""."""
    name, age = SECURE_NAME if secure else PLAIN_NAME, seconds if token else 0
    response.set_cookie(name, token, max_age=age, path="/", secure=secure, httponly=True, samesite="Lax")
