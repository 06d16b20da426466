"""An officer works on a case by forms alone: list, take, ask, update, close; others see it, strangers do not."""

import re
from datetime import UTC, datetime

import pytest
from desk.conftest import Desk
from support.followed_case import follow
from support.programs.databases import rows

from onestop.audit.chain import verify
from onestop.journeys.values.recipient import Recipient
from onestop.store.messages import contacts, queue
from onestop.store.messages.queue import MessageStatus
from onestop.store.tables import events

pytestmark = pytest.mark.slow


async def test_a_case_from_the_list_to_closed_as_its_resident_sees_it(desk: Desk) -> None:
    case, reference, pin = await desk.case()
    officer = await desk.officer()
    assert officer.path == "/desk/list/waste/open" and reference in officer.body and case in officer.body
    await officer.get(case)
    assert "Planted Cottage" in officer.body and "Grey bin" in officer.body
    await officer.send(f"{case}/take")
    assert "Taken by J. Hale" in officer.body and "J. Hale" in await officer.get("/desk/list/waste/mine")
    await officer.get(case)
    await officer.send(f"{case}/ask", text="Is the gate locked?")
    resident = await follow(desk.borough, reference, pin, "/tv")
    assert "Is the gate locked?" in " ".join(resident.body.split())
    await resident.get(f"/tv/track/answer/{resident.path.rpartition('/')[2]}")
    await resident.send(answer="No")
    await officer.get(case)
    assert "The resident answered" in officer.body
    await officer.send(f"{case}/note", text="Crew told")
    await officer.send(f"{case}/update", text="A crew is on its way.")
    await officer.send(f"{case}/close", subject="done", text="Emptied.")
    assert "Closed by J. Hale" in officer.body
    assert reference not in await officer.get("/desk/list/waste/open")
    assert reference in await officer.get("/desk/list/waste/closed")
    resident = await follow(desk.borough, reference, pin)
    assert "A crew is on its way." in resident.body and "it is done" in resident.body and "Emptied." in resident.body
    assert "Crew told" not in resident.body
    verdict = await verify(desk.borough.database)
    assert not verdict.broken and verdict.head.entries > 8


async def test_of_two_officers_with_one_version_the_second_keeps_what_they_wrote(desk: Desk) -> None:
    case, *_ = await desk.case()
    hale, rees = await desk.officer(), await desk.officer("rees")
    await hale.get(case)
    await rees.get(case)
    await rees.send(f"{case}/update", text="We come on Monday.")
    await hale.send(f"{case}/update", text="We come on Tuesday.")
    assert hale.status == 409
    assert "We come on Tuesday." in hale.body and "We come on Monday." in hale.body
    await hale.send(f"{case}/update", text="We come on Tuesday.")
    assert hale.status == 200 and "B. Rees told the resident" in hale.body and "J. Hale told the resident" in hale.body


async def test_what_is_missing_is_said_and_nothing_is_lost(desk: Desk) -> None:
    case, *_ = await desk.case()
    officer = await desk.officer()
    await officer.get(case)
    await officer.send(f"{case}/close", text="We have been.")
    assert officer.status == 422 and "We have been." in officer.body and 'class="error"' in officer.body


async def test_another_teams_case_is_not_there(desk: Desk) -> None:
    case, reference, _ = await desk.case()
    stranger = await desk.officer("moss")
    assert stranger.path == "/desk/list/streets/open" and reference not in stranger.body
    for path in (case, case.replace("/waste", "/streets"), "/desk/list/waste/open", "/desk/live/waste/0"):
        answer = await stranger.request(path)
        assert answer.status == 404, path
    await stranger.get("/desk/list/streets/open")
    token = stranger.form("/desk/list/streets")["token"]
    for action in ("take", "update", "merge", "retry"):
        answer = await stranger.request(f"{case}/{action}", {"token": token, "version": "0", "text": "x"})
        assert answer.status in (403, 404), action
    await stranger.send("/desk/list/streets", typed=reference)
    assert reference not in re.sub(r"<(h1|input)[^>]*>[^<]*", "", stranger.body)


async def test_without_an_officer_everything_leads_to_the_sign_in(desk: Desk) -> None:
    case, *_ = await desk.case()
    officer = await desk.officer()
    officer.cookies.clear()
    for path in ("/desk", case, "/desk/list/waste/open", "/desk/live/waste/0"):
        answer = await officer.request(path)
        assert answer.status == 303 and "/desk/sign-in" in answer.headers["Location"], path
    forged = await officer.request(f"{case}/take", {"version": "0"})
    assert forged.status in (303, 403)


async def test_a_search_finds_by_reference_postcode_and_street_and_no_address_tells_it(desk: Desk) -> None:
    case, reference, _ = await desk.case()
    officer = await desk.officer()
    visited = []
    for typed in (reference, "em4 2qt", "High Street", "no such street"):
        await officer.get("/desk/list/waste/open")
        await officer.send("/desk/list/waste", typed=typed)
        visited.append(officer.path)
        assert (case in officer.body or officer.path == case) == (typed != "no such street"), typed
    assert visited[0] == case
    assert not [path for path in visited if re.search("em4.{0,3}2qt|high.{0,3}street", path, re.IGNORECASE)]
    other = await desk.officer("rees")
    assert reference in await other.get(visited[1]), "a filter that is not this officer's own shows the whole queue"


