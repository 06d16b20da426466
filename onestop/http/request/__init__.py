"""Request parsing: limits on headers, form bodies and uploaded photos."""
