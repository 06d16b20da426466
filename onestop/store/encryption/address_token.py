"""Tokens that hold a short text, encrypted, so that an address of a page says nothing to whoever reads it in a log or a history."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from onestop.store.encryption.cipher import NONCE
from onestop.store.encryption.master_keys import MasterKeys
from onestop.tokens import base64url

PURPOSE = "address tokens"
HOURS = 3600
TIME = 3
LIFETIME = 4
"""Hours for which a token can be opened. Its time takes `TIME` bytes."""


def make_address_token(keys: MasterKeys, text: str, visitor: str, now: int) -> str:
    """Return a token of letters, digits, "-" and "_" that only a request with the same `visitor` secret can open."""
    nonce = os.urandom(NONCE)
    encrypted = AESGCM(keys.current.secret(PURPOSE)).encrypt(
        nonce, (now // HOURS).to_bytes(TIME, "big") + text.encode(), visitor.encode()
    )
    return base64url.encode(nonce + encrypted)


def read_address_token(keys: MasterKeys, token: str, visitor: str, now: int) -> str | None:
    """Return the text of a token, or None if it is forged, another visitor's or too old."""
    try:
        raw = base64url.decode(token)
    except ValueError:
        return None
    for master in keys.masters:
        try:
            plain = AESGCM(master.secret(PURPOSE)).decrypt(raw[:NONCE], raw[NONCE:], visitor.encode())
        except (InvalidTag, ValueError):
            continue
        made = int.from_bytes(plain[:TIME], "big")
        return plain[TIME:].decode() if now // HOURS - made <= LIFETIME else None
    return None
