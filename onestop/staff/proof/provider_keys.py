"""The keys with which an OpenID provider signs: kept, and fetched again for a token that names one which is not among them."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from onestop.staff.proof.provider_answer import OpenIdRefused, fetch_object

ALGORITHMS = ("RS256", "ES256", "PS256", "EdDSA")
LIFETIME, MOST = 600, 20
"""Seconds for which the keys are kept: one that the provider has withdrawn is accepted no longer. Keys of a set that are looked at."""
Jwk = Mapping[str, Any]


class ProviderKeys:
    """The signing keys of one provider, by the address of its key set."""

    def __init__(self) -> None:
        self.address, self.fetched, self.keys = "", 0, tuple[Jwk, ...]()

    async def named(self, address: str, token: str, now: int) -> tuple[Jwk, ...]:
        """Return the keys that may have signed a token, after one fetch at most. Raises OpenIdRefused."""
        kid = key_id(token)
        kept = self.address == address and 0 <= now - self.fetched < LIFETIME
        if not kept or not _matching(self.keys, kid):
            found = signing_keys(await fetch_object(address))
            self.address, self.fetched, self.keys = address, now, found
        return _matching(self.keys, kid)


def key_id(token: str) -> str | None:
    """Return the name of the key in the header of a token, or None if it names none. Raises OpenIdRefused."""
    try:
        header = json.loads(urlsafe_b64decode(token.partition(".")[0] + "=="))
    except (ValueError, RecursionError):
        raise OpenIdRefused("the ID token has no header") from None
    found = header.get("kid") if isinstance(header, dict) else None
    return found if isinstance(found, str) else None


def signing_keys(answer: Mapping[str, Any]) -> tuple[Jwk, ...]:
    """Return the keys of a key set that are not for encryption. Raises OpenIdRefused."""
    keys = answer.get("keys")
    if not isinstance(keys, list):
        raise OpenIdRefused("the provider sent no keys")
    return tuple(key for key in keys[:MOST] if isinstance(key, dict) and key.get("use", "sig") == "sig")


def _matching(keys: tuple[Jwk, ...], kid: str | None) -> tuple[Jwk, ...]:
    return tuple(key for key in keys if kid is None or key.get("kid", kid) == kid)


def signed_claims(token: str, keys: tuple[Jwk, ...]) -> dict[str, Any]:
    """Return the claims of a token that one of the keys has signed. Raises JoseError or ValueError."""
    for key in keys:
        try:
            imported = KeySet.import_key_set({"keys": [dict(key)]}).keys[0]
            return dict(jwt.decode(token, imported, algorithms=list(ALGORITHMS)).claims)
        except (JoseError, ValueError, TypeError, KeyError):
            continue
    raise ValueError("no key has signed it")
