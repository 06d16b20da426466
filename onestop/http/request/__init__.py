"""Request parsing: bytes in pieces, limits on headers, form bodies and uploaded photos."""
