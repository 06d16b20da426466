"""How many cases a second the server accepts."""
