"""A browser of a household, and addresses of Eastmere for it."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlencode

from onestop.places.gazetteer.reader import Gazetteer

FORM = re.compile(r'<form[^>]*method="post"[^>]*action="([^"]+)"[^>]*>(.*?)</form>', re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
CURL = re.compile(r"^curl .*? -d (token=\S+.*?) https://[^/]+(/text/\S+)", re.MULTILINE)
GIVEN = re.compile(r"(?:^|-d )(token|seen|draft)=(\S+)")
OPTION = re.compile(r'<button name="answer" value="(\d+)"[^>]*><b>(\d)</b> ([^<]*)')
HBBTV = (
    "Mozilla/5.0 (Linux armv7l) HbbTV/1.4.1 (+DRM;Samsung;SmartTV2019:UE50;T-KTM2;2.0;urn:samsung:2019:tv;) Chrome/63"
)


@dataclass
class Household:
    """A browser that keeps every cookie and follows redirects."""

    server: Any
    cookies: dict[str, str] = field(default_factory=dict)
    path: str = ""
    body: str = ""
    status: int = 0
    visited: list[str] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=lambda: {"User-Agent": "Lynx/2.9"})

    async def get(self, path: str, data: bytes | None = None) -> str:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items() if value)
        headers = {
            "Cookie": cookie,
            **({"Content-Type": "application/x-www-form-urlencoded"} if data else {}),
            **self.headers,
        }
        answer = await self.server.get(path, "POST" if data else "GET", data, headers)
        for line in answer.headers.getall("Set-Cookie", []):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value.strip('"')
        self.visited.append(path)
        if answer.status in (302, 303):
            return await self.get(answer.headers["Location"])
        self.path, self.body, self.status = path, unescape(answer.text), answer.status
        return self.body

    async def send(self, **fields: str) -> str:
        typed = CURL.search(self.body)
        if typed:
            return await self.get(typed[2], urlencode({**dict(GIVEN.findall(typed[1])), **fields}).encode())
        found = FORM.search(self.body)
        page = 2
        while not found:
            assert page < 6, self.body[-800:]
            await self.get(f"{re.sub(r'/[0-9]$', '', self.path)}/{page}")
            found, page = FORM.search(self.body), page + 1
        hidden = dict(HIDDEN.findall(found[2]))
        return await self.get(found[1], urlencode({**hidden, **fields}).encode())


WITH_POSTCODE = "p.flat = '' AND p.house = '15' AND p.postcode <> ''"


async def household_at_home(
    server: Any, gazetteer: Gazetteer, channel: str = "", *, where: str = WITH_POSTCODE, remember: bool = False
) -> tuple[Household, str]:
    """Return a household that sees My area of an address, and the first line of that; with `remember` it has asked to be known again."""
    postcode, _, line, _ = await an_address(gazetteer, where)
    household = Household(server)
    await household.get(f"{channel}/my-area")
    await household.send(answer=f"{line} {postcode}")
    await household.send(answer="0")
    if remember:
        await household.send()
    return household, line


async def an_address(gazetteer: Gazetteer, where: str = WITH_POSTCODE) -> tuple[str, str, str, int]:
    """Return postcode, digits, first line and UPRN of an address with collections."""
    rows = await gazetteer._rows(
        "SELECT p.postcode, c.short, p.uprn FROM premises p JOIN postcodes c ON c.postcode = p.postcode "
        f"JOIN rounds r ON r.uprn = p.uprn WHERE {where} LIMIT 1"
    )
    home = await gazetteer.find(rows[0][2])
    assert home
    return rows[0][0], rows[0][1], home.first_line, rows[0][2]


async def whole(household: Household) -> str:
    """Return the text of all pages of the screen that is shown."""
    text, path = household.body, household.path
    for page in range(2, 9):
        await household.get(f"{path}/{page}")
        if household.status != 200 or household.body in text:
            break
        text += household.body
    return text
