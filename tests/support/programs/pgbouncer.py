"""A real PgBouncer in transaction mode before the tests' PostgreSQL."""

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest


@contextmanager
def pgbouncer(server: str, folder: Path) -> Iterator[str]:
    """Yield the address of a PgBouncer that leads to `server`, a PostgreSQL on a Unix socket."""
    program = shutil.which("pgbouncer")
    if program is None:
        reason = "no pgbouncer to test with: scripts/install-test-parts"
        if os.environ.get("CI") or os.environ.get("ONESTOP_CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    parts = urlsplit(server)
    sockets = parse_qs(parts.query)["host"][0]
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = folder / "pgbouncer.ini"
    settings.write_text(
        f"[databases]\n* = host={sockets} user={parts.username}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\n"
        "unix_socket_dir =\nauth_type = any\npool_mode = transaction\ndefault_pool_size = 3\n"
    )
    command = [program, str(settings)]
    if os.getuid() == 0:
        # It refuses to run as root; the socket's owner may open the socket.
        for parent in (folder, *folder.parents):
            if parent.owner() == "root" and parent != Path("/") and not parent.stat().st_mode & 1:
                parent.chmod(parent.stat().st_mode | 0o055)
        command += ["-u", pwd.getpwuid(Path(sockets).stat().st_uid).pw_name]
    with (folder / "pgbouncer.log").open("w") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        try:
            _wait(port, folder / "pgbouncer.log")
            yield f"postgresql://{parts.username}@127.0.0.1:{port}{parts.path}"
        finally:
            process.terminate()


def _wait(port: int, log: Path) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(log.read_text())
