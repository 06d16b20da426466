"""Bytes as text for addresses and cookies: base64url of RFC 4648, section 5, without padding."""

from base64 import urlsafe_b64decode, urlsafe_b64encode


def encode(data: bytes) -> str:
    """Return letters, digits, "-" and "_", four for three bytes."""
    return urlsafe_b64encode(data).decode().rstrip("=")


def decode(text: str) -> bytes:
    """Return the bytes of a text. Raises ValueError if `encode` would have written them otherwise: one text only stands for them."""
    data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if encode(data) != text:
        raise ValueError("not base64url in its only form")
    return data
