"""OpenID Connect: authorization code with PKCE (RFC 7636), and the checks of the ID token (OpenID Connect Core 1.0, 3.1.3.7)."""

import asyncio
import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode, urlsplit

import aiohttp
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

ALGORITHMS = ("RS256", "ES256", "PS256", "EdDSA")
LARGEST, SECONDS, LEEWAY = 256_000, 10, 60
"""Bytes of an answer of the provider, seconds that a request may take, and seconds that clocks may differ."""


class OpenIdRefused(Exception):
    """The provider did not confirm who the officer is. The text is for the log: it holds nothing that the provider sent."""


@dataclass(frozen=True, slots=True)
class OpenIdProvider:
    """A provider and what it knows this server as."""

    issuer: str
    client: str
    secret: str

    async def authorization_address(self, state: str, nonce: str, verifier: str, return_to: str) -> str:
        """Return the address at which the officer signs in. Raises OpenIdRefused."""
        metadata = await self._metadata()
        challenge = urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
        query = {
            "response_type": "code",
            "scope": "openid",
            "client_id": self.client,
            "redirect_uri": return_to,
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        endpoint = self._endpoint(metadata, "authorization_endpoint")
        return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(query)}"

    async def subject(self, code: str, nonce: str, verifier: str, return_to: str, now: int) -> str:
        """Return the provider's own name for who signed in. Raises OpenIdRefused."""
        metadata = await self._metadata()
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": return_to, "code_verifier": verifier}
        form |= {"client_id": self.client, "client_secret": self.secret}
        answer = await _fetch(self._endpoint(metadata, "token_endpoint"), form)
        keys = await _fetch(self._endpoint(metadata, "jwks_uri"))
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise OpenIdRefused("the provider sent no ID token")
        return await asyncio.to_thread(self._verified_subject, token, keys, nonce, now)

    def _verified_subject(self, token: str, keys: Mapping[str, Any], nonce: str, now: int) -> str:
        try:
            claims = _decode(token, keys)
            # Decoding checks the signature only.
            jwt.JWTClaimsRegistry(
                now=now,
                leeway=LEEWAY,
                iss={"essential": True, "value": self.issuer},
                aud={"essential": True, "value": self.client},
                exp={"essential": True},
                iat={"essential": True},
                sub={"essential": True},
            ).validate(claims)
        except (JoseError, ValueError, KeyError, TypeError) as why:
            raise OpenIdRefused(f"the ID token is not valid: {type(why).__name__}") from None
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
            raise OpenIdRefused("the ID token is of another sign-in")
        if claims.get("azp", None if several else self.client) != self.client:
            raise OpenIdRefused("the ID token is for another party")
        if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= 255:
            raise OpenIdRefused("the ID token names nobody")
        return claims["sub"]

    async def _metadata(self) -> Mapping[str, Any]:
        metadata = await _fetch(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
        if metadata.get("issuer") != self.issuer:
            raise OpenIdRefused("the provider has another issuer than the setting")
        return metadata

    def _endpoint(self, metadata: Mapping[str, Any], name: str) -> str:
        """Return an address of the provider: over HTTPS, unless its issuer is on this machine."""
        found = metadata.get(name)
        if not isinstance(found, str) or urlsplit(found).scheme not in ("https", urlsplit(self.issuer).scheme):
            raise OpenIdRefused(f"the provider has no usable {name}")
        return found


def _decode(token: str, keys: Mapping[str, Any]) -> dict[str, Any]:
    """Return the claims of a token that one of the keys has signed. Raises JoseError, KeyError, TypeError or ValueError."""
    found = [key for key in keys["keys"] if key.get("use", "sig") == "sig"][:20]
    header = json.loads(urlsafe_b64decode(token.partition(".")[0] + "=="))
    named = [key for key in found if "kid" not in header or key.get("kid", header["kid"]) == header["kid"]]
    for key in named:
        try:
            return dict(
                jwt.decode(token, KeySet.import_key_set({"keys": [key]}).keys[0], algorithms=list(ALGORITHMS)).claims
            )
        except (JoseError, ValueError):
            continue
    raise ValueError("no key has signed it")


async def _fetch(address: str, form: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the JSON object at an address, or what a form is answered with. Redirects are not followed. Raises OpenIdRefused."""
    timeout = aiohttp.ClientTimeout(total=SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout, headers={"Accept": "application/json"}) as session,
            session.request("POST" if form else "GET", address, data=form, allow_redirects=False) as answer,
        ):
            body = await answer.content.read(LARGEST)
            # One read returns what has come so far.
            while len(body) < LARGEST and (more := await answer.content.read(LARGEST - len(body))):
                body += more
            if answer.status != 200 or len(body) >= LARGEST:
                raise OpenIdRefused(f"the provider answered with status {answer.status}")
    except (aiohttp.ClientError, TimeoutError, OSError) as why:
        raise OpenIdRefused(f"the provider does not answer: {type(why).__name__}") from None
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise OpenIdRefused("the provider sent no JSON") from None
    if not isinstance(found, dict):
        raise OpenIdRefused("the provider sent no JSON object")
    return found
