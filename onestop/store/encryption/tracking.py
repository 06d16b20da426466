"""What finds a case again: the digest of a second fact, the PIN and the ticket of a receipt. All are derived from keys.

A PIN is never stored: it is computed from the data key of its case, which is encrypted with a master key and erased with the case.
"""

import hmac
from base64 import b32decode, b32encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from onestop.store.encryption.master_keys import MasterKeys

PIN_DIGITS, DIGEST = 4, 16
PURPOSE = "tracking tickets"
REFERENCE = 5
"""Bytes that hold a reference of ten digits."""
FOLLOWER = b"follower"
TICKET_LENGTH = 34
"""Letters and digits of a ticket: the reference and a tag of 128 bits, in base 32."""


def fact_digest(case_key: bytes, digits: str) -> bytes:
    """Return the keyed digest of a second fact."""
    return hmac.digest(case_key, b"second fact " + digits.encode(), "sha256")[:DIGEST]


def pin_of(case_key: bytes) -> str:
    """Return the PIN of a case, four digits."""
    number = int.from_bytes(hmac.digest(case_key, b"pin of the receipt", "sha256")[:8], "big")
    return f"{number % 10**PIN_DIGITS:0{PIN_DIGITS}}"


def make_ticket(keys: MasterKeys, reference: str, *, follower: bool = False) -> str:
    """Return the ticket of a reference, which nobody without the keys can make: capitals and digits, as a QR code holds them best.

    That of a `follower`, who did not send the case, opens less.
    """
    about = [FOLLOWER] if follower else None
    encrypted = AESSIV(keys.current.secret(PURPOSE)).encrypt(int(reference).to_bytes(REFERENCE, "big"), about)
    return _text(encrypted)


def read_ticket(keys: MasterKeys, ticket: str, *, follower: bool = False) -> str | None:
    """Return the reference of a ticket, or None if it is forged or of the other sort."""
    about = [FOLLOWER] if follower else None
    try:
        raw = b32decode(ticket.upper() + "=" * (-len(ticket) % 8))
    except ValueError:
        return None
    if _text(raw) != ticket.upper():
        return None  # the last character holds bits that decoding drops: one ticket has one text
    for master in keys.masters:
        try:
            return str(int.from_bytes(AESSIV(master.secret(PURPOSE)).decrypt(raw, about), "big"))
        except (InvalidTag, ValueError):
            continue
    return None


def _text(ticket: bytes) -> str:
    return b32encode(ticket).decode().rstrip("=")
