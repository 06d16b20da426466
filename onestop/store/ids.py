"""Row ids: unguessable, and increasing with time so that inserts go to the end of the index."""

import secrets


def new_id(now: int) -> str:
    """Return eight hexadecimal digits of `now` (seconds since 1970) followed by 96 random bits."""
    return f"{now:08x}{secrets.token_hex(12)}"
