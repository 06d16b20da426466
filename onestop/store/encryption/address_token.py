"""Tokens that hold a short text, encrypted, so that an address of a page says nothing to whoever reads it in a log or a history."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from onestop.store.encryption.cipher import NONCE
from onestop.store.encryption.master_keys import MasterKeys
from onestop.tokens import base64url

KEY_OF = "address tokens"
HOURS = 3600
TIME = 3
LIFETIME = 4
"""Hours for which a token can be opened. Its time takes `TIME` bytes."""


def make_address_token(keys: MasterKeys, purpose: str, text: str, visitor: str, now: int) -> str:
    """Return a token of letters, digits, "-" and "_" that only a request with the same `visitor` secret can open.

    A page opens only tokens of its own `purpose`: the text of another room's token means nothing to it, or something else.
    """
    nonce = os.urandom(NONCE)
    encrypted = AESGCM(keys.current.secret(KEY_OF)).encrypt(
        nonce, (now // HOURS).to_bytes(TIME, "big") + text.encode(), _bound_to(purpose, visitor)
    )
    return base64url.encode(nonce + encrypted)


def read_address_token(keys: MasterKeys, purpose: str, token: str, visitor: str, now: int) -> str | None:
    """Return the text of a token, or None if it is forged, another visitor's, of another purpose or too old."""
    try:
        raw = base64url.decode(token)
    except ValueError:
        return None
    for master in keys.masters:
        try:
            plain = AESGCM(master.secret(KEY_OF)).decrypt(raw[:NONCE], raw[NONCE:], _bound_to(purpose, visitor))
        except (InvalidTag, ValueError):
            continue
        made = int.from_bytes(plain[:TIME], "big")
        return plain[TIME:].decode() if now // HOURS - made <= LIFETIME else None
    return None


def _bound_to(purpose: str, visitor: str) -> bytes:
    return f"{purpose} {visitor}".encode()
