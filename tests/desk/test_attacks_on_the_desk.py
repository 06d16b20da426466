"""Whatever residents write is text on the desk, and live changes tell ids to officers of the team only."""

import asyncio
import json
import re

import pytest
from desk.conftest import Desk
from staff.officer_browser import OfficerBrowser
from support.followed_case import follow, household

from onestop.store.database import Transaction
from onestop.store.tables import desk_cases
from onestop.store.tables.staff import officers

pytestmark = pytest.mark.slow
SCRIPT = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
MARK = re.compile(r"<script>alert|<img src=x")


async def complaint(desk: Desk) -> tuple[str, str]:
    """Send a report with script in every answer that takes text; return the path of its case and its reference."""
    resident = household(desk.borough)
    await resident.get("/bins/missed-bin/ask")
    for answer in ("today", "grey", "out", "none", f"Planted {SCRIPT}, 12 High Street, EM4 2QT"):
        await resident.send(answer=answer)
    await resident.send(answer=SCRIPT)
    await resident.send(answer="email")
    await resident.send(answer='"<script>alert(1)</script>"@example.org')
    if resident.path.endswith("/email"):
        await resident.send(answer="ann@example.org")
    await resident.send()
    found = re.search(r"\b(\d{3} \d{3} \d{4})\b", resident.body)
    assert found, resident.body[-800:]
    listed = await desk.borough.database.read(lambda tx: desk_cases.with_reference(tx, found[1].replace(" ", "")))
    return f"/desk/case/{listed[0].case.case}/waste", found[1]


async def raw(officer: OfficerBrowser, path: str) -> str:
    return (await officer.request(path)).text


async def test_script_in_every_answer_is_text_on_every_page_of_the_desk(desk: Desk) -> None:
    case, _ = await complaint(desk)
    officer = await desk.officer()
    await officer.get(case)
    await officer.send(f"{case}/ask", text=SCRIPT)
    await officer.send(f"{case}/note", text=SCRIPT)
    pages = [
        await raw(officer, path) for path in (case, "/desk/list/waste/open", "/desk/list/waste/waiting", f"/cy{case}")
    ]
    await officer.get("/desk/list/waste/open")
    await officer.send("/desk/list/waste", typed=SCRIPT)
    pages.append(await raw(officer, officer.path))
    for page in pages:
        assert not MARK.search(page)
    assert pages[0].count("&lt;script&gt;alert") >= 4
    policy = (await officer.request(case)).headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy and "unsafe-inline" not in policy


async def test_a_residents_answer_with_script_is_text_on_the_desk(desk: Desk) -> None:
    case, reference, pin = await desk.case()
    officer = await desk.officer()
    await officer.get(case)
    await officer.send(f"{case}/ask", text="Which?")
    resident = await follow(desk.borough, reference, pin)
    await resident.get(f"/track/answer/{resident.path.rpartition('/')[2]}")
    await resident.send(answer=SCRIPT)
    page = await raw(officer, case)
    assert "&lt;script&gt;alert(1)" in page and not MARK.search(page)


async def test_changes_of_a_desk_are_told_as_ids_until_the_officer_leaves_the_team(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onestop.http.event_stream.TICK", 0.05)
    case, reference, _ = await desk.case()
    watching, working = await desk.officer(), await desk.officer("rees")
    now = int(desk.borough.clock())
    stream = asyncio.create_task(watching.request(f"/desk/live/waste/{now}", Accept="text/event-stream"))
    await asyncio.sleep(0.3)
    await working.get(case)
    await working.send(f"{case}/update", text="A secret text")
    await asyncio.sleep(0.3)
    assert not stream.done()

    async def move(tx: Transaction) -> None:
        row = await officers.find_by_sign_in(tx, "hale")
        assert row
        await officers.change(tx, row.id, row.role, ("streets",))

    await desk.borough.database.run(move)
    told = (await asyncio.wait_for(stream, 5)).text
    events = [json.loads(line) for line in re.findall(r"^data: (.*)$", told, re.MULTILINE)]
    assert events[-1] == {case.split("/")[3]: 1}
    assert "secret" not in told and reference not in told


async def test_no_form_of_the_desk_is_taken_without_its_token_or_from_another_site(desk: Desk) -> None:
    case, *_ = await desk.case()
    officer, administrator = await desk.officer(), await desk.officer("lee")
    await officer.get(case)
    forms = set(re.findall(r'<form method="post"[^>]* action="([^"]+)"', officer.body))
    await officer.get("/desk/assist")
    forms |= set(re.findall(r'<form method="post"[^>]* action="([^"]+)"', officer.body))
    await officer.get("/desk/list/waste/open")
    forms |= set(re.findall(r'<form method="post"[^>]* action="([^"]+)"', officer.body))
    assert len(forms) >= 12, forms
    token = officer.form("/desk/sign-out")["token"]
    theirs = administrator.form("/desk/sign-out")["token"]
    for form in sorted(forms):
        assert (await officer.request(form, {"version": "0", "do": "take"})).status == 403, form
        assert (await officer.request(form, {"token": theirs, "version": "0"})).status == 403, form
        other = await officer.request(form, {"token": token, "version": "0"}, Origin="https://elsewhere.example")
        assert other.status == 403, form
    assert "Taken by" not in await officer.get(case)


async def test_a_new_role_or_team_counts_at_the_next_request_and_a_removed_officer_is_out(desk: Desk) -> None:
    case, *_ = await desk.case()
    officer = await desk.officer()
    await officer.get(case)
    token = officer.form("/desk/sign-out")["token"]

    async def change(role: str, desks: tuple[str, ...]) -> None:
        async def work(tx: Transaction) -> None:
            row = await officers.find_by_sign_in(tx, "hale")
            assert row
            await officers.change(tx, row.id, role, desks)

        await desk.borough.database.run(work)

    await change("author", ("waste",))
    assert (await officer.request(case)).status == 403
    assert (await officer.request(f"{case}/take", {"token": token, "version": "0"})).status == 403
    assert (await officer.request("/desk/assist")).status == 403
    await change("officer", ("streets",))
    assert (await officer.request(case)).status == 404
    assert (await officer.request("/desk/list/waste/open", {"token": token, "do": "take", "case": "x.0"})).status == 404

    async def remove(tx: Transaction) -> None:
        row = await officers.find_by_sign_in(tx, "hale")
        assert row
        await officers.remove(tx, row.id, int(desk.borough.clock()))

    await desk.borough.database.run(remove)
    assert "/desk/sign-in" in (await officer.request(case)).headers["Location"]
