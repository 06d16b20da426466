"""Reports of another program to the demonstration borough, and a server that takes them."""

import json
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from urllib.parse import urlencode

import pytest
from support.servers.borough_server import Borough, borough
from support.servers.running_server import Answer

from onestop.casework.reference import is_reference

KEY, ROOT, SERVICE = "key-of-a-neighbour", "/open311/v2", "street-problem"
REPORT = {
    "service_code": SERVICE, "api_key": KEY, "lat": "51.5", "long": "-0.12", "address_string": "Planted Lane",
    "description": "A deep hole beside the bridge", "email": "planted@example.org",
    "attribute[kind]": "hole", "attribute[danger]": "safe", "attribute[land]": "street", "attribute[depth]": "deep",
    "attribute[tell]": "email",
}  # fmt: skip


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Borough]:
    secrets = tmp_path / "secrets.toml"
    secrets.write_text(f'open311 = ["another", "{KEY}"]\n')
    secrets.chmod(0o600)
    async with borough(tmp_path, secrets=str(secrets), private_destinations="yes") as made:
        yield made


async def post(server: Borough, fields: Mapping[str, str], form: str = "json", **headers: str) -> Answer:
    body = urlencode(fields).encode()
    named = {"Content-Type": "application/x-www-form-urlencoded", **headers}
    return await server.get(f"{ROOT}/requests.{form}", "POST", body, named)


async def reference_of(server: Borough, fields: Mapping[str, str] = REPORT, **headers: str) -> str:
    answer = await post(server, fields, **headers)
    assert answer.status == 201, answer.text
    (made,) = json.loads(answer.text)
    assert is_reference(made["service_request_id"])
    return str(made["service_request_id"])
