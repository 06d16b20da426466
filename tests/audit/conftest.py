"""Every test of the audit log runs on both databases."""

from support.programs.databases import database, keys_file, kind, postgres, postgres_server, postgres_url, url

__all__ = ["database", "keys_file", "kind", "postgres", "postgres_server", "postgres_url", "url"]
