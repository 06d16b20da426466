"""The borough with two officers of waste and one of streets, and a resident who sends reports."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from staff.officer_browser import NewOfficer, OfficerBrowser, add_officer
from support.followed_case import sent
from support.servers.borough_server import Borough, borough

from onestop.store.tables import desk_cases

HALE = NewOfficer("hale", "J. Hale", "officer", ("waste",))
REES = NewOfficer("rees", "B. Rees", "team-lead", ("waste",))
MOSS = NewOfficer("moss", "K. Moss", "officer", ("streets",))
LEE = NewOfficer("lee", "M. Lee", "administrator", ())


@dataclass
class Desk:
    """A running server with officers."""

    borough: Borough

    async def officer(self, name: str = "hale") -> OfficerBrowser:
        """Return the browser of an officer who is signed in."""
        browser = OfficerBrowser(self.borough)
        browser.headers |= {"X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.20"}
        await browser.sign_in(name)
        assert browser.path == "/desk/account", browser.body[-500:]
        await browser.get("/desk")
        return browser

    async def case(self, channel: str = "") -> tuple[str, str, str]:
        """Send a report of a missed bin; return the path of its case, its reference and its PIN."""
        _, reference, pin = await sent(self.borough, channel)
        found = await self.borough.database.read(lambda tx: desk_cases.with_reference(tx, reference.replace(" ", "")))
        return f"/desk/case/{found[0].case.case}/waste", reference, pin


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with borough(tmp_path, proxy="yes") as made:
        for officer in (HALE, REES, MOSS, LEE):
            await add_officer(made, officer)
        yield Desk(made)
