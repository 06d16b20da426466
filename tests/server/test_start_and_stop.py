"""Start and end of a server process: port, readiness, draining, workers."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from support.samples.small_borough import write_borough

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parent.parent.parent


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def process(folder: Path, port: int, *more: str) -> Iterator["subprocess.Popen[str]"]:
    content = folder / "content"
    if not content.exists():
        write_borough(folder)
    command = [sys.executable, str(ROOT / "server.py"), "--port", str(port), "--content", str(content), "--watch", "no"]
    command += ["--database", f"sqlite:///{folder}/onestop.db", "--speech", "off", *more]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ONESTOP_")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=clean) as made:
        try:
            yield made
        finally:
            if made.poll() is None:
                made.kill()


def get(connection: http.client.HTTPConnection, path: str) -> tuple[int, str | None]:
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    return answer.status, answer.headers.get("Connection")


def test_the_port_listens_only_once_the_catalogue_is_read(tmp_path: Path) -> None:
    port = free_port()
    with process(tmp_path, port) as server:
        statuses: set[int] = set()
        end = time.monotonic() + 60
        while not statuses:
            assert time.monotonic() < end
            with suppress(ConnectionRefusedError), closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
                statuses.add(get(connection, "/bins/missed-bin")[0])
        # The first accepted connection gets the page.
        assert statuses == {200}
        server.terminate()
        assert server.wait(10) == 0


def test_a_draining_server_reports_503_on_readyz_and_still_answers(tmp_path: Path) -> None:
    port = free_port()
    with process(tmp_path, port, "--drain-seconds", "3") as server:
        assert server.stdout and "ready after" in server.stdout.readline()
        kept, other, third = (http.client.HTTPConnection("127.0.0.1", port) for _ in range(3))
        assert get(kept, "/bins/missed-bin") == get(other, "/bins/missed-bin") == (200, None)
        assert get(third, "/readyz") == (200, None)
        began = time.monotonic()
        server.terminate()
        while get(third, "/readyz")[0] == 200:
            assert time.monotonic() < began + 3
        # An idle connection is still answered, prepared pages included, and closed by its response.
        assert get(kept, "/bins/missed-bin") == (200, "close")
        assert get(other, "/livez") == (200, "close")
        # A new connection is accepted: its client may not have polled /readyz yet.
        assert get(http.client.HTTPConnection("127.0.0.1", port), "/") == (200, "close")
        assert server.wait(10) == 0
        assert time.monotonic() - began >= 3


@pytest.mark.parametrize("signals", [(signal.SIGINT,), (signal.SIGTERM, signal.SIGTERM)])
def test_a_second_signal_ends_draining(signals: tuple[signal.Signals, ...], tmp_path: Path) -> None:
    with process(tmp_path, free_port(), "--drain-seconds", "200") as server:
        assert server.stdout and "ready after" in server.stdout.readline()
        for number in signals:
            server.send_signal(number)
            time.sleep(0.2)
        assert server.wait(10) == 0


def test_a_port_in_use_is_reported_before_the_catalogue_is_read(tmp_path: Path) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        for workers in ("1", "2"):
            with process(tmp_path, taken.getsockname()[1], "--workers", workers) as server:
                _, wrong = server.communicate(timeout=20)
            assert server.returncode == 1
            assert "is taken by another program" in wrong
            assert "catalogue" not in wrong


def _workers(server: "subprocess.Popen[str]") -> set[int]:
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text()
    return {int(one) for one in children.split()}


def _body(port: int, path: str) -> str:
    with closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
        connection.request("GET", path)
        return connection.getresponse().read().decode()


def _await_both_workers(port: int) -> None:
    end = time.monotonic() + 60
    while json.loads(_body(port, "/readyz"))["workers"] != {"ready": 2, "of": 2}:
        assert time.monotonic() < end
        time.sleep(0.1)


def test_workers_share_the_port_restart_when_killed_and_stop_together(tmp_path: Path) -> None:
    port = free_port()
    with process(tmp_path, port, "--workers", "2") as server:
        assert server.stdout and server.stderr and "ready after" in server.stdout.readline()
        first = _workers(server)
        assert len(first) == 2
        _await_both_workers(port)
        os.kill(min(first), signal.SIGKILL)
        end = time.monotonic() + 30
        while len(_workers(server)) < 2 or _workers(server) == first:
            assert time.monotonic() < end
            time.sleep(0.05)
        with closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
            assert get(connection, "/bins/missed-bin")[0] == 200
        server.terminate()
        _, wrong = server.communicate(timeout=15)
        assert server.returncode == 0
        assert len(re.findall("was killed by signal 9: starting another", wrong)) == 1
        assert "Traceback" not in wrong


def test_metrics_and_readiness_are_those_of_all_workers(tmp_path: Path) -> None:
    port = free_port()
    with process(tmp_path, port, "--workers", "2") as server:
        assert server.stdout and "ready after" in server.stdout.readline()
        _await_both_workers(port)
        for _ in range(60):
            _body(port, "/bins/missed-bin")
        for _ in range(4):
            text = _body(port, "/metrics")
            found = re.findall(r'onestop_requests_total{channel="mobile",status="200",worker="(\d)"} (\d+)', text)
            assert {worker for worker, _ in found} == {"0", "1"}
            assert sum(int(count) for _, count in found) == 60
            assert text.count("# TYPE onestop_requests_total ") == 1


def test_a_worker_that_cannot_start_ends_the_program(tmp_path: Path) -> None:
    write_borough(tmp_path)
    (tmp_path / "content/council.yaml").write_text("name: no council at all\n")
    with process(tmp_path, free_port(), "--workers", "2") as server:
        _, wrong = server.communicate(timeout=30)
    assert server.returncode == 1
    assert "the catalogue has" in wrong
    assert "Traceback" not in wrong
