"""Fixtures of a server with the small borough, and of both kinds of database."""

from support.databases import database, keys_file, kind, postgres_server, url
from support.small_server import clock, server, settings

__all__ = ["clock", "database", "keys_file", "kind", "postgres_server", "server", "settings", "url"]
