"""Row ids and the tokens of cookies: unguessable, and increasing with time so that inserts go to the end of the index."""

import hashlib
import re
import secrets

TOKEN = re.compile(r"[0-9a-f]{8}[A-Za-z0-9_-]{22}")


def new_id(now: int) -> str:
    """Return eight hexadecimal digits of `now` (seconds since 1970) followed by 96 random bits."""
    return f"{now:08x}{secrets.token_hex(12)}"


def new_token(now: int) -> str:
    """Return a new secret for a cookie: eight hexadecimal digits of `now` followed by 128 random bits."""
    return f"{now:08x}{secrets.token_urlsafe(16)}"


def token_digest(token: str) -> str:
    """Return what is stored of a token: a stolen copy of the database must not allow session hijacking."""
    return token[:8] + hashlib.sha256(token.encode()).hexdigest()[:40]
