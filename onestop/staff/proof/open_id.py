"""OpenID Connect: authorization code with PKCE (RFC 7636), and the checks of the ID token (OpenID Connect Core 1.0, 3.1.3.7)."""

import asyncio
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode, urlsplit

from joserfc import jwt
from joserfc.errors import JoseError

from onestop.staff.proof.provider_answer import OpenIdRefused, fetch_object
from onestop.staff.proof.provider_keys import Jwk, ProviderKeys, signed_claims
from onestop.tokens import base64url

LEEWAY, RECENT = 60, 600
"""Seconds that clocks may differ, and seconds that a proof at the provider may take."""
KEYS = ProviderKeys()


@dataclass(frozen=True, slots=True)
class OpenIdExchange:
    """One way to the provider and back. `nonce` and `verifier` are secrets of it; with `again` the provider asks the officer for a proof
    even if they are signed in there.
    """

    state: str
    nonce: str
    verifier: str
    return_to: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class OpenIdProvider:
    """A provider and what it knows this server as."""

    issuer: str
    client: str
    secret: str

    async def authorization_address(self, exchange: OpenIdExchange) -> str:
        """Return the address at which the officer signs in. Raises OpenIdRefused."""
        metadata = await self._metadata()
        challenge = base64url.encode(sha256(exchange.verifier.encode()).digest())
        query = {
            "response_type": "code",
            "scope": "openid",
            "client_id": self.client,
            "redirect_uri": exchange.return_to,
            "state": exchange.state,
            "nonce": exchange.nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        if exchange.again:
            query |= {"prompt": "login", "max_age": "0"}
        endpoint = self._endpoint(metadata, "authorization_endpoint")
        return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(query)}"

    async def subject(self, code: str, exchange: OpenIdExchange, now: int) -> str:
        """Return the provider's own name for who signed in. Raises OpenIdRefused."""
        metadata = await self._metadata()
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": exchange.return_to,
            "code_verifier": exchange.verifier,
            "client_id": self.client,
            "client_secret": self.secret,
        }
        answer = await fetch_object(self._endpoint(metadata, "token_endpoint"), form)
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise OpenIdRefused("the provider sent no ID token")
        keys = await KEYS.named(self._endpoint(metadata, "jwks_uri"), token, now)
        return await asyncio.to_thread(self._verified_subject, token, keys, exchange, now)

    def _verified_subject(self, token: str, keys: tuple[Jwk, ...], exchange: OpenIdExchange, now: int) -> str:
        try:
            claims = signed_claims(token, keys)
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
        if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), exchange.nonce.encode()):
            raise OpenIdRefused("the ID token is of another sign-in")
        if claims.get("azp", None if several else self.client) != self.client:
            raise OpenIdRefused("the ID token is for another party")
        if exchange.again and not _is_recent(claims.get("auth_time"), now):
            raise OpenIdRefused("the provider asked for no new proof")
        if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= 255:
            raise OpenIdRefused("the ID token names nobody")
        return claims["sub"]

    async def _metadata(self) -> Mapping[str, Any]:
        metadata = await fetch_object(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
        if metadata.get("issuer") != self.issuer:
            raise OpenIdRefused("the provider has another issuer than the setting")
        return metadata

    def _endpoint(self, metadata: Mapping[str, Any], name: str) -> str:
        """Return an address of the provider: over HTTPS, unless its issuer is on this machine."""
        found = metadata.get(name)
        if not isinstance(found, str) or urlsplit(found).scheme not in ("https", urlsplit(self.issuer).scheme):
            raise OpenIdRefused(f"the provider has no usable {name}")
        return found


def _is_recent(proved: object, now: int) -> bool:
    """Return whether a time that the provider gives is of the proof that was just asked for."""
    return isinstance(proved, int) and abs(now - proved) <= RECENT
