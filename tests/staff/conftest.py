"""A server with officers, on a clock that the test sets, and the databases of the store's tests."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from staff.officer_browser import HALE, LEE, StaffServer, add_officer
from support.programs.databases import database, keys_file, kind, postgres, postgres_server, postgres_url, url
from support.servers.borough_server import borough

__all__ = ["database", "keys_file", "kind", "postgres", "postgres_server", "postgres_url", "url"]


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[StaffServer]:
    """Serve the borough with two officers, Hale of waste and Lee, who is an administrator."""
    async with borough(tmp_path) as made:
        staff = StaffServer(made, await add_officer(made, HALE), await add_officer(made, LEE))
        yield staff
