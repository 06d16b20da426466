"""An officer answers for a resident on the telephone or at the counter: marked on the case, counted, recorded, and kept apart."""

import re

import pytest
from desk.conftest import Desk
from staff.officer_browser import OfficerBrowser
from support.followed_case import PIN, REFERENCE, follow, household
from support.programs.databases import rows

from onestop.audit.chain import verify

pytestmark = pytest.mark.slow
BEGIN = "/desk/assist/begin"


async def begin(officer: OfficerBrowser, means: str = "telephone", language: str = "en") -> None:
    await officer.get("/desk/assist")
    await officer.send(BEGIN, means=means, service="/bins/missed-bin", language=language)


async def answer_everything(officer: OfficerBrowser, place: str = "Planted Cottage, 12 High Street, EM4 2QT") -> None:
    for answer in ("today", "grey", "out", "none", place):
        await press(officer, answer=answer)
    if officer.path.endswith("/stands"):
        await press(officer, do="skip")
    await press(officer, answer="none")
    await press(officer)


async def press(officer: OfficerBrowser, **fields: str) -> None:
    """Send the form of the journey's page."""
    found = re.search(r'<form[^>]*action="(/[^"]*/ask[^"]*)"', officer.body)
    assert found, officer.body[-2000:]
    await officer.send(found[1], **fields)


async def counted(desk: Desk) -> set[tuple[str, str, str]]:
    found = await rows(desk.borough.database, "SELECT channel, event, detail FROM event_counts")
    return {(channel, event, detail) for channel, event, detail in found}


async def test_a_report_by_telephone_is_marked_counted_and_recorded(desk: Desk) -> None:
    officer = await desk.officer()
    await begin(officer)
    assert officer.path.startswith("/bins/missed-bin/ask") and "answering for a resident" in officer.body
    await answer_everything(officer)
    assert officer.path == "/bins/missed-bin/ask/done" and "Did this help?" not in officer.body
    reference, pin = REFERENCE.search(officer.body), PIN.search(officer.body)
    assert reference and pin and 'href="/desk/assist"' in officer.body
    await officer.get("/desk/assist")
    assert reference[1] in officer.body
    case = re.search(r"/desk/case/\w+/waste", officer.body)
    assert case
    await officer.send("/desk/assist/outcome", case=case[0].split("/")[3], outcome="yes")
    assert "resolved at first contact" in officer.body and 'name="outcome"' not in officer.body
    await officer.get(case[0])
    assert "Sent for the resident by J. Hale: Telephone." in officer.body and "Planted Cottage" in officer.body
    assert "Resolved at first contact?" not in officer.body
    assert "Telephone" in await officer.get("/desk/list/waste/open")
    events = await counted(desk)
    assert {
        ("telephone", "started", ""),
        ("telephone", "completed", ""),
        ("telephone", "first contact", "yes"),
    } <= events
    assert not [event for event in events if event[0] == "mobile"]
    audited = await rows(
        desk.borough.database, "SELECT action, subject, purpose FROM audit_entries WHERE action = 'assist'"
    )
    assert [tuple(one) for one in audited] == [
        ("assist", "-", "telephone"), ("assist", case[0].split("/")[3], "telephone")
    ]  # fmt: skip
    assert not (await verify(desk.borough.database)).broken
    assert reference[1] in (await follow(desk.borough, reference[1], pin[1])).body


async def test_the_next_resident_finds_nothing_of_the_one_before(desk: Desk) -> None:
    officer = await desk.officer()
    await begin(officer, "counter", "cy")
    first = officer.path
    assert first.startswith("/cy/bins/missed-bin/ask")
    await press(officer, answer="today")
    await officer.get("/desk/assist")
    assert "At the counter" in officer.body
    await begin(officer)
    assert f"/cy{officer.path}" == first, "the first question again, for nothing is known of this resident"
    await officer.get("/desk/assist")
    await officer.send("/desk/assist/end")
    assert "End this contact" not in officer.body and "visit" not in officer.cookies
    assert "answering for a resident" not in await officer.get(first)
    drafts = await rows(desk.borough.database, "SELECT expires FROM drafts")
    assert all(expires <= int(desk.borough.clock()) for (expires,) in drafts)


async def test_when_the_officer_is_signed_out_the_residents_answers_are_out_of_reach(desk: Desk) -> None:
    officer = await desk.officer()
    await begin(officer)
    await press(officer, answer="today")
    asked = officer.path
    await officer.get("/desk")
    await officer.send("/desk/sign-out")
    assert "answering for a resident" not in await officer.get(asked)
    assert officer.path != asked, "there is no draft any more: the journey begins with its first question"


async def test_the_visit_of_an_officer_helps_nobody_else(desk: Desk) -> None:
    hale, rees = await desk.officer(), await desk.officer("rees")
    await begin(hale)
    rees.cookies |= {name: value for name, value in hale.cookies.items() if name.endswith("visit")}
    assert "End this contact" not in await rees.get("/desk/assist")
    author = await desk.officer("lee")
    await author.get("/desk/assist")
    assert author.status == 403
    resident = household(desk.borough)
    await resident.get("/desk/assist")
    assert resident.path.startswith("/desk/sign-in")


async def test_a_contact_begins_with_a_way_of_speaking_and_a_service(desk: Desk) -> None:
    officer = await desk.officer()
    for means, service in (("letter", "/bins/missed-bin"), ("counter", "/bins"), ("counter", "/nowhere/at-all")):
        await officer.get("/desk/assist")
        await officer.send(BEGIN, means=means, service=service, language="en")
        assert officer.status == 422 and 'role="alert"' in officer.body
    token = officer.form(BEGIN)["token"]
    forged = await officer.request(BEGIN, {"means": "counter", "service": "/bins/missed-bin"})
    assert forged.status == 403
    strange = await officer.request(
        "/desk/assist/outcome", {"token": token, "case": "6929cb77" + "0" * 24, "outcome": "yes"}
    )
    assert strange.status == 404
