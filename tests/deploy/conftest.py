"""A PostgreSQL for the servers behind the proxies."""

from support.programs.databases import keys_file, postgres_server, url

__all__ = ["keys_file", "postgres_server", "url"]
