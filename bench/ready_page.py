"""A cached page beside a bare aiohttp handler, one nginx worker, and the same page rendered on every request."""

import statistics
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from support.servers.server_process import free_port

from bench.load import BROWSER, LoadRound, Peer, get, running, wrk

NGINX = """
worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log /dev/null; master_process off;
events {{ worker_connections 1024; }}
http {{
  types {{ text/html html; }}
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; gzip_static on; etag on;
  open_file_cache max=100 inactive=60s;
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u;
  scgi_temp_path {folder}/s;
  server {{ listen 127.0.0.1:{port}; root {folder}; }}
}}
"""
GOALS = {"bare aiohttp": 1.2, "nginx": 0.45, "drawn each time": 8.0}


def measure(content: Path, addresses: tuple[str, ...]) -> None:
    """Print one table for each address."""
    for address in addresses:
        _compare(content, address)


def _compare(content: Path, address: str, rounds: int = 3, seconds: int = 3) -> None:
    """Run interleaved rounds; print medians and the ratios of each round's medians."""
    with ExitStack() as stack, tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        peers = [_ours(stack, content, folder, address)]
        plain, _ = get(peers[0].address)
        packed, _ = get(peers[0].address, BROWSER)
        peers.append(_python(stack, "bench.peers.bare_aiohttp", "bare aiohttp", _saved(folder, plain, packed), address))
        peers.append(_nginx(stack, folder))
        peers.append(_python(stack, "bench.peers.uncached", "drawn each time", content, address))
        for peer in peers:
            wrk(peer, 1)
        taken: dict[str, list[LoadRound]] = {peer.name: [] for peer in peers}
        for _ in range(rounds):
            for peer in peers:
                taken[peer.name].append(wrk(peer, seconds))
    _print(address, taken, len(plain), len(packed))


def _print(address: str, taken: dict[str, list[LoadRound]], plain: int, packed: int) -> None:
    print(f"\nA ready page, {address}: {plain} bytes, {packed} gzipped; browser headers, gzip negotiated")
    ours = taken["onestop"]
    for name, rounds in taken.items():
        rate = statistics.median(r.rate for r in rounds)
        cpu = statistics.median(r.cpu for r in rounds)
        ratio = statistics.median(mine.rate / r.rate for mine, r in zip(ours, rounds, strict=True))
        goal = f"  goal {GOALS[name]:g}: {'met' if ratio >= GOALS[name] else 'MISSED'}" if name in GOALS else ""
        print(f"  {name:16} {rate:9,.0f} req/s  {cpu:7.1f} us CPU/req  onestop is {ratio:6.2f} times{goal}")


def _saved(folder: Path, plain: bytes, packed: bytes) -> Path:
    (folder / "page.html").write_bytes(plain)
    (folder / "page.html.gz").write_bytes(packed)
    return folder


def _ours(stack: ExitStack, content: Path, folder: Path, address: str) -> Peer:
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    command = [
        sys.executable,
        "server.py",
        "serve",
        "--speech-ahead",
        "no",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--content",
        str(content),
    ]
    command += ["--database", f"sqlite:///{folder}/bench.db"]
    process = stack.enter_context(running(command, f"{origin}/healthz"))
    return Peer("onestop", process.pid, origin + address)


def _python(stack: ExitStack, module: str, name: str, source: Path, address: str) -> Peer:
    port = free_port()
    command = [sys.executable, "-m", module, str(source), str(port), address]
    process = stack.enter_context(running(command, f"http://127.0.0.1:{port}/"))
    return Peer(name, process.pid, f"http://127.0.0.1:{port}/")


def _nginx(stack: ExitStack, folder: Path) -> Peer:
    port = free_port()
    settings = folder / "nginx.conf"
    settings.write_text(NGINX.format(folder=folder, port=port))
    address = f"http://127.0.0.1:{port}/page.html"
    process = stack.enter_context(running(["nginx", "-p", str(folder), "-c", str(settings)], address))
    return Peer("nginx", process.pid, address)
