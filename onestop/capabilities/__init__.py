"""Parts of the program that answer addresses: one file each, joined by one line in server.py."""
