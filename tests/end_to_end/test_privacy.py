"""Answers are stored in the clear nowhere but at the desk that receives them."""

import re
import urllib.request
from pathlib import Path

from support.resident import ADDRESS, BIN, Resident, answer_report

PLANTED = (b"Planted Cottage", b"12 High Street, EM4 2QT", b"07700 900 982", b"planted@example")


def test_no_answer_is_in_the_clear_in_any_file_of_the_server(origin: str, server_folder: Path, outbox: Path) -> None:
    resident = Resident(origin)
    page = answer_report(resident)
    resident.send(page, {})
    draft = Resident(origin)
    answer_report(draft, "/tv")
    refused = Resident(origin)
    for sent in ({"answer": ("today",)}, {"answer": ("grey",)}, {"answer": ("out",)}, {"answer": ("none",)}):
        page = refused.send(refused.get(BIN), sent)
    refused.send(page, {"answer": (ADDRESS.replace("EM4 2QT", ""),)})
    written = [file for file in server_folder.rglob("*") if file.is_file() and outbox not in file.parents]
    assert {"onestop.db", "log"} <= {file.name for file in written}
    assert (server_folder / "log").read_text().count("/ask/home") > 2
    for file in written:
        content = file.read_bytes()
        assert [planted for planted in PLANTED if planted in content] == [], file.name
    for public in ("/metrics", "/bins/missed-bin", "/tv/bins/missed-bin", "/preview/bins/missed-bin"):
        with urllib.request.urlopen(origin + public) as answer:
            assert b"Planted" not in answer.read()


def test_no_answer_and_no_draft_id_is_in_an_address(origin: str, server_folder: Path) -> None:
    resident = Resident(origin)
    page = answer_report(resident)
    addresses = re.findall(r'(?:href|action)="([^"]+)"', page.body)
    (draft,) = re.findall(r'name="draft" value="([^"]+)"', page.body)
    word = next(cookie.value for cookie in resident.jar)
    assert word
    log = (server_folder / "log").read_text()
    for secret in (draft, word):
        assert secret not in log
        assert not any(secret in address for address in addresses)


def test_a_personal_page_is_not_cacheable(origin: str) -> None:
    for address in (f"{BIN}/day", f"/tv{BIN}/day", f"/kiosk/~portrait{BIN}/day", "/move"):
        page = Resident(origin).get(address)
        assert page.headers["cache-control"] == "no-store"
        assert "etag" not in page.headers
        assert "httponly" in page.headers["set-cookie"].lower()
        assert "samesite=lax" in page.headers["set-cookie"].lower()


def test_following_a_case_puts_no_answer_reference_or_pin_into_a_log_or_an_address(
    origin: str, server_folder: Path
) -> None:
    resident = Resident(origin)
    receipt = resident.send(answer_report(resident), {})
    (reference,) = re.findall(r"\d{3} \d{3} \d{4}", receipt.body)[:1]
    (pin,) = re.findall(r"and PIN (\d{4})", receipt.body)
    digits, stranger = reference.replace(" ", ""), Resident(origin)
    page = stranger.send(stranger.get("/102"), {"answer": (digits,)})
    asked = page.address
    page = stranger.send(page, {"answer": (pin,)})
    assert reference in page.body and not [planted for planted in PLANTED if planted.decode() in page.body]
    assert page.headers["cache-control"] == "no-store" and page.headers["referrer-policy"] in (
        "same-origin",
        "no-referrer",
    )
    log = (server_folder / "log").read_text()
    for secret in (digits, reference, page.address, asked):
        assert secret not in log
    assert digits not in page.address and pin not in asked.split("/")
    assert "/track/..." in log
