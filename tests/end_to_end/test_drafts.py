"""Drafts: stored, handed over, submitted once, and private to their resident."""

import concurrent.futures
import io
import json
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
from PIL import Image
from support.resident import ADDRESS, ADDRESS_FIELDS, BIN, TO_CHECK, Resident, Seen, answer_report

STREET = "/roads/pothole/ask"


def code_of(page: Seen) -> str:
    found = re.search(r">(\d{3}) (\d{3})<", page.body)
    assert found, page.body
    return "".join(found.groups())


def test_an_error_is_shown_with_the_question_and_the_input_is_kept(origin: str) -> None:
    resident = Resident(origin)
    page = resident.get("/cy" + BIN)
    for sent in TO_CHECK:
        page = resident.send(page, sent)
    page = resident.send(page, {"answer": ("12 rhywle",), "answer.street": ("",)})
    assert page.status == 200
    assert 'value="12 rhywle"' in page.body
    assert "Gwall" in page.body and "cod post" in page.body
    assert 'lang="cy"' in page.body


def test_going_back_and_forward_neither_loses_nor_repeats_answers(origin: str) -> None:
    resident = Resident(origin)
    check = answer_report(resident)
    page = resident.get(BIN + "/bin")
    assert re.search(r'value="grey"[^>]*checked', page.body)
    again = resident.send(page, {"answer": ("grey",)})
    assert again.address.endswith("/ask/check")
    assert again.body.count(ADDRESS) == check.body.count(ADDRESS) == 1
    assert resident.get(BIN).address == BIN and ADDRESS in resident.get(BIN).body


def test_the_current_step_redirects_to_the_address_of_its_question(origin: str) -> None:
    """A browser's Back would show there what comes next, instead of the question that it leads back to."""
    resident = Resident(origin)
    for channel in ("", "/kiosk/~portrait", "/text"):
        assert resident.get(channel + BIN).address == f"{channel}{BIN}/day"
    resident.send(resident.get(BIN), TO_CHECK[0])
    assert resident.get(BIN).address == f"{BIN}/bin"


def test_the_second_of_two_windows_is_shown_both_answers(origin: str) -> None:
    resident = Resident(origin)
    resident.send(resident.get(BIN), TO_CHECK[0])
    one, other = resident.get(BIN + "/bin"), resident.get(BIN + "/bin")
    resident.send(one, {"answer": ("blue",)})
    page = resident.send(other, {"answer": ("caddy",)})
    assert page.status == 409
    assert "Blue bin" in page.body and "Green caddy" in page.body
    kept = resident.send(page, {"answer": ("caddy",)})
    assert kept.status == 200
    assert re.search(r'value="caddy"[^>]*checked', resident.get(BIN + "/bin").body)


def test_fifty_submissions_of_a_draft_make_one_case(origin: str, outbox: Path) -> None:
    resident = Resident(origin)
    check = answer_report(resident)
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        pages = list(pool.map(lambda _: resident.send(check, {}), range(50)))
    references = {re.search(r"\d{3} \d{3} \d{4}", page.body).group() for page in pages}  # type: ignore[union-attr]
    assert len(references) == 1
    file = outbox / "waste" / f"{references.pop().replace(' ', '')}.json"
    for _ in range(100):
        if file.exists():
            break
        time.sleep(0.1)
    assert ADDRESS in json.loads(file.read_text())["answers"][4]["said"]
    assert resident.get(BIN + "/done").body.count('class="reference"') == 1


def test_a_draft_is_handed_over_from_television_to_phone_and_back(origin: str) -> None:
    set_, phone = Resident(origin), Resident(origin)
    page = set_.get("/tv" + BIN)
    page = set_.send(set_.send(page, TO_CHECK[0]), TO_CHECK[1])
    move = set_.get("/tv" + BIN + "/move")
    code = code_of(move)
    assert code_of(set_.get("/tv" + BIN + "/move")) == code
    assert json.loads(set_.get("/tv" + BIN + "/moved").body)["moved"] is False
    there = phone.send(phone.get("/move"), {"answer": (f"{code[:3]} {code[3:]}",)})
    assert there.address == f"{BIN}/out"
    assert "Was it out by 6:30am?" in there.body
    told = json.loads(set_.get("/tv" + BIN + "/moved").body)
    assert told == {"moved": True, "to": "/tv" + BIN}
    assert "another screen" in set_.get("/tv" + BIN).body
    again = Resident(origin)
    assert "has been used" in again.send(again.get("/move"), {"answer": (code,)}).body
    page = phone.send(there, TO_CHECK[2])
    back = code_of(phone.get(BIN + "/move"))
    there = set_.send(set_.get("/tv/move"), {"answer": (back,)})
    assert there.address == "/tv" + BIN
    assert "tag on the handle" in there.body


def test_a_ticket_is_in_capitals_and_a_get_does_not_use_it(origin: str) -> None:
    kiosk, phone = Resident(origin), Resident(origin)
    kiosk.send(kiosk.get("/kiosk/~portrait" + BIN), TO_CHECK[0])
    move = kiosk.get("/kiosk/~portrait" + BIN + "/move")
    assert "QR" in move.body
    phone.send(phone.get(BIN), TO_CHECK[0])
    ticket = re.search(r'href="(HTTPS?://[A-Z.]+)(/M/[A-Z0-9]+)"', phone.get(BIN + "/move").body)
    assert ticket
    other = Resident(origin)
    assert other.get(ticket[2]).status == other.get(ticket[2]).status == 200
    assert other.send(other.get(ticket[2]), {}).address == f"{BIN}/bin"


