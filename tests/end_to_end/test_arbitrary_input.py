"""Arbitrary input to any step of any question gets a proper page and changes nobody else's case or draft."""

import http.client
import io
import urllib.parse
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pytest
from PIL import Image
from support.resident import Resident, Seen
from support.samples.every_kind import AGES, ASK, EVERY, PHOTO, write_everything
from support.servers.server_process import serving

pytestmark = pytest.mark.slow

ALLOWED = {200, 303, 400, 403, 404, 405, 409, 410, 413, 414, 415, 429}
"""405 is for unknown methods."""
TIMES, LARGE = 600, 200_000
FORM = "application/x-www-form-urlencoded"
PLACES = ("", "/cy", "/tv", "/tv/cy", "/kiosk/~portrait", "/kiosk/~landscape.large/cy", "/text", "/text/cy")
STEPS = [f"/{asked.name}" for asked in EVERY] + ["/before", "/part", "/ages.1", "/ages.2"]
OURS = ["", "/check", "/done", "/stop", "/move", "/moved", "/again", "/keep", "/forget"]
ODD = [
    "/ages.3", "/ages.99", "/day.1", "/count.0", "/count/2", "/check/9", "/nowhere", "/%00", "/%ff", "/%ED%A0%80", "/..%2fcheck",
    "/check%20", "/" + "a" * 3000, "/count?x=1", "/COUNT",
]  # fmt: skip
ELSEWHERE = ["/move", "/leave", "/M/ABCDEFGHJKLMN"]
VALUES = [
    "no", "yes", "things", "3", "12", "12.50", "-1", "9" * 30, "٣", "1e9", "NaN", "2026-02-31", "27", "zoé o'neil", "zoe@east.com",
    "07700900123", "12 mill rd, em4 2qt", "51.5,-0.1", "1e309,0", "lid", "\x00", "a\x00b", "\r\nSet-Cookie: visit=x",
    "<script>x</script>", "{count}", "{0.__class__}", "%s", "../../etc/passwd", "\u202e\u0300", "\ufffe", "\ud800", "²", "",
    "x" * 5000, "y" * 45_000,
]  # fmt: skip
DOING = ["skip", "thin", "keep", "forget", "done", "remove", "x", ""]
NAMES = [
    "answer.day",
    "answer.month",
    "answer.year",
    "answer.at",
    "code",
    "asked",
    "instead",
    "told",
    "x",
    "answer.x",
    "",
    "\x00",
    "é",
]
FORGED = {
    "token": ["", "A", "é", "x" * 22, "=" * 9, "\x00", "somebody else's"],
    "seen": ["", "0", "1", "-1", "9" * 40, "x", "٣", "somebody else's"],
    "draft": ["", "0" * 32, "' OR 1=1 --", "x" * 20_000, "\x00", "somebody else's"],
}
"""Forged values of hidden fields."""
TYPES = [
    f"{FORM.upper()} ; charset=UTF-8", f"{FORM}; charset=utf-16", f"{FORM}; charset=utf-7", f"{FORM}; charset=punycode",
    f"{FORM}; charset=nothing", "multipart/form-data; boundary=X", "multipart/form-data", "multipart/form-data; boundary=",
    'multipart/form-data; boundary="' + "b" * 200 + '"', "multipart/mixed; boundary=X", "application/json", "text/plain",
    "text/plain; charset=undefined", "x", "", "/", "a/b; c=é",
]  # fmt: skip
HEADERS = [
    "Origin", "Referer", "Accept-Encoding", "Accept-Language", "Content-Encoding", "X-Forwarded-Proto", "X-Forwarded-For",
    "X-Forwarded-Host", "Forwarded", "Sec-Fetch-Site", "Purpose", "If-None-Match", "Range", "User-Agent", "X-HTTP-Method-Override",
    "Content-Language", "Accept", "Upgrade",
]  # fmt: skip
SAID = [
    "null", "same-origin", "cross-site", "https://evil.example", "gzip", "gzip;q=1e999", "identity;q=0, *;q=0", "br, deflate", "https",
    "127.0.0.1", "::1", "evil, , 10.0.0.1", "prefetch", '"x"', "*", "bytes=0-1", "cy", "text/uri-list", "GET", "h2c", "ÿ", "",
]  # fmt: skip
METHODS = ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FOO"]


