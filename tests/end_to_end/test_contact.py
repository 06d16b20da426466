"""A desk that needs contact details gets them on every channel, or nothing is sent."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from end_to_end.test_whole_journeys import PLACES, REFERENCE
from support.delivered_case import read_case
from support.resident import Resident
from support.samples.small_borough import write_borough
from support.servers.server_process import serving

pytestmark = pytest.mark.slow

CALL = """\
title: {en: Ask us to ring you, cy: Gofynnwch i ni eich ffonio}
who: contact
asks:
  - ask: what
    text: {en: What is it about?, cy: Am beth y mae?}
    pick:
      call: {en: Something to talk about, cy: Rhywbeth i'w drafod}
      danger: {text: {en: Danger, cy: Perygl}, stop: {en: Ring 999., cy: Ffoniwch 999.}}
      bill: {text: {en: A bill, cy: Bil}, stop: {en: Go to number 301., cy: Ewch i rif 301.}}
  - {ask: phone, text: {en: What is your phone number?, cy: Beth yw eich rhif ffôn?}, phone: "yes"}
done: {say: {en: We ring you today., cy: Byddwn yn eich ffonio heddiw.}, send: [complaints]}
"""
ASK = "/bins/missed-bin/ask"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("contact")


@pytest.fixture(scope="module")
def ringing(folder: Path) -> Iterator[str]:
    content = write_borough(folder)
    (content / "journeys").mkdir()
    (content / "journeys" / "call.yaml").write_text(CALL, encoding="utf-8")
    service = content / "services" / "bins" / "missed-bin.md"
    told = service.read_text(encoding="utf-8").replace("lgsl:", "journey: call\nlgsl:", 1)
    service.write_text(told, encoding="utf-8")
    with serving(folder, content) as address:
        yield address


@pytest.mark.parametrize("channel", ["tv", "kiosk", "mobile"])
def test_the_desk_gets_contact_details_and_the_reason(channel: str, ringing: str, folder: Path) -> None:
    resident = Resident(ringing)
    page = resident.send(resident.get(f"{PLACES[channel]}{ASK}"), {"answer": ("call",)})
    for way_round in ({"do": ("skip",)}, {"do": ("thin",)}, {"answer": ("",)}, {"answer": ("0163",)}):
        page = resident.send(page, way_round)
        assert (page.status, page.address.endswith("/ask/phone")) == (200, True)
        assert "Enter a phone number" in page.body
    page = resident.send(page, {"answer": ("07700 900123",)})
    page = resident.send(page, {})
    assert page.address.endswith("/ask/done")
    found = REFERENCE.search(page.body)
    assert found
    case = read_case(folder / "outbox" / "complaints" / f"{''.join(found.groups())}.json")
    assert (case["assurance"], case["channel"]) == ("contact", channel)
    assert case["answers"][1]["value"] == "07700 900 123"
