"""An officer's browser: it keeps cookies, follows redirects and sends the forms of the page it shows."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode

from support.servers.borough_server import Borough
from support.servers.running_server import Answer

from onestop.staff.proof.password import HASHER, normalised
from onestop.store.database import Transaction
from onestop.store.tables.staff import officers

FORM = re.compile(r'<form[^>]*action="([^"]+)"[^>]*>(.*?)</form>', re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
PASSWORD = "correct horse battery"


@dataclass(frozen=True)
class NewOfficer:
    sign_in: str
    name: str
    role: str
    desks: tuple[str, ...]


HALE = NewOfficer("hale", "J. Hale", "officer", ("waste",))
LEE = NewOfficer("lee", "M. Lee", "administrator", ())


@dataclass
class StaffServer:
    borough: Borough
    hale: str
    lee: str


async def add_officer(server: Borough, new: NewOfficer, password: str = PASSWORD) -> str:
    """Store an officer with a password of their own; return their id."""
    hashed = HASHER.hash(normalised(password))

    async def work(tx: Transaction) -> str:
        officer = await officers.add(tx, new.sign_in, new.name, new.role, new.desks, int(server.clock()))
        assert officer
        await officers.set_password(tx, officer, hashed, int(server.clock()))
        return officer

    return await server.database.run(work)


@dataclass
class OfficerBrowser:
    """`cookies` are all it has; `path`, `body` and `status` are of the page it shows."""

    server: Borough
    cookies: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=lambda: {"User-Agent": "Mozilla/5.0 (Windows) Firefox/150.0"})
    path: str = ""
    body: str = ""
    status: int = 0

    @property
    def secret(self) -> str:
        return self.cookies.get("desk", "")

    async def request(self, path: str, fields: Mapping[str, str | list[str]] | None = None, **headers: str) -> Answer:
        """Send one request with the cookies; keep those of the response."""
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), **self.headers}
        body = urlencode(fields, doseq=True).encode() if fields is not None else None
        if body is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        answer = await self.server.get(path, "GET" if body is None else "POST", body, sent)
        for line in answer.headers.getall("Set-Cookie", []):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value.strip('"')
            if "max-age=0" in line.lower():
                del self.cookies[name]
        return answer

    async def get(self, path: str, fields: dict[str, str] | None = None) -> str:
        """Show a page; follow redirects."""
        answer = await self.request(path, fields)
        if answer.status in (302, 303):
            return await self.get(answer.headers["Location"])
        self.path, self.body, self.status = path, unescape(answer.text), answer.status
        return self.body

    def form(self, action: str) -> dict[str, str]:
        """Return the hidden fields of the first form of the page with this action."""
        found = next(match for match in FORM.finditer(self.body) if match[1].endswith(action))
        return dict(HIDDEN.findall(found[2]))

    async def send(self, action: str, **fields: str) -> str:
        """Send a form of the page; show what follows."""
        return await self.get(action, {**self.form(action), **fields})

    async def sign_in(self, name: str = "hale", password: str = PASSWORD, page: str = "/desk/account") -> str:
        await self.get(page)
        return await self.send("/desk/sign-in", name=name, password=password)