@dataclass
class Standing:
    """The residents who send input, at every step of a journey, and one whose data must not change."""

    origin: str
    outbox: Path
    untouched: Resident
    hidden: dict[str, str]
    residents: list[Resident] = field(default_factory=list, repr=False)
    statuses: Counter[int] = field(default_factory=Counter)

    def cases(self) -> dict[str, bytes]:
        return {file.name: file.read_bytes() for file in self.outbox.glob("[!.]*/*.json")}


def answered(origin: str, count: int) -> tuple[Resident, Seen]:
    """Return a resident on a phone who has answered `count` questions."""
    resident = Resident(origin)
    page = resident.get(ASK)
    for asked in EVERY[:count]:
        page = resident.send(page, {"do": ("skip",)} if asked in (PHOTO, AGES) else asked.right)
        assert page.status == 200, page.body
    return resident, page


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("anything")
    with serving(folder, write_everything(folder / "content")) as origin:
        untouched, page = answered(origin, len(EVERY))
        made = Standing(origin, folder / "outbox", untouched, untouched.hidden(page))
        made.residents = [answered(origin, count)[0] for count in (0, 4, 9, 12, len(EVERY))]
        sent, check = answered(origin, len(EVERY))
        assert sent.send(check, {}).address.endswith("/done")
        made.residents += [sent, Resident(origin)]
        yield made
        check = untouched.get(f"{ASK}/check")
        assert check.body.count("12 mill rd, EM4 2QT") == 1
        assert untouched.hidden(check)["seen"] == made.hidden["seen"]


