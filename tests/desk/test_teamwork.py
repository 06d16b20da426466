"""Officers of one team: they take many cases at once, give them to each other, and see who looks at a case."""

import asyncio
import re

import pytest
from desk.conftest import Desk
from staff.officer_browser import OfficerBrowser

from onestop.audit.chain import verify
from onestop.store.tables.staff import officers

pytestmark = pytest.mark.slow
LIST = "/desk/list/waste/open"


def ticks(officer: OfficerBrowser) -> list[str]:
    return re.findall(r'name="case" value="(\w+\.\d+)"', officer.body)


async def tick(officer: OfficerBrowser, do: str, cases: list[str], colleague: str = "", path: str = LIST) -> None:
    """Send the form of a list with these cases ticked."""
    token = officer.form("/desk/sign-out")["token"]
    answer = await officer.request(path, {"token": token, "do": do, "colleague": colleague, "case": cases})
    await officer.get(answer.headers.get("Location", ""))


async def test_ticked_cases_are_taken_and_those_that_changed_are_left(desk: Desk) -> None:
    paths = [(await desk.case())[0] for _ in range(3)]
    hale, rees = await desk.officer(), await desk.officer("rees")
    await hale.get(LIST)
    shown = ticks(hale)
    assert len(shown) == 3
    await rees.get(paths[0])
    await rees.send(f"{paths[0]}/update", text="I am on it.")
    await tick(hale, "take", [*shown, "6929cb77" + "0" * 24 + ".0", "../../x"])
    assert "2 done." in hale.body and "3 had changed meanwhile" in hale.body
    assert len(ticks(hale)) == 3 and hale.body.count('class="tag yellow">J. Hale') == 2
    assert not (await verify(desk.borough.database)).broken


async def test_a_team_lead_gives_ticked_cases_to_a_colleague_of_the_team_only(desk: Desk) -> None:
    await desk.case()
    hale, rees, moss = await desk.officer(), await desk.officer("rees"), await desk.officer("moss")
    ids = {row.name: row.id for row in await desk.borough.database.read(officers.list_all)}
    await hale.get(LIST)
    assert 'value="assign"' not in hale.body
    token = hale.form("/desk/sign-out")["token"]
    fields = {"token": token, "do": "assign", "colleague": ids["J. Hale"], "case": ticks(hale)[0]}
    assert (await hale.request(LIST, fields)).status == 403
    await rees.get(f"{LIST}?service=missed-bin&by=age")
    await tick(rees, "assign", ticks(rees), ids["K. Moss"], f"{LIST}?service=missed-bin&by=age")
    assert "0 done." in rees.body or "1 had changed" in rees.body
    await tick(rees, "assign", ticks(rees), ids["J. Hale"], f"{LIST}?service=missed-bin&by=age")
    assert "1 done." in rees.body and 'class="tag yellow">J. Hale' in rees.body
    assert '<option value="missed-bin" selected>' in rees.body, "the filters stay in the address"
    assert f'href="{LIST}?service=missed-bin&by=age"' in rees.body and "/waste/mine?service=missed-bin" in rees.body
    stranger = {"token": moss.form("/desk/sign-out")["token"], "do": "take", "case": ticks(rees)[0]}
    assert (await moss.request(LIST, stranger)).status == 404
    assert (await moss.request("/desk/list/streets/open", stranger)).headers["Location"].endswith("done=0&late=1")
    case = f"/desk/case/{ticks(rees)[0].split('.')[0]}/waste"
    await rees.get(case)
    await rees.send(f"{case}/assign", subject=ids["K. Moss"])
    assert rees.status == 422 and "Choose a colleague of this team." in rees.body


async def test_a_colleague_who_has_the_case_open_is_named_until_they_close_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onestop.http.event_stream.TICK", 0.05)
    # A browser that has gone is noticed when something is written to it.
    monkeypatch.setattr("onestop.http.event_stream.COMMENT", 0.1)
    case, *_ = await desk.case()
    hale, rees, moss = await desk.officer(), await desk.officer("rees"), await desk.officer("moss")
    live = re.search(r'data-live="([^"]+)"', await hale.get(case))
    assert live and live[1].endswith(case.split("/")[3])
    stream = asyncio.create_task(rees.request(live[1]))
    for _ in range(100):
        if "B. Rees is looking at this case." in await hale.get(case):
            break
        await asyncio.sleep(0.05)
    assert "B. Rees is looking at this case." in hale.body
    assert "B. Rees is looking" not in await rees.get(case), "nobody is told of themselves"
    assert (await moss.request(live[1].replace("waste", "streets"))).status == 404
    stream.cancel()
    for _ in range(200):
        if "B. Rees is looking" not in await hale.get(case):
            break
        await asyncio.sleep(0.05)
    assert "B. Rees is looking" not in hale.body
