"""What delivers is tested on both kinds of database."""

from support.databases import database, keys_file, kind, postgres_server, postgres_url, url

__all__ = ["database", "keys_file", "kind", "postgres_server", "postgres_url", "url"]
