"""Fixtures of a server with the small borough, and of both kinds of database, and a watchdog of the event loop."""

from collections.abc import Iterator

import pytest
from support.loop_watchdog import Watchdog
from support.programs.databases import database, keys_file, kind, postgres_server, url
from support.servers.small_server import clock, server, settings

__all__ = ["clock", "database", "keys_file", "kind", "postgres_server", "server", "settings", "url"]


@pytest.fixture
def loop_watchdog() -> Iterator[None]:
    """Fail a test in which the server held the event loop."""
    with Watchdog().watching() as watchdog:
        yield
    assert watchdog.stalls == []
