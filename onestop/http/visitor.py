"""Whose browser this is: an unguessable word in a cookie, and the proof that a form came from our own page."""

import hmac
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from aiohttp import web

RandomBytes = Callable[[int], bytes]
"""So many random bytes, fit for secrets."""
WORD = re.compile(r"[0-9a-f]{8}[A-Za-z0-9_-]{22}")
"""When it was made, so that an index of what belongs to it grows at its end, and 128 bits of chance."""
SECURE_NAME, PLAIN_NAME = "__Host-visit", "visit"
MASK = 8
"""Bytes of a proof and of what hides it: nobody guesses 64 bits over a wire, and a page with a form fits one packet."""

LOOKS_AHEAD = ("Sec-Purpose", "Purpose", "X-Moz")


@dataclass(frozen=True, slots=True)
class Visitor:
    """`secret` is the session cookie of the browser; `has_cookie` whether the request carried it; `secure` whether it came over HTTPS."""

    secret: str
    has_cookie: bool
    secure: bool

    def form_token(self, chance: RandomBytes) -> str:
        """A proof for one form. It looks different each time, so that packing a page does not betray it."""
        mask = chance(MASK)
        return urlsafe_b64encode(mask + _mixed(self._proof(), mask)).decode().rstrip("=")

    def owns_token(self, token: str) -> bool:
        """Whether a token is a proof of this visitor's."""
        try:
            raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
        except ValueError:
            return False
        return self.has_cookie and hmac.compare_digest(_mixed(raw[MASK:], raw[:MASK]), self._proof())

    def _proof(self) -> bytes:
        return hmac.digest(self.secret.encode(), b"form", sha256)[:MASK]


def visitor(request: web.BaseRequest, secure: bool, chance: RandomBytes, now: int) -> Visitor:
    """Return the visitor of a request; one without a valid cookie gets a new secret."""
    word = request.cookies.get(SECURE_NAME if secure else PLAIN_NAME, "")
    if WORD.fullmatch(word):
        return Visitor(word, True, secure)
    return Visitor(f"{now:08x}{urlsafe_b64encode(chance(16)).decode().rstrip('=')}", False, secure)


def set_session_cookie(response: web.StreamResponse, who: Visitor, seconds: int | None) -> None:
    """Have the browser keep the word for so long, or for as long as it is open."""
    name = SECURE_NAME if who.secure else PLAIN_NAME
    response.set_cookie(name, who.secret, max_age=seconds, path="/", secure=who.secure, httponly=True, samesite="Lax")


def clear_session_cookie(response: web.StreamResponse, who: Visitor) -> None:
    """Have the browser lose the word and all it has kept of us. Other cookies of this host's are not ours to clear."""
    name = SECURE_NAME if who.secure else PLAIN_NAME
    response.set_cookie(name, "", max_age=0, path="/", secure=who.secure, httponly=True, samesite="Lax")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'


def is_same_origin_post(request: web.BaseRequest) -> bool:
    """Whether nothing in the headers says that another site sent the form. Old browsers say nothing; the token decides then."""
    origin = request.headers.get("Origin", "null")
    if origin not in ("null", ""):
        return origin.partition("://")[2] == request.headers.get("Host", "")
    return request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none")


def is_prefetch(request: web.BaseRequest) -> bool:
    """Whether a browser only looks ahead at a page that nobody has asked for yet."""
    return any("prefetch" in request.headers.get(name, "").lower() for name in LOOKS_AHEAD)


def is_same_origin_link(request: web.BaseRequest) -> bool:
    """Whether nothing says that another site has sent the browser here."""
    came = request.headers.get("Referer", "").partition("://")[2].partition("/")[0]
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    return site in ("same-origin", "none") and came in ("", request.headers.get("Host", ""))


def _mixed(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=False))