async def test_two_reports_are_joined_and_the_first_resident_reads_it(desk: Desk) -> None:
    first, _, _ = await desk.case()
    second, reference, pin = await desk.case()
    officer = await desk.officer()
    await officer.get(second)
    assert "Nearby" in officer.body and first in officer.body
    await officer.send(f"{second}/merge", subject=first.split("/")[3])
    assert "Joined to another report by J. Hale" in officer.body
    await officer.get(first)
    assert "Another report was joined" in officer.body
    await officer.send(f"{first}/merge", reference=reference)
    assert officer.status == 422, "a case that was joined takes no other one"
    resident = await follow(desk.borough, reference, pin)
    assert "we go on with that report" in resident.body


async def test_the_desk_is_in_welsh(desk: Desk) -> None:
    case, *_ = await desk.case()
    officer = await desk.officer()
    assert "Pob achos agored" in await officer.get("/cy/desk/list/waste/open")
    assert "Yr hyn a anfonwyd" in await officer.get(f"/cy{case}") and "What was sent" not in officer.body


async def test_an_officer_without_a_desk_sees_the_content_and_no_case(desk: Desk) -> None:
    administrator = await desk.officer("lee")
    assert administrator.path == "/desk/content" and "Ice on pavements" in administrator.body


async def test_an_administrator_reads_another_teams_case_only_with_a_reason(desk: Desk) -> None:
    case, reference, _ = await desk.case()
    administrator = await desk.officer("lee")
    await administrator.get(case)
    assert administrator.status == 403 and reference not in administrator.body
    await administrator.send(f"{case}/reason", subject="complaint", text="short")
    assert administrator.status == 422 and "short" in administrator.body
    await administrator.send(f"{case}/reason", subject="complaint", text="A complaint about a late crew")
    assert administrator.status == 200 and reference in administrator.body and "Planted" in administrator.body
    assert f"{case}/close" not in administrator.body
    token = administrator.form("/desk/sign-out")["token"]
    refused = await administrator.request(f"{case}/take", {"token": token, "version": "0"})
    assert refused.status in (403, 404)


async def test_a_canned_reply_is_put_below_what_was_typed_in_the_language_of_the_resident(desk: Desk) -> None:
    case, reference, pin = await desk.case()
    welsh, *_ = await desk.case("/cy")
    officer = await desk.officer()
    await officer.get(case)
    await officer.send(f"{case}/close", reply="done-thank-you", subject="done", text="Typed before.")
    text = re.search(r'id="close-text"[^>]*>(.*?)</textarea>', officer.body, re.DOTALL)
    assert officer.status == 200 and text
    assert text[1].startswith("Typed before.\n\nIt is done.") and f"reference {reference}." in text[1]
    assert '<option value="done" selected>' in officer.body and "Closed by" not in officer.body
    await officer.send(f"{case}/close", subject="done", text=text[1])
    resident = await follow(desk.borough, reference, pin)
    assert "Thank you for telling us." in resident.body
    await officer.get(welsh)
    await officer.send(f"{welsh}/update", reply="more-time", text="")
    assert "Mae Gwastraff ac ailgylchu yn dal i weithio arno" in officer.body
    await officer.send(f"{welsh}/update", reply="done-thank-you", text="")
    assert officer.status == 404


async def test_a_team_lead_sends_a_failed_message_again(desk: Desk) -> None:
    path, *_ = await desk.case()
    case, database = path.split("/")[3], desk.borough.database
    now = int(desk.borough.clock())
    recipient = Recipient("email", "sam@eastmere.example")
    await database.run(lambda tx: contacts.add(tx, case, recipient, ("update",)))
    message = await database.run(lambda tx: queue.enqueue(tx, case, "update", now, about="1"))
    failed = MessageStatus("failed", reason="refused", detail="550 no")
    await database.run(lambda tx: queue.record(tx, str(message), failed, now))
    officer, lead = await desk.officer(), await desk.officer("rees")
    assert "550 no" in await officer.get(path) and f"{path}/resend" not in officer.body
    fields = {**officer.form("/take"), "subject": str(message)}
    assert (await officer.request(f"{path}/resend", fields)).status == 403
    await lead.get(path)
    await lead.send(f"{path}/resend", subject=str(message))
    assert lead.status == 200 and "it is about to be sent" in lead.body
    audited = await rows(database, "SELECT action, fields FROM audit_entries ORDER BY seq DESC LIMIT 2")
    assert ("retry", "message") in [tuple(row) for row in audited]
    await lead.get(path)
    again = await lead.request(f"{path}/resend", {**lead.form("/take"), "subject": str(message)})
    assert again.status == 422 and "This message has not failed." in again.text


async def test_the_outcome_of_the_first_contact_is_counted_once(desk: Desk) -> None:
    case, *_ = await desk.case()
    officer, other = await desk.officer(), await desk.officer("rees")
    await officer.get(case)
    await other.get(case)
    assert "Resolved at first contact?" in officer.body
    await officer.send(f"{case}/outcome", subject="yes")
    assert officer.status == 200 and "Resolved at first contact?" not in officer.body
    await other.send(f"{case}/outcome", subject="no")
    assert other.status == 422
    day = datetime.fromtimestamp(desk.borough.clock(), UTC).date()
    counted = await desk.borough.database.read(lambda tx: events.by_month(tx, day, day))
    assert [(one.event.detail, one.times) for one in counted if one.event.kind == "first contact"] == [("yes", 1)]
