"""An OpenID provider of our own that insists on PKCE, the redirect address and one use of each code, and can be told to lie."""

import hashlib
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from aiohttp import web
from joserfc import jwt
from joserfc.jwk import ECKey

CLIENT, SECRET = "onestop", "provider-secret"


def signing_key(kid: str) -> ECKey:
    return ECKey.generate_key("P-256", {"kid": kid, "use": "sig", "alg": "ES256"})


@dataclass
class StrictIssuer:
    """`subject` signs in without being asked. `change` alters the claims before they are signed."""

    subject: str = "subject-1"
    issuer: str = ""
    change: Callable[[dict[str, Any]], None] = lambda claims: None
    now: Callable[[], float] = time.time
    key: ECKey = field(default_factory=lambda: signing_key("one"))
    signs: ECKey | None = None
    publishes: ECKey | None = None
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    fetched: int = 0

    async def configuration(self, request: web.Request) -> web.Response:
        names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        return web.json_response(
            {"issuer": self.issuer} | {name: f"{self.issuer}/{path}" for name, path in names.items()}
        )

    async def authorize(self, request: web.Request) -> web.Response:
        query = dict(request.query)
        if (
            query.get("code_challenge_method") != "S256"
            or query.get("client_id") != CLIENT
            or query["scope"] != "openid"
        ):
            raise web.HTTPBadRequest
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        raise web.HTTPFound(f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}")

    async def token(self, request: web.Request) -> web.Response:
        form = await request.post()
        asked = self.codes.pop(str(form.get("code")), None)
        digest = hashlib.sha256(str(form.get("code_verifier")).encode()).digest()
        right = asked and asked["code_challenge"] == urlsafe_b64encode(digest).decode().rstrip("=")
        if (
            not asked
            or not right
            or form.get("client_secret") != SECRET
            or form.get("redirect_uri") != asked["redirect_uri"]
        ):
            return web.json_response({"error": "invalid_grant"}, status=400)
        now = int(self.now())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": self.subject,
            "nonce": asked["nonce"],
            "iat": now,
            "exp": now + 60,
        }
        if "max_age" in asked:
            claims["auth_time"] = now
        self.change(claims)
        token = jwt.encode({"alg": "ES256", "kid": self.key.kid or ""}, claims, self.signs or self.key)
        return web.json_response({"access_token": "x", "token_type": "Bearer", "id_token": token})

    async def keys(self, request: web.Request) -> web.Response:
        self.fetched += 1
        return web.json_response({"keys": [(self.publishes or self.key).as_dict(private=False)]})


@asynccontextmanager
async def strict_issuer() -> AsyncIterator[StrictIssuer]:
    made, app = StrictIssuer(), web.Application()
    app.add_routes(
        [web.get("/.well-known/openid-configuration", made.configuration), web.get("/authorize", made.authorize)]
    )
    app.add_routes([web.post("/token", made.token), web.get("/keys", made.keys)])
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.issuer = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield made
    finally:
        await runner.cleanup()
