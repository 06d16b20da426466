"""Messages are tested on both databases, with a driven clock."""

import pytest
from delivery.desks import Clock
from support.programs.databases import database, keys_file, kind, postgres_server, postgres_url, url

__all__ = ["clock", "database", "keys_file", "kind", "postgres_server", "postgres_url", "url"]


@pytest.fixture
def clock() -> Clock:
    return Clock()
