"""Cookies of this host alone, hidden from scripts."""

from dataclasses import dataclass

from aiohttp import web


@dataclass(frozen=True, slots=True)
class HostCookie:
    """A cookie for every path of this host. Over HTTPS its name begins with `__Host-`, so that no other host of the domain can set it
    (draft-ietf-httpbis-rfc6265bis, section 4.1.3.2). `plain` is its name over HTTP.
    """

    plain: str
    same_site: str = "Lax"

    def name(self, *, secure: bool) -> str:
        return f"__Host-{self.plain}" if secure else self.plain

    def of(self, request: web.BaseRequest, *, secure: bool) -> str:
        """Return its value in a request, or ""."""
        return request.cookies.get(self.name(secure=secure), "")

    def set(self, response: web.StreamResponse, value: str, seconds: int | None = None, *, secure: bool) -> None:
        """Set it for so many seconds, or until the browser is closed. `value` has no character that a cookie would need quotes for."""
        # Written here: http.cookies, which sorts and quotes, takes five times as long, and each redirect of a journey sets one.
        age = "" if seconds is None else f"; Max-Age={seconds}"
        only = "; Secure" if secure else ""
        text = f"{self.name(secure=secure)}={value}; HttpOnly{age}; Path=/; SameSite={self.same_site}{only}"
        response.headers.add("Set-Cookie", text)

    def clear(self, response: web.StreamResponse, *, secure: bool) -> None:
        self.set(response, "", 0, secure=secure)
