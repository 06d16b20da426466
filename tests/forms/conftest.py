"""Fixtures of both databases."""

from support.programs.databases import keys_file, kind, postgres_server, url

__all__ = ["keys_file", "kind", "postgres_server", "url"]
