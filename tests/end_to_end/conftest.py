"""Both kinds of database, and servers of one's own to be killed."""

from support.databases import keys_file, kind, postgres_server, url

__all__ = ["keys_file", "kind", "postgres_server", "url"]
