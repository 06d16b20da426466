"""Question pages are rendered once for everybody, and nobody's answers are kept with them."""

import asyncio
import gzip
from datetime import date

import pytest
from support.paths import CONTENT
from support.resident import ADDRESS, TO_CHECK, Resident, answer_report
from support.servers import small_server
from support.servers.running_server import RunningServer

from channels.registry import find_channels
from onestop.journeys.journey import Ask, Journey
from onestop.journeys.walk import longest_path
from onestop.journeys.walk.answer_classes import AnswerClass, answer_classes
from onestop.settings import Settings
from onestop.store.database import Work
from onestop.store.engines.group_commit import GroupCommit
from onestop.store.engines.sqlite_thread import READ, WRITE

pytestmark = pytest.mark.slow

PLANTED = ADDRESS.partition(",")[0].encode()


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"content": CONTENT})


@pytest.fixture(autouse=True)
def real_channels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(small_server, "CHANNELS", find_channels())


def kept_bytes(server: RunningServer) -> list[bytes]:
    """Return every piece of every cached template."""
    kept = server.parts.private.templates
    return [piece for template in kept for piece in (*template.plain, *template.packed) if isinstance(piece, bytes)]


@pytest.mark.parametrize("prefix", ["", "/tv", "/kiosk/~portrait"])
async def test_a_whole_journey_leaves_none_of_its_answers_and_secrets_in_what_is_kept(
    server: RunningServer, prefix: str
) -> None:
    resident = Resident(f"http://127.0.0.1:{server.port}")
    check = await asyncio.to_thread(answer_report, resident, prefix)
    # Going back shows the answer in its field: that page must not be cached either.
    again = await asyncio.to_thread(resident.get, check.address.replace("/check", "/home"))
    assert PLANTED.decode() in again.body or prefix == "/tv"
    secrets = [cookie.value.encode() for cookie in resident.jar if cookie.value]
    _, hidden = check.form if "<form" in check.body else ("", {})
    secrets += [value.encode() for name, value in hidden.items() if name in ("token", "draft")]
    pieces = kept_bytes(server)
    assert len(server.parts.private.templates) >= 4
    assert secrets
    for piece in pieces:
        assert PLANTED not in piece
        assert not any(secret in piece for secret in secrets)


async def test_the_second_resident_gets_the_same_page_with_a_token_of_their_own(server: RunningServer) -> None:
    first, second = (Resident(f"http://127.0.0.1:{server.port}") for _ in range(2))
    pages = []
    for resident in (first, second):
        page = await asyncio.to_thread(resident.get, "/bins/missed-bin/ask")
        pages.append(await asyncio.to_thread(resident.send, page, {"answer": ("today",)}))
        if resident is first:
            count = len(server.parts.private.templates)
    assert len(server.parts.private.templates) == count
    forms = [page.form[1] for page in pages]
    assert forms[0]["token"] != forms[1]["token"]
    assert forms[0]["draft"] != forms[1]["draft"]
    one, two = (page.body for page in pages)
    for name in ("token", "draft"):
        two = two.replace(forms[1][name], forms[0][name])
    assert one == two


async def test_the_gzipped_page_is_the_plain_one(server: RunningServer) -> None:
    resident = Resident(f"http://127.0.0.1:{server.port}")
    page = await asyncio.to_thread(resident.get, "/bins/missed-bin/ask")
    page = await asyncio.to_thread(resident.send, page, {"answer": ("today",)})
    cookie = "; ".join(f"{one.name}={one.value}" for one in resident.jar)
    plain = await server.get(page.address, Cookie=cookie)
    packed = await server.get(page.address, Cookie=cookie, Accept_Encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "ETag" not in packed.headers and packed.headers["Cache-Control"] == "no-store"
    assert len(gzip.decompress(packed.body)) == len(plain.body)


async def test_every_question_costs_one_transaction_to_show_and_one_to_answer(
    server: RunningServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []
    run, background = GroupCommit.run, asyncio.all_tasks()

    async def counted(self: GroupCommit, work: Work[object]) -> object:
        if asyncio.current_task() not in background:
            begun.append(self.begin)
        return await run(self, work)

    monkeypatch.setattr(GroupCommit, "run", counted)
    resident, names = Resident(f"http://127.0.0.1:{server.port}"), []
    page = await asyncio.to_thread(resident.get, "/bins/missed-bin/ask")
    for sent in (*TO_CHECK, {"answer": (ADDRESS,)}):
        names.append(page.address.rpartition("/")[2])
        begun.clear()
        page = await asyncio.to_thread(resident.send, page, sent)
        assert begun == [WRITE, READ], page.address
    assert names[0] == "day" and names[-1] == "home"


async def test_the_number_of_a_known_question_compares_no_example_answers(
    server: RunningServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []

    def counted(journey: Journey, ask: Ask, today: date) -> tuple[AnswerClass, ...]:
        tried.append(ask.name)
        return answer_classes(journey, ask, today)

    monkeypatch.setattr(longest_path, "answer_classes", counted)
    for first in (True, False):
        tried.clear()
        page = await asyncio.to_thread(Resident(f"http://127.0.0.1:{server.port}").get, "/bins/missed-bin/ask")
        assert "Question 1 of at most" in page.body
        assert bool(tried) is first
