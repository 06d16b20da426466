"""Two servers behind the shipped proxy files, restarted one after the other under load: no request fails, no case is lost."""

import http.client
import time
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from support.programs.databases import keys_file, postgres_server, url
from support.programs.shipped_proxy import PROXIES, any_certificate, free_port
from support.servers.rolling_restart import RestartLoad, restart_each, start

pytestmark = pytest.mark.slow
__all__ = ["keys_file", "postgres_server", "url"]


@pytest.fixture
def kind() -> str:
    return "postgres"


@pytest.mark.parametrize("proxy", PROXIES)
def test_no_request_fails_during_a_rolling_restart(proxy: str, url: str, keys_file: Path, tmp_path: Path) -> None:
    ports = (free_port(), free_port())
    with ExitStack() as stack:
        servers = [start(stack, port, url, keys_file, tmp_path) for port in ports]
        https, _ = stack.enter_context(PROXIES[proxy](tmp_path, ports))
        load = RestartLoad(https)
        with load.running():
            time.sleep(3)
            restart_each(stack, servers, ports, url, keys_file, tmp_path)
        print(f"{proxy}: {len(load.read)} pages, {len(load.references)} cases, {len(load.failed)} failed")
        assert load.failed == [], _errors(tmp_path)
        assert len(load.read) > 500 and len(load.references) > 10
        assert len(set(load.references)) == len(load.references)
        _until_delivered(tmp_path / "outbox", set(load.references))


def _errors(folder: Path) -> str:
    """Return what the servers and the proxy logged as errors."""
    logs = [line for file in sorted(folder.glob("*log*")) for line in file.read_text().splitlines()]
    return "\n".join(
        line for line in logs if '"level": "ERROR"' in line or '"level":"error"' in line or "[error]" in line
    )


def _until_delivered(outbox: Path, references: set[str]) -> None:
    end = time.monotonic() + 150
    while missing := references - {file.stem.replace(" ", "") for file in outbox.glob("*/*.json")}:
        assert time.monotonic() < end, (missing, sorted(outbox.glob("*/*"))[:3])
        time.sleep(0.5)


@pytest.mark.parametrize("proxy", PROXIES)
def test_the_proxy_hides_operator_paths_and_serves_old_televisions(
    proxy: str, url: str, keys_file: Path, tmp_path: Path
) -> None:
    ports = (free_port(), free_port())
    with ExitStack() as stack:
        start(stack, ports[0], url, keys_file, tmp_path)
        https, plain = stack.enter_context(PROXIES[proxy](tmp_path, ports))
        for path in ("/metrics", "/preview/bins", "/preview", "/readyz", "/livez", "/healthz"):
            assert _status("https", https, path)[0] == 404, path
        assert _status("https", https, "/bins")[0] == 200
        assert _status("http", plain, "/tv/bins")[0] == 200
        status, headers = _status("http", plain, "/bins")
        assert status == 301
        assert (headers["Location"] or "").startswith("https://localhost")


def _status(scheme: str, port: int, path: str) -> tuple[int, http.client.HTTPMessage]:
    line = (
        http.client.HTTPSConnection("localhost", port, context=any_certificate())
        if scheme == "https"
        else http.client.HTTPConnection("localhost", port)
    )
    with closing(line):
        line.request("GET", path)
        answer = line.getresponse()
        return answer.status, answer.headers
