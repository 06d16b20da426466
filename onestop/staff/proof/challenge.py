"""Challenges: bytes that only this server can make, bound to a browser and a purpose, valid for ten minutes. None is stored until it is
answered, so that nobody can fill the database with them.
"""

import hmac

from onestop.http.request.visitor import RandomBytes
from onestop.store.encryption.master_keys import MasterKey, MasterKeys

LIFETIME = 600
NONCE, TIME, MAC = 16, 4, 16


def make_challenge(keys: MasterKeys, purpose: str, holder: str, now: int, chance: RandomBytes) -> bytes:
    """Return a challenge for one `purpose`, to be answered by the browser with the secret `holder`."""
    body = chance(NONCE) + now.to_bytes(TIME, "big")
    return body + _mac(keys.current, purpose, holder, body)


def is_challenge(keys: MasterKeys, challenge: bytes, purpose: str, holder: str, now: int) -> bool:
    """Return whether this server made a challenge for this purpose and browser, at most `LIFETIME` seconds ago."""
    body, mac = challenge[: NONCE + TIME], challenge[NONCE + TIME :]
    made = int.from_bytes(body[NONCE:], "big")
    genuine = any(hmac.compare_digest(_mac(key, purpose, holder, body), mac) for key in keys.masters)
    return len(mac) == MAC and genuine and 0 <= now - made <= LIFETIME


def _mac(key: MasterKey, purpose: str, holder: str, body: bytes) -> bytes:
    text = f"{purpose} {holder} ".encode() + body
    return hmac.digest(key.secret("challenges of sign-in"), text, "sha256")[:MAC]
