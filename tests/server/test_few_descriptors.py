"""A server with few file descriptors answers every connection: with a page, or with a whole 503."""

import socket
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path

import pytest
from support.programs.system_programs import need
from support.servers.server_process import free_port, running_server

from onestop.server.process.descriptors import capacity

LIMIT, SETS = 200, 300


@pytest.mark.slow
def test_every_connection_is_answered_at_a_small_limit_of_descriptors(tmp_path: Path) -> None:
    port, answers = free_port(), list[bytes]()
    prefix = (need("prlimit"), f"--nofile={LIMIT}:{LIMIT}")
    with ExitStack() as stack:
        stack.enter_context(
            running_server(f"sqlite:///{tmp_path}/a.db", None, tmp_path, port, prefix=prefix, speech="off")
        )
        opened = [socket.create_connection(("127.0.0.1", port), 10) for _ in range(SETS)]
        for one in opened:
            stack.enter_context(closing(one))
            one.sendall(b"GET /bins HTTP/1.1\r\nHost: a\r\n\r\n")
            answers.append(b"".join(iter(partial(one.recv, 1 << 16), b"")) if len(answers) >= LIMIT else one.recv(12))
    served = [answer for answer in answers if answer.startswith(b"HTTP/1.1 200")]
    refused = [answer for answer in answers if answer.startswith(b"HTTP/1.1 503")]
    assert capacity(LIMIT).connections - 10 <= len(served) <= capacity(LIMIT).connections
    assert len(served) + len(refused) == SETS
    assert all(answer.endswith(b"</html>\n") for answer in answers[LIMIT:])
