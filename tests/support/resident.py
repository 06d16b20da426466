"""A resident with a browser without script: it follows links and redirects, fills in forms and keeps cookies."""

import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape

from onestop.journeys.journey import Ask
from onestop.journeys.repeat import RepeatKind
from onestop.journeys.values.answer import SKIPPED, Answer, is_thin, items_of
from onestop.journeys.values.form_values import FormValues

BIN = "/bins/missed-bin/ask"
TO_CHECK = ({"answer": ("today",)}, {"answer": ("grey",)}, {"answer": ("out",)}, {"answer": ("none",)})
ADDRESS = "Planted Cottage, 12 High Street, EM4 2QT"
ADDRESS_FIELDS = re.compile(r'value="Planted Cottage, 12"(?s:.*)value="High Street"(?s:.*)value="EM4 2QT"')
"""The fields of a phone that hold it."""
FORM = re.compile(r'<form[^>]*method="post"[^>]*action="([^"]+)"[^>]*>(.*?)</form>', re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


@dataclass(frozen=True)
class Seen:
    """A page: its address, status, headers and body."""

    address: str
    status: int
    headers: Mapping[str, str]
    body: str

    @property
    def form(self) -> tuple[str, dict[str, str]]:
        """Return the action of the page's form and its hidden fields."""
        found = FORM.search(self.body)
        assert found, self.body[-1500:]
        return unescape(found[1]), {
            name: unescape(value) for name, value in HIDDEN.findall(found[2]) if "." not in name
        }


class Resident:
    """A browser without script; `get` and `post` follow redirects."""

    def __init__(self, origin: str, agent: str = "Mozilla/5.0") -> None:
        self.origin = origin
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.agent = agent

    def get(self, address: str) -> Seen:
        return self._open(urllib.request.Request(self.origin + address))

    def post(self, address: str, fields: Sequence[tuple[str, str]]) -> Seen:
        body = urllib.parse.urlencode(fields).encode()
        return self._open(urllib.request.Request(self.origin + address, data=body, method="POST"))

    def hidden(self, page: Seen) -> dict[str, str]:
        """Return the hidden fields of a page's form."""
        return self._with_form(page).form[1]

    def send(self, page: Seen, sent: FormValues) -> Seen:
        """POST the form of a page with these fields."""
        target, hidden = self._with_form(page).form
        return self.post(
            target, [*hidden.items(), *((name, value) for name, values in sent.items() for value in values)]
        )

    def upload(self, page: Seen, name: str, content: bytes) -> Seen:
        """POST the form of a page with a photo."""
        target, hidden = page.form
        mark = "----a-mark-between-parts"
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode() for k, v in hidden.items()
        ]
        head = f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="p.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
        body = b"".join(parts) + head.encode() + content + f"\r\n--{mark}--\r\n".encode()
        request = urllib.request.Request(self.origin + target, data=body, method="POST")
        request.add_header("Content-Type", f"multipart/form-data; boundary={mark}")
        return self._open(request)

    def _with_form(self, page: Seen) -> Seen:
        """Return the page of a screen that has the form: a screen may be several pages."""
        first, number = re.sub(r"/\d$", "", page.address), 1
        while not FORM.search(page.body):
            number += 1
            assert f'href="{first}/{number}"' in page.body, (page.address, page.body[-1500:])
            page = self.get(f"{first}/{number}")
        return page

    def take(self, page: Seen, ask: Ask, answer: Answer) -> Seen:
        """Answer the question of a page, with several forms if it takes them."""
        if answer is SKIPPED or is_thin(answer):
            return self.send(page, {"do": ("skip" if answer is SKIPPED else "thin",)})
        if isinstance(ask.kind, RepeatKind):
            for item in items_of(answer):
                page = self.send(page, ask.kind.of.refill(item))
            full = len(items_of(answer)) == ask.kind.most
            return page if full else self.send(page, {"do": ("done",)})
        return self.send(page, ask.kind.refill(answer))

    def _open(self, request: urllib.request.Request) -> Seen:
        request.add_header("User-Agent", self.agent)
        request.add_header("Origin", self.origin)
        try:
            with self.opener.open(request, timeout=20) as answer:
                return _seen(answer.geturl(), answer.status, answer)
        except urllib.error.HTTPError as problem:
            with problem:
                return _seen(problem.geturl(), problem.code, problem)


def _seen(address: str, status: int, answer: object) -> Seen:
    headers = {name.lower(): value for name, value in answer.headers.items()}  # type: ignore[attr-defined]
    return Seen(urllib.parse.urlsplit(address).path, status, headers, answer.read().decode())  # type: ignore[attr-defined]


def answer_report(resident: Resident, prefix: str = "") -> Seen:
    """Answer every question of a report of a missed bin; return its check page."""
    page = resident.get(prefix + BIN)
    for sent in TO_CHECK:
        page = resident.send(page, sent)
    page = resident.send(page, {"answer": (ADDRESS,)})
    if page.address.endswith("/stands"):
        page = resident.send(page, {"do": ("skip",)})
    page = resident.send(page, {"answer": ("none",)})
    assert page.address.endswith("/ask/check"), page.body
    return page
