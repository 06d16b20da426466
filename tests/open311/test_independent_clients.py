"""Two Open311 clients that others have written speak to our server: `georeport`, which reads both formats, and `three`, which reports."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from support.servers.borough_server import Borough, borough

from onestop.casework.reference import is_reference

pytestmark = pytest.mark.slow
KEY, SERVICE = "key-of-a-neighbour", "street-problem"
# `three` was written for Python 2: `filter` is what it imports under this name.
itertools.ifilter = filter  # type: ignore[attr-defined]
georeport: Any = pytest.importorskip("georeport", reason="install the extra `dev` for an independent Open311 client")
three: Any = pytest.importorskip("three", reason="install the extra `dev` for an independent Open311 client")
ANSWERS = {"kind": "hole", "danger": "safe", "land": "street", "depth": "deep", "tell": "none"}


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Borough]:
    secrets = tmp_path / "secrets.toml"
    secrets.write_text(f'open311 = ["{KEY}"]\n')
    secrets.chmod(0o600)
    async with borough(tmp_path, secrets=str(secrets)) as made:
        yield made


def reported(root: str) -> str:
    """Report with `three`; return the number that it was given."""
    client = three.Three(f"{root}/", api_key=KEY)
    fields = {f"attribute[{name}]": value for name, value in ANSWERS.items()}
    (made,) = client.post(SERVICE, address="Bridge Street", description="A deep hole beside the bridge", **fields)
    return str(made["service_request_id"])


async def test_three_reports_and_asks_for_the_status(server: Borough) -> None:
    root = f"http://127.0.0.1:{server.port}/open311/v2"
    client = three.Three(f"{root}/", api_key=KEY)
    assert [one["service_code"] for one in await asyncio.to_thread(client.services)] == [SERVICE]
    number = await asyncio.to_thread(reported, root)
    assert is_reference(number)
    (found,) = await asyncio.to_thread(client.request, number)
    assert (found["service_request_id"], found["service_code"], found["status"]) == (number, SERVICE, "open")


@pytest.mark.parametrize("form", ["json", "xml"])
async def test_georeport_reads_services_definition_and_requests(server: Borough, form: str) -> None:
    root = f"http://127.0.0.1:{server.port}/open311/v2"
    number = await asyncio.to_thread(reported, root)
    client = georeport.GeoReport(root, output_format=form)
    services, definition, requests = [
        str(await asyncio.to_thread(read))
        for read in (
            client.get_service_list,
            lambda: client.get_service_definition(SERVICE),
            client.get_service_requests,
        )
    ]
    assert SERVICE in services
    assert "kind" in definition and "hole" in definition
    assert number in requests and SERVICE in requests
