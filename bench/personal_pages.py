"""Pages that are rendered for one resident, or for one request: processor time of the server each, beside goals and peers."""

import os
import re
import statistics
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from support.servers.server_process import free_port

from bench.load import get, precise_cpu_seconds, running
from bench.submissions.clients import send_all
from bench.submissions.drafts import ADDRESS, DraftDatabase, prepare
from bench.submissions.rates import other_core, serving

MANY, CLIENTS, ROUNDS = 600, 8, 5
HOME = f"{ADDRESS}/home"
PEER_PAGE = "/ask/home"
CSRF = re.compile(rb'name="csrf_token" type="hidden" value="([^"]+)"')
PEERS: Mapping[str, str] = {
    "Flask and WTForms": "bench.peers.flask_form:app",
    "Django form wizard": "bench.peers.django_wizard:app",
}
GUNICORN = (
    "-m",
    "gunicorn",
    "-w",
    "1",
    "-k",
    "gthread",
    "--threads",
    "1",
    "--keep-alive",
    "60",
    "--log-level",
    "critical",
)
Right = Callable[[bytes], bool]


@dataclass(frozen=True, slots=True)
class PageKind:
    """Requests by path, and their goal in microseconds of processor time; 0 is no goal."""

    name: str
    path: str
    goal: float
    status: bytes = b"200"


PAGES = (
    PageKind("a question, phone", HOME, 450),
    PageKind("a question, television", f"/tv{HOME}", 450),
    PageKind("a question, kiosk", f"/kiosk/~portrait{HOME}", 450),
    PageKind("hand-over with a QR code, television", f"/tv{ADDRESS}/move", 5000),
)
PUBLIC = (
    PageKind("search by form, phone", "/search?q=missed+bin+{n}", 690),
    PageKind("page not found, phone", "/nowhere-{n}", 620, b"404"),
)


def measure(content: Path) -> None:
    """Print each page with its goal, and the answer to a question beside the same in two well-known frameworks."""
    with tempfile.TemporaryDirectory() as scratch, other_core():
        folder = Path(scratch)
        begun = prepare(content, folder / "begun.db", MANY, until="home")
        print(
            f"\nPages made for one request: microseconds of the server's processor time, {CLIENTS} at once, median of {ROUNDS}"
        )
        with serving("durable", begun.copied(folder / "asked.db").file, content) as (port, pid):
            for page in PAGES:
                _print(page.name, _cost(port, pid, begun.looking(page.path), _answers(page.status)), page.goal)
            for page in PUBLIC:
                requests = [_get(page.path.format(n=n)) for n in range(MANY)]
                _print(page.name, _cost(port, pid, requests, _answers(page.status)), page.goal)
        asked = {"Onestop": _cost_of_question(content, folder, begun)} | {name: _peer(name, folder) for name in PEERS}
        print("\nAn address asked for and answered, beside other frameworks under gunicorn: microseconds, GET and POST")
        for name, (shown, answered) in asked.items():
            ratios = f"{shown / asked['Onestop'][0]:.2f} and {answered / asked['Onestop'][1]:.2f} times Onestop"
            print(f"  {name:20} {shown:7,.0f} {answered:7,.0f}   {ratios}", flush=True)


def _answers(status: bytes) -> Right:
    return lambda head: head.startswith(b"HTTP/1.1 " + status)


def _cost(port: int, pid: int, requests: Sequence[bytes], right: Right, rounds: int = ROUNDS) -> float:
    """Return the median microseconds of processor time a request, over rounds of all requests."""
    found = []
    for _ in range(rounds):
        before = precise_cpu_seconds(pid)
        send_all(port, requests, CLIENTS, right)
        found.append((precise_cpu_seconds(pid) - before) / len(requests) * 1e6)
    return statistics.median(found)


def _print(name: str, cost: float, goal: float) -> None:
    said = f"  goal {goal:,.0f}: {'met' if cost <= goal else 'MISSED'}" if goal else ""
    print(f"  {name:38} {cost:8,.0f} us{said}", flush=True)


def _cost_of_question(content: Path, folder: Path, begun: DraftDatabase) -> tuple[float, float]:
    """Show and answer the question; every round answers drafts that have not been answered."""
    shown, answered = [], []
    for number in range(ROUNDS):
        mine = begun.copied(folder / f"answered-{number}.db")
        with serving("durable", mine.file, content) as (port, pid):
            shown.append(_cost(port, pid, mine.looking(HOME), _answers(b"200"), 1))
            posts = mine.answering(HOME, {"answer": "12 High Street, EM4 2QT"})
            answered.append(_cost(port, pid, posts, _answers(b"303"), 1))
    return statistics.median(shown), statistics.median(answered)


def _get(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n".encode()


def _peer(name: str, folder: Path) -> tuple[float, float]:
    """Return what showing the question and answering it cost a framework; Django's wizard is only shown."""
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    os.environ["BENCH_DRAFTS"] = str(folder / "peer.db")
    command = [sys.executable, *GUNICORN, "-b", f"127.0.0.1:{port}", PEERS[name]]
    with ExitStack() as stack:
        process = stack.enter_context(running(command, f"{origin}{PEER_PAGE}"))
        pid = int(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()[0])
        body, headers = get(origin + PEER_PAGE)
        cookie = headers.get("set-cookie", "").partition(";")[0]
        head = f"{PEER_PAGE} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n"
        shown = _cost(port, pid, [f"GET {head}\r\n".encode()] * MANY, _answers(b"200"))
        token = CSRF.search(body)
        if token is None:
            return shown, float("nan")
        form = b"seen=&home=12+High+Street%2C+EM4+2QT&csrf_token=" + token[1].replace(b"#", b"%23").replace(
            b"+", b"%2B"
        )
        kind = "Content-Type: application/x-www-form-urlencoded"
        post = f"POST {head}{kind}\r\nContent-Length: {len(form)}\r\n\r\n".encode() + form
        return shown, _cost(port, pid, [post] * MANY, _answers(b"303"))
