"""Every test of the store is run on both kinds of database."""

from support.databases import database, keys_file, kind, postgres, postgres_server, postgres_url, url

__all__ = ["database", "keys_file", "kind", "postgres", "postgres_server", "postgres_url", "url"]