def test_a_draft_is_inaccessible_to_other_sessions(origin: str) -> None:
    owner, stranger = Resident(origin), Resident(origin)
    check = answer_report(owner)
    _, hidden = check.form
    stranger.send(stranger.get(BIN), TO_CHECK[0])
    _, own = stranger.get(BIN).form
    forged = {**own, "draft": hidden["draft"], "seen": hidden["seen"]}
    page = stranger.post(BIN + "/bin", [*forged.items(), ("answer", "blue")])
    assert page.status == 410
    page = stranger.post(BIN + "/check", [*forged.items()])
    assert page.status in (200, 303, 410) and not page.address.endswith("/done")
    assert ADDRESS not in page.body
    stolen = stranger.post(BIN + "/check", [*hidden.items()])
    assert stolen.status == 403
    assert owner.get(BIN + "/bin").body.count('checked="checked"') == 1
    # The page of a receipt elsewhere has an empty place for the reference behind the # of its address.
    assert (
        '<p class="reference" hidden="hidden"><span>Your reference</span> <strong></strong></p>'
        in Resident(origin).get(BIN + "/done").body
    )


def test_a_form_from_another_site_is_rejected(origin: str) -> None:
    resident = Resident(origin)
    page = resident.get(BIN)
    target, hidden = page.form
    body = urllib.parse.urlencode([*hidden.items(), ("answer", "today")]).encode()
    request = urllib.request.Request(origin + target, data=body, headers={"Origin": "https://evil.example"})
    with pytest.raises(urllib.error.HTTPError) as refused:
        resident.opener.open(request)
    assert refused.value.code == 403
    refused.value.close()


def test_a_photo_is_delivered_without_metadata(origin: str, outbox: Path) -> None:
    resident = Resident(origin)
    page = resident.get(STREET)
    for _ in range(20):
        if page.address.endswith("/photo"):
            break
        page = resident.send(page, answer_for(page))
    assert page.address.endswith("/photo"), page.address
    wrong = resident.upload(page, "answer", b"<svg onload='x()'/>")
    assert wrong.status == 200 and "JPEG, PNG, WebP or HEIC" in wrong.body
    image = io.BytesIO()
    Image.effect_noise((99, 99), 60).save(image, "JPEG")
    short = resident.upload(page, "answer", image.getvalue()[:2000])
    assert short.status == 200 and "That photo is damaged or did not arrive whole" in short.body
    image = io.BytesIO()
    told = Image.Exif()
    told[0x010F] = "PlantedCamera"
    Image.new("RGB", (640, 480), "#336699").save(image, "JPEG", exif=told)
    page = resident.upload(page, "answer", image.getvalue())
    assert not page.address.endswith("/photo"), page.body
    for _ in range(10):
        if page.address.endswith("/check"):
            break
        page = resident.send(page, answer_for(page))
    page = resident.send(page, {})
    reference = re.search(r"(\d{3}) (\d{3}) (\d{4})", page.body)
    assert reference, page.body
    file = outbox / "streets" / f"{''.join(reference.groups())}.json"
    for _ in range(100):
        if file.exists():
            break
        time.sleep(0.1)
    (listed,) = json.loads(file.read_text())["photos"]
    picture = next(outbox.rglob(listed["file"])).read_bytes()
    assert picture.startswith(b"\xff\xd8\xff") and b"Planted" not in picture


def answer_for(page: Seen) -> dict[str, tuple[str, ...]]:
    """Return the first option that does not stop the journey, or a typed answer."""
    options = re.findall(r'type="(?:radio|checkbox)" name="answer" value="([^"]+)"', page.body)
    preferred = [one for one in ("safe", "none", "street", "other") if one in options]
    if options:
        return {"answer": ((preferred or options)[0],)}
    if 'value="skip"' in page.body:
        return {"do": ("skip",)}
    return {"answer": ("Outside 3 High Street, EM4 2QT",)}


def test_finishing_at_a_kiosk_erases_the_session(origin: str) -> None:
    kiosk = Resident(origin)
    answer_report(kiosk, "/kiosk/~portrait")
    held = {cookie.name: cookie.value for cookie in kiosk.jar}
    assert held
    page = kiosk.get("/kiosk/~portrait/leave")
    assert page.address == "/kiosk/~portrait/attract"
    assert not list(kiosk.jar)
    assert ADDRESS not in kiosk.get("/kiosk/~portrait" + BIN + "/check").body
    # A copy of the old cookie gives no access either.
    request = urllib.request.Request(
        origin + "/kiosk/~portrait" + BIN,
        headers={"Cookie": "; ".join(f"{name}={value}" for name, value in held.items())},
    )
    with urllib.request.urlopen(request) as answer:
        assert "When should we have emptied it?" in answer.read().decode()


def test_reusable_answers_are_offered_and_can_be_erased(origin: str) -> None:
    resident = Resident(origin)
    done = resident.send(answer_report(resident), {})
    assert "Remember my details" in done.body
    assert "Whoever uses this device can then see them" in done.body
    page = resident.get("/bins/bulky-waste/ask/home")
    kept = resident.send(done, {})
    assert "Forget what I told you" in kept.body
    page = resident.get("/homes/report-a-repair/ask")
    for _ in range(12):
        if ADDRESS_FIELDS.search(page.body):
            break
        page = resident.send(page, answer_for(page))
    assert ADDRESS_FIELDS.search(page.body)
    assert "You told us this before" in page.body
    forgotten = resident.send(page, {"do": ("forget",)})
    assert "Planted Cottage" not in forgotten.body
    assert "Planted Cottage" not in resident.get("/homes/report-a-repair/ask").body


def test_a_kiosk_never_offers_to_remember_answers(origin: str) -> None:
    kiosk = Resident(origin)
    done = kiosk.send(answer_report(kiosk, "/kiosk/~portrait"), {})
    assert done.address.endswith("/done")
    assert "Remember" not in done.body
