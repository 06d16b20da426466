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
