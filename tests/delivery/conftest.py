"""Delivery is tested on both databases."""

from support.databases import database, keys_file, kind, postgres_server, postgres_url, url

__all__ = ["database", "keys_file", "kind", "postgres_server", "postgres_url", "url"]
