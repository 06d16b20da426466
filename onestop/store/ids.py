"""Names for rows: nobody can guess one, and later ones come after earlier ones, so that an index grows at its end."""

import secrets


def new_id(now: int) -> str:
    """Eight hexadecimal digits of time and ninety-six bits of chance."""
    return f"{now:08x}{secrets.token_hex(12)}"
