"""A stand-in for GOV.UK Notify: not the real one, but made after its documentation (docs.notifications.service.gov.uk/rest-api.html).

It checks tokens (HS256, 30 seconds), templates' personalisation and addresses, keeps what it accepted, answers a test key's simulator
addresses with their failures, and limits a minute and a day. Nothing is sent to anybody.
"""

import json
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

SERVICE, SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"
API_KEY = f"a-test-key-{SERVICE}-{SECRET}"
SKEW = 30
SIMULATED = {
    "07700900003": "temporary-failure",
    "07700900002": "permanent-failure",
    "temp-fail@simulator.notify": "temporary-failure",
    "perm-fail@simulator.notify": "permanent-failure",
}
SMOKE = frozenset({"07700900000", "07700900111", "07700900222"})
"""Numbers that get an id and never a receipt."""
TEMPLATES = {"5f1c3a52-7d5e-4f0e-9b1a-3c2a4e6d8f10": ("subject", "body")}
FIELDS = {"email": "email_address", "sms": "phone_number", "letter": ""}


class StandInError(Exception):
    """An answer of an error: its status, type and text."""

    def __init__(self, status: int, error: str, message: str) -> None:
        super().__init__(message)
        self.status, self.error = status, error


@dataclass
class NotifyStandIn:
    """`before` may fail or delay each request; `minute` and `day` are how many messages are accepted in each."""

    clock: Callable[[], float]
    minute: int = 3000
    day: int = 250_000
    accepted: list[dict[str, Any]] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    after_accepting: Callable[[], Any] | None = None
    url: str = ""

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(f"{request.method} {request.path_qs}")
        try:
            self._authorise(request)
            if request.method == "POST":
                made = self._accept(request.match_info["rest"], json.loads(await request.read()))
                if self.after_accepting:
                    await self.after_accepting()
                return web.json_response(made, status=201)
            return self._find(request)
        except StandInError as why:
            body = {"status_code": why.status, "errors": [{"error": why.error, "message": str(why)}]}
            return web.json_response(body, status=why.status)

    def settle(self) -> None:
        """Give each accepted message its final status, as a test key does."""
        for one in self.accepted:
            to = one["to"].replace("+44", "0").replace(" ", "")
            if to not in SMOKE:
                one["status"] = SIMULATED.get(to, "received" if one["type"] == "letter" else "delivered")

    def callback(self, one: dict[str, Any]) -> dict[str, Any]:
        """Return what a callback says of a message."""
        return {
            "id": one["id"], "reference": one["reference"], "to": one["to"], "status": one["status"],
            "created_at": "2026-11-28T08:00:00.000000Z", "completed_at": "2026-11-28T08:00:02.000000Z",
            "sent_at": "2026-11-28T08:00:01.000000Z", "notification_type": one["type"],
            "template_id": one["template"]["id"], "template_version": 1,
        }  # fmt: skip

    def _authorise(self, request: web.Request) -> None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme != "Bearer":
            raise StandInError(401, "AuthError", "Unauthorized: authentication token must be provided")
        try:
            claims = jwt.decode(token, OctKey.import_key(SECRET), algorithms=["HS256"]).claims
        except (JoseError, ValueError):
            raise StandInError(403, "AuthError", "Invalid token: API key not found") from None
        if claims.get("iss") != SERVICE:
            raise StandInError(403, "AuthError", "Invalid token: service not found")
        if abs(float(claims["iat"]) - self.clock()) > SKEW:
            message = "Error: Your system clock must be accurate to within 30 seconds"
            raise StandInError(403, "AuthError", message)
        self.tokens.append(token)

    def _accept(self, kind: str, body: dict[str, Any]) -> dict[str, Any]:
        now = self.clock()
        if sum(one["at"] > now - 60 for one in self.accepted) >= self.minute:
            raise StandInError(429, "RateLimitError", f"Exceeded rate limit for key type TEST of {self.minute}")
        if sum(one["at"] // 86400 == now // 86400 for one in self.accepted) >= self.day:
            raise StandInError(429, "TooManyRequestsError", f"Exceeded send limits ({self.day}) for today")
        template, values = body.get("template_id", ""), body.get("personalisation", {})
        if template not in TEMPLATES:
            raise StandInError(400, "BadRequestError", "Template not found")
        if missing := [name for name in TEMPLATES[template] if name not in values]:
            raise StandInError(400, "BadRequestError", f"Missing personalisation: {', '.join(missing)}")
        made = {
            "id": str(uuid.uuid4()), "reference": body.get("reference"), "to": self._address(kind, body, values),
            "type": kind, "status": "created", "template": {"id": template, "version": 1}, "at": now,
            "personalisation": values,
        }  # fmt: skip
        self.accepted.append(made)
        content = {"body": values["body"]}
        return {"id": made["id"], "reference": made["reference"], "content": content, "template": made["template"]}

    def _address(self, kind: str, body: dict[str, Any], values: dict[str, str]) -> str:
        if kind == "letter":
            lines = [values[f"address_line_{n}"] for n in range(1, 8) if values.get(f"address_line_{n}")]
            if len(lines) < 3 or not any(sign.isdigit() for sign in lines[-1]):
                raise StandInError(
                    400, "ValidationError", "Address must be at least 3 lines, the last a real UK postcode"
                )
            return lines[0]
        to = str(body.get(FIELDS[kind], ""))
        if kind == "sms" and not to.lstrip("+").isdecimal():
            raise StandInError(400, "ValidationError", "phone_number Not a UK mobile number")
        if kind == "email" and "@" not in to:
            raise StandInError(400, "ValidationError", "email_address Not a valid email address")
        return to

    def _find(self, request: web.Request) -> web.StreamResponse:
        number = request.match_info["rest"]
        if not number:
            found = [one for one in self.accepted if one["reference"] == request.query.get("reference")]
            return web.json_response({"notifications": found, "links": {}})
        one = next((one for one in self.accepted if one["id"] == number), None)
        if one is None:
            raise StandInError(404, "NoResultFound", "No result found")
        return web.json_response(one)


@asynccontextmanager
async def notify_stand_in(clock: Callable[[], float], **options: Any) -> AsyncIterator[NotifyStandIn]:
    """Run one on loopback."""
    made = NotifyStandIn(clock, **options)
    app = web.Application()
    app.router.add_route("*", "/v2/notifications{slash:/?}{rest:[^/]*}", made.handle)
    server = TestServer(app)
    await server.start_server()
    try:
        made.url = str(server.make_url("")).rstrip("/")
        yield made
    finally:
        await server.close()