@dataclass
class Sender:
    """Generates random requests."""

    chance: Random

    def rarely(self, odd: Sequence[str], usual: str, one_in: int = 5) -> str:
        return self.chance.choice(odd) if self.chance.randrange(one_in) == 0 else usual

    def path(self) -> str:
        step = self.chance.choice(self.chance.choice([STEPS] * 6 + [OURS, ODD]))
        return self.rarely(ELSEWHERE, f"{ASK}{step}", 12)

    def value(self) -> str:
        letters = "".join(
            chr(self.chance.choice([self.chance.randrange(32, 127), self.chance.randrange(0xD7FF)])) for _ in range(9)
        )
        return self.chance.choice([letters, self.chance.choice(VALUES), self.chance.choice(VALUES[:20])])

    def fields(self) -> list[tuple[str, str]]:
        many = self.chance.choice([1, 1, 1, 1, 2, 3, 50, 150, 400]) if self.chance.randrange(8) == 0 else 1
        made = [("answer", self.value())] * many * self.chance.randrange(2)
        made += [(self.chance.choice(NAMES), self.value()) for _ in range(self.chance.choice([0, 0, 3, 5]))]
        made += [("do", self.chance.choice(DOING))] * (self.chance.randrange(3) == 0)
        return made

    def hidden(self, own: dict[str, str], other: dict[str, str]) -> list[tuple[str, str]]:
        """Return hidden fields, some missing, some forged, some of another resident."""
        found = {name: self.rarely(FORGED[name], own.get(name, ""), 14) for name in FORGED}
        found = {name: other[name] if value == "somebody else's" else value for name, value in found.items()}
        return [(name, value) for name, value in found.items() if self.chance.randrange(15)]

    def headers(self) -> dict[str, str]:
        return {
            self.chance.choice(HEADERS): self.chance.choice(SAID) for _ in range(self.chance.choice([0, 0, 0, 1, 3]))
        }

    def body(self, fields: list[tuple[str, str]]) -> tuple[bytes, str]:
        """Return a body and its Content-Type."""
        kind = self.chance.choice(["form"] * 6 + ["parts", "picture", "pictures", "bytes", "nothing"])
        said = self.rarely(TYPES, FORM, 8)
        if kind == "form":
            return urllib.parse.urlencode(fields, errors="surrogatepass").encode(), said
        raw = self.chance.randbytes(self.chance.randrange(300))
        if kind in ("bytes", "nothing"):
            return raw * (kind == "bytes"), said
        parts = [f'--X\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields]
        packed = io.BytesIO()
        Image.new("RGB", (8, 8)).save(packed, "JPEG")
        image = self.chance.choice([raw, packed.getvalue()])
        picture = b'--X\r\nContent-Disposition: form-data; name="answer"; filename="p.jpg"\r\n\r\n' + image + b"\r\n"
        pictures = {"parts": 0, "picture": 1, "pictures": 2}[kind]
        return "".join(parts).encode(
            "utf-8", "surrogatepass"
        ) + picture * pictures + b"--X--\r\n", "multipart/form-data; boundary=X"


@pytest.mark.parametrize("seed", range(4))
def test_arbitrary_input_gets_a_proper_response(seed: int, standing: Standing) -> None:
    for number in range(TIMES // 4):
        sender = Sender(Random(f"{seed} {number}"))
        resident, place = sender.chance.choice(standing.residents), sender.chance.choice(PLACES)
        own = own_form(resident)
        body, kind = sender.body([*sender.hidden(own, standing.hidden), *sender.fields()])
        asked = {"Content-Type": kind, "Cookie": cookies(resident, sender.chance.randrange(9) == 0), **sender.headers()}
        method, path = sender.rarely(METHODS, "POST", 12), place + sender.path()
        before = standing.cases()
        status, text = sent(standing.origin, method, path, body, asked, in_pieces=sender.chance.randrange(4) == 0)
        what = (seed, number, method, path, kind, body[:500], asked, status)
        assert status in ALLOWED | ({301, 302} if method in ("GET", "HEAD") else set()), what
        assert b"Traceback" not in text, what
        after = standing.cases()
        assert {name: after[name] for name in before} == before, what
        standing.statuses[status] += 1


def own_form(resident: Resident) -> dict[str, str]:
    """Return the hidden fields of the resident's current form."""
    for step in ("", "/day", "/danger"):
        page = resident.get(f"{ASK}{step}")
        if 'method="post"' in page.body:
            return resident.hidden(page)
    raise AssertionError(page.body)


def cookies(resident: Resident, bomb: bool) -> str:
    held = "; ".join(f"{cookie.name}={cookie.value}" for cookie in resident.jar)
    return f"{held}; {'; '.join(f'c{n}={n}' * 3 for n in range(200))}" if bomb else held


def sent(
    origin: str, method: str, path: str, body: bytes, headers: dict[str, str], *, in_pieces: bool
) -> tuple[int, bytes]:
    """Send raw bytes on a new connection; return the status and the page."""
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(origin).netloc, timeout=20)
    given: Any = iter([body[:7], body[7:]]) if in_pieces and len(body) > 7 else body
    try:
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name, value.encode("latin-1", "replace"))
        connection.putheader(
            *(("Transfer-Encoding", "chunked") if given is not body else ("Content-Length", str(len(body))))
        )
        # The server may reject a request before all of it has been sent.
        with suppress(ConnectionError):
            connection.endheaders(given, encode_chunked=given is not body)
        try:
            answer = connection.getresponse()
            return answer.status, answer.read()
        except ConnectionError:
            assert len(body) > LARGE
            return 413, b""
    finally:
        connection.close()


def test_every_kind_of_input_was_tried(standing: Standing) -> None:
    """Requests refused early would not reach the code behind: count the statuses."""
    assert standing.statuses[303] > TIMES // 6 and standing.statuses[200] > TIMES // 30, standing.statuses
    assert {400, 403, 404, 405, 413, 415} <= set(standing.statuses), standing.statuses


@pytest.mark.parametrize("size", [200_001, 700_000, 1_100_000, 3_000_000])
@pytest.mark.parametrize("kind", [FORM, "multipart/form-data; boundary=X", "text/plain"])
def test_oversized_input_gets_413(size: int, kind: str, standing: Standing) -> None:
    """The answer can be read before all of it has been sent, or after; the server is there for the next in any case."""
    body = b"answer=" + b"x" * size
    status, _ = sent(standing.origin, "POST", f"{ASK}/count", body, {"Content-Type": kind}, in_pieces=False)
    assert status in {400, 403, 413, 415}
    assert standing.untouched.get(ASK).status == 200
