"""A journey that repeats a group, over HTTP without script: asked of each child, changed, lowered, raised, sent and delivered."""

import gzip
import html
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
from support.resident import Resident, Seen
from support.samples.children import CHILDREN
from support.samples.every_kind import ASK, Everything, write_everything
from support.servers.server_process import serving
from text.test_curl_journey import answered, run

from channels.tv import CHANNEL
from onestop.journeys.values.form_values import FormValues

PLACES = {"tv": "/tv", "kiosk": "/kiosk/~portrait", "mobile": "", "text": "/text"}
HBBTV = "Mozilla/5.0 (Linux; Tizen 2.3) HbbTV/1.2.1 (;Samsung;SmartTV2015;T-HKM6DEUC;;)"
BORN = date(2019, 5, 3)


@pytest.fixture(scope="module")
def meals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Everything]:
    """Start a server whose one journey repeats a group."""
    folder = tmp_path_factory.mktemp("meals")
    content = write_everything(folder)
    (content / "journeys" / "everything.yaml").write_text(CHILDREN.replace("[housing]", "[waste]"), encoding="utf-8")
    with serving(folder, content) as address:
        yield Everything(address, folder / "outbox")


def one(text: str) -> FormValues:
    return {"answer": (text,)}


def child(name: str) -> Sequence[FormValues]:
    born = {"answer.day": (str(BORN.day),), "answer.month": (str(BORN.month),), "answer.year": (str(BORN.year),)}
    return one(name), born, one("none")


def pages_of(resident: Resident, page: Seen) -> Iterator[Seen]:
    """Yield every page of a screen."""
    first, number = re.sub(r"/\d$", "", page.address), 1
    yield page
    while f'href="{first}/{number + 1}"' in page.body:
        number += 1
        page = resident.get(f"{first}/{number}")
        yield page


def words_of(resident: Resident, page: Seen) -> str:
    """Return the words of a screen on all of its pages."""
    texts = " ".join(each.body for each in pages_of(resident, page))
    plain = re.sub(r"<style.*?</style>|<script.*?</script>|<[^>]*>", " ", texts, flags=re.DOTALL)
    return " ".join(html.unescape(plain).split())


@pytest.mark.parametrize("channel", ["tv", "kiosk", "mobile"])
def test_each_child_is_asked_changed_and_sent(channel: str, meals: Everything) -> None:
    resident = Resident(meals.origin)
    page = resident.send(resident.get(PLACES[channel] + ASK), one("3"))
    for number, name in enumerate(("Ann Lee", "Ben Lee", "Cy Lee"), 1):
        for sent in child(name):
            assert f"Child {number} of 3: " in words_of(resident, page)
            page = resident.send(page, sent)
    for sent in (one("paid"), one("no"), one("now")):
        page = resident.send(page, sent)
    said = words_of(resident, page)
    assert page.address.endswith("/ask/check")
    assert [f"Child {number} of 3" in said for number in (1, 2, 3)] == [True] * 3 and "When was Cy Lee born?" in said
    place = f"{PLACES[channel]}{ASK}"
    page = resident.send(resident.get(f"{place}/children"), one("4"))
    assert page.address in (place, f"{place}/child-4-name") and "Child 4 of 4: " in words_of(resident, page)
    page = resident.send(resident.get(f"{place}/children"), one("2"))
    said = words_of(resident, page)
    assert "this will not be sent: Child 3" in said and "Child 2 of 2" in said and "Cy Lee" not in said
    page = resident.send(resident.get(f"{place}/child-2-name"), one("Bea Lee"))
    page = resident.send(page, {})
    assert page.address.endswith("/ask/done")
    shown = words_of(resident, page)
    assert "Child 2 of 2" in shown and "Bea Lee" in shown and "Cy Lee" not in shown
    assert sent_children(meals, page.body) == ["Ann Lee", "Bea Lee"]


def test_in_a_terminal_by_its_own_commands(meals: Everything, tmp_path: Path) -> None:
    page = run(["curl", "-L", "-b", "onestop.jar", "-c", "onestop.jar", f"{meals.origin}/text{ASK}"], tmp_path)
    for sent in (one("2"), *child("Ann Lee"), *child("Ben Lee"), one("paid"), one("no"), one("now")):
        page = answered(page, sent, meals.origin, tmp_path)
    assert "CHILD 1 OF 2" in page.upper() and "CHILD 2 OF 2" in page.upper(), page
    page = answered(page, {}, meals.origin, tmp_path)
    assert sent_children(meals, page) == ["Ann Lee", "Ben Lee"]


@pytest.mark.parametrize("language", ["", "/cy"])
def test_the_pages_of_a_television_fit_one_packet(language: str, meals: Everything) -> None:
    resident = Resident(meals.origin, HBBTV)
    place = f"/tv{language}{ASK}"
    page = resident.send(resident.get(place), one("4"))
    for name in ("Ann Lee", "Ben Lee", "Cy Lee", "Di Lee"):
        for sent in child(name):
            assert weight(page) <= CHANNEL.packet
            page = resident.send(page, sent)
    for sent in (one("paid"), one("no"), one("now")):
        page = resident.send(page, sent)
    assert page.address.endswith("/ask/check")
    page = resident.send(resident.get(f"{place}/children"), one("3"))
    pages = list(pages_of(resident, page))
    assert len(pages) > 1 and max(map(weight, pages)) <= CHANNEL.packet, list(map(weight, pages))


def weight(page: Seen) -> int:
    """Return the bytes of a page as it is sent, compressed, with its headers."""
    headers = sum(len(f"{name}: {value}\r\n") for name, value in page.headers.items())
    return headers + len(gzip.compress(page.body.encode(), 9))


def sent_children(meals: Everything, page: str) -> list[object]:
    answers: Sequence[Mapping[str, object]] = meals.case(page)["answers"]
    group = next(answer for answer in answers if answer["ask"] == "child")
    value: Sequence[Mapping[str, object]] = group["value"]  # type: ignore[assignment]
    assert all(one["born"] == BORN.isoformat() and one["diet"] == "none" for one in value)
    return [one["name"] for one in value]
