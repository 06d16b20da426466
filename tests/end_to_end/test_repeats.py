"""A journey that repeats a group, over HTTP without script: asked of each child, changed, lowered, raised, sent and delivered."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import pytest
from support.resident import Resident, Seen
from support.samples.children import CHILDREN
from support.samples.every_kind import ASK, Everything, write_everything
from support.servers.server_process import serving

from onestop.journeys.values.form_values import FormValues

PLACES = {"tv": "/tv", "kiosk": "/kiosk/~portrait", "mobile": "", "text": "/text"}
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


def words_of(resident: Resident, page: Seen) -> str:
    """Return the words of a screen on all of its pages."""
    first, texts = re.sub(r"/\d$", "", page.address), [page.body]
    while f'href="{first}/{len(texts) + 1}"' in texts[-1]:
        texts.append(resident.get(f"{first}/{len(texts) + 1}").body)
    plain = re.sub(r"<style.*?</style>|<script.*?</script>|<[^>]*>", " ", " ".join(texts), flags=re.DOTALL)
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
    assert sent_children(meals, page) == ["Ann Lee", "Bea Lee"]


def sent_children(meals: Everything, page: Seen) -> list[object]:
    answers: Sequence[Mapping[str, object]] = meals.case(page.body)["answers"]
    group = next(answer for answer in answers if answer["ask"] == "child")
    value: Sequence[Mapping[str, object]] = group["value"]  # type: ignore[assignment]
    assert all(one["born"] == BORN.isoformat() and one["diet"] == "none" for one in value)
    return [one["name"] for one in value]
