"""The proxies of `deploy/`, run from the files that are shipped there, with ports and certificates of the test."""

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from ssl import CERT_NONE, SSLContext, create_default_context

from support.paths import ROOT
from support.programs.system_programs import need

FRAME = """daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 1024; }}
http {{ access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; include {folder}/onestop.conf; }}
"""


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def any_certificate() -> SSLContext:
    """Return a client's context that trusts a certificate made for the test."""
    context = create_default_context()
    context.check_hostname, context.verify_mode = False, CERT_NONE
    return context


@contextmanager
def nginx(folder: Path, behind: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Run nginx with `deploy/nginx/onestop.conf`; yield its HTTPS and HTTP ports."""
    https, http = free_port(), free_port()
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    make = [need("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    make += ["-subj", "/CN=localhost", "-days", "2", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(make, check=True, capture_output=True)
    text = (ROOT / "deploy/nginx/onestop.conf").read_text()
    live = "/etc/letsencrypt/live/www.anytown.example"
    for shipped, ours in {
        "127.0.0.1:8081": f"127.0.0.1:{behind[0]}",
        "127.0.0.1:8082": f"127.0.0.1:{behind[1]}",
        "listen 443 ssl": f"listen 127.0.0.1:{https} ssl",
        "listen 80": f"listen 127.0.0.1:{http}",
        f"{live}/fullchain.pem": str(certificate),
        f"{live}/privkey.pem": str(key),
    }.items():
        assert shipped in text
        text = text.replace(shipped, ours)
    (folder / "onestop.conf").write_text(text)
    (folder / "nginx.conf").write_text(FRAME.format(folder=folder))
    with _running([need("nginx"), "-c", str(folder / "nginx.conf")], folder, https, {}):
        yield https, http


@contextmanager
def caddy(folder: Path, behind: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Run Caddy with `deploy/caddy/Caddyfile`, its certificates its own; yield its HTTPS and HTTP ports."""
    https, http, admin = free_port(), free_port(), free_port()
    text = "{\n\tskip_install_trust\n\tadmin localhost:" + str(admin) + "\n}\n"
    (folder / "Caddyfile").write_text(text + (ROOT / "deploy/caddy/Caddyfile").read_text())
    environment = {
        "ONESTOP_SITE": "localhost",
        "ONESTOP_HTTPS_PORT": str(https),
        "ONESTOP_HTTP_PORT": str(http),
        "ONESTOP_UPSTREAMS": " ".join(f"127.0.0.1:{port}" for port in behind),
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder / "data"),
    }
    command = [need("caddy"), "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
    with _running(command, folder, https, environment):
        yield https, http


@contextmanager
def _running(command: list[str], folder: Path, https: int, environment: dict[str, str]) -> Iterator[None]:
    log = folder / "proxy.log"
    clean = {"PATH": os.environ["PATH"], **environment}
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out, env=clean, cwd=folder) as process:
        try:
            _wait(https, process, log)
            yield
        finally:
            process.terminate()


def _wait(https: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + 60
    while True:
        assert process.poll() is None, log.read_text()[-2000:]
        try:
            urllib.request.urlopen(f"https://localhost:{https}/", timeout=5, context=any_certificate()).close()
            return
        except OSError:
            assert time.monotonic() < end, log.read_text()[-2000:]
            time.sleep(0.1)


PROXIES = {"nginx": nginx, "caddy": caddy}
