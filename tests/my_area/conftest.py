"""The fictional gazetteer, and a borough that has it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from support.samples.eastmere import eastmere, eastmere_file
from support.servers.borough_server import Borough, borough

__all__ = ["eastmere", "eastmere_file", "server"]


@pytest.fixture
async def server(tmp_path: Path, eastmere_file: Path) -> AsyncIterator[Borough]:
    async with borough(tmp_path, gazetteer=str(eastmere_file)) as made:
        yield made
