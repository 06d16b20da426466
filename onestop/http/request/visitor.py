"""The visitor of a request: the secret in their session cookie, and CSRF tokens."""

import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from aiohttp import web

from onestop.http.request.host_cookie import HostCookie
from onestop.tokens import base64url

RandomBytes = Callable[[int], bytes]
"""Returns that many cryptographically random bytes."""
WORD = re.compile(r"[0-9a-f]{8}[A-Za-z0-9_-]{22}")
"""A session secret: its time of creation in hex, so that database indexes grow at their end, and 128 random bits."""
VISIT = HostCookie("visit")
MASK = 8
"""Bytes of a CSRF token and of its mask: 64 bits cannot be guessed over a network, and keep a page within one packet."""

LOOKS_AHEAD = ("Sec-Purpose", "Purpose", "X-Moz")


@dataclass(frozen=True, slots=True)
class Visitor:
    """`secret` is the value of the session cookie; `has_cookie` whether the request carried it; `secure` whether it came by HTTPS.

    `replaced`: the browser has been given another secret meanwhile, which no response must overwrite.
    """

    secret: str
    has_cookie: bool
    secure: bool
    replaced: bool = False

    @property
    def form_key(self) -> bytes:
        """The key of this visitor's CSRF tokens. It does not tell the secret."""
        # hmac.digest is slower here: it releases the GIL for each secret.
        return hmac.new(self.secret.encode(), b"form", sha256).digest()[:MASK]

    def form_token(self, chance: RandomBytes) -> str:
        """Return a CSRF token. It is masked differently each time, so that compression does not reveal it (BREACH)."""
        mask = chance(MASK)
        return base64url.encode(mask + _mixed(self.form_key, mask))

    def owns_token(self, token: str) -> bool:
        """Return whether a CSRF token belongs to this visitor."""
        return self.has_cookie and is_token_of(token, self.form_key)


def is_token_of(token: str, form_key: bytes) -> bool:
    """Return whether a CSRF token was made with this key, of MASK bytes; no token is of an empty one."""
    try:
        raw = base64url.decode(token)
    except ValueError:
        return False
    return len(form_key) == MASK and hmac.compare_digest(_mixed(raw[MASK:], raw[:MASK]), form_key)


def visitor(request: web.BaseRequest, secure: bool, chance: RandomBytes, now: int) -> Visitor:
    """Return the visitor of a request; one without a valid cookie gets a new secret."""
    word = VISIT.of(request, secure=secure)
    if WORD.fullmatch(word):
        return Visitor(word, True, secure)
    return Visitor(f"{now:08x}{base64url.encode(chance(16))}", False, secure)


def set_session_cookie(response: web.StreamResponse, who: Visitor, seconds: int | None) -> None:
    """Set the session cookie for so many seconds, or until the browser is closed."""
    VISIT.set(response, who.secret, seconds, secure=who.secure)


def clear_session_cookie(response: web.StreamResponse, who: Visitor) -> None:
    """Clear the session cookie and our storage in the browser. Cookies of other programs on this host stay."""
    VISIT.clear(response, secure=who.secure)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'


def is_same_origin_post(request: web.BaseRequest) -> bool:
    """Return whether no header says that another site sent the form. Old browsers send none; for them the CSRF token decides."""
    origin = request.headers.get("Origin", "null")
    if origin not in ("null", ""):
        return origin.partition("://")[2] == request.headers.get("Host", "")
    return request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none")


def is_prefetch(request: web.BaseRequest) -> bool:
    """Return whether the request is a prefetch."""
    return any("prefetch" in request.headers.get(name, "").lower() for name in LOOKS_AHEAD)


def is_same_origin_link(request: web.BaseRequest) -> bool:
    """Return whether no header says that the request came from another site."""
    came = request.headers.get("Referer", "").partition("://")[2].partition("/")[0]
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    return site in ("same-origin", "none") and came in ("", request.headers.get("Host", ""))


def is_own_link(request: web.BaseRequest) -> bool:
    """Return whether no header says that the request came from anywhere but a page of ours, such as a mail."""
    return is_same_origin_link(request) and request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"


def _mixed(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=False))
