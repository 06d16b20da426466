"""Two servers on one PostgreSQL share drafts, codes and cases, and a draft keeps the edition it began on."""

import concurrent.futures
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from end_to_end.test_drafts import code_of
from support.paths import CONTENT
from support.programs.databases import keys_file
from support.resident import ADDRESS, BIN, TO_CHECK, Resident, answer_report
from support.servers.server_process import free_port, running_server

pytestmark = pytest.mark.slow

__all__ = ["keys_file"]
ONE, OTHER = 0, 1


@pytest.fixture
def kind() -> str:
    return "postgres"


@pytest.fixture
def origins(url: str, keys_file: Path, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """Two servers, each in a process of its own, with one database and one file of keys."""
    with ExitStack() as stack:
        found = []
        for _ in (ONE, OTHER):
            port = free_port()
            stack.enter_context(running_server(url, keys_file, tmp_path, port))
            found.append(f"http://127.0.0.1:{port}")
        yield found[ONE], found[OTHER]


def test_a_journey_continues_on_either_server(origins: tuple[str, str]) -> None:
    resident = Resident(origins[ONE])
    page = resident.get(BIN)
    for number, sent in enumerate(TO_CHECK):
        resident.origin = origins[number % 2]
        page = resident.send(resident.get(BIN), sent)
    assert page.address.endswith("/home")


def test_a_code_of_one_server_works_once_on_the_other(origins: tuple[str, str]) -> None:
    television, phone, late = (Resident(origins[n]) for n in (ONE, OTHER, OTHER))
    television.send(television.get(f"/tv{BIN}"), TO_CHECK[0])
    code = code_of(television.get(f"/tv{BIN}/move"))
    page = phone.send(phone.get("/move"), {"code": (code,)})
    assert page.address.startswith(BIN)
    assert late.send(late.get("/move"), {"code": (code,)}).address.endswith("/move")
    assert '"moved": true' in television.get(f"/tv{BIN}/moved").body


def test_concurrent_submissions_on_both_servers_make_one_case(origins: tuple[str, str], tmp_path: Path) -> None:
    resident = Resident(origins[ONE])
    target, hidden = answer_report(resident).form
    cookie = next(iter(resident.jar))

    def press(number: int) -> str:
        presser = Resident(origins[number % 2])
        presser.jar.set_cookie(cookie)
        found = re.search(r"\d{3} \d{3} \d{4}", presser.post(target, [*hidden.items()]).body)
        assert found
        return found[0]

    with concurrent.futures.ThreadPoolExecutor(20) as pool:
        assert len(set(pool.map(press, range(20)))) == 1


@pytest.mark.parametrize("language", ["", "/cy"])
def test_a_draft_ends_on_the_edition_it_began_on(language: str, url: str, keys_file: Path, tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    port = free_port()
    waiting = Resident(f"http://127.0.0.1:{port}")
    with running_server(url, keys_file, tmp_path, port, content):
        waiting.send(waiting.get(language + BIN), TO_CHECK[0])
    file = content / "journeys" / "missed-bin.yaml"
    changed = file.read_text().replace("grey:", "mauve:", 1)
    assert changed != file.read_text()
    file.write_text(changed)
    with running_server(url, keys_file, tmp_path, port, content):
        assert 'value="grey"' in waiting.get(f"{language}{BIN}/bin").body
        new = Resident(f"http://127.0.0.1:{port}")
        new.send(new.get(language + BIN), TO_CHECK[0])
        assert 'value="mauve"' in new.get(f"{language}{BIN}/bin").body
        page = waiting.get(language + BIN)
        for sent in TO_CHECK[1:]:
            page = waiting.send(page, sent)
        page = waiting.send(page, {"answer": (ADDRESS,)})
        if page.address.endswith("/stands"):
            page = waiting.send(page, {"do": ("skip",)})
        page = waiting.send(waiting.send(page, {"answer": ("none",)}), {})
        assert re.search(r"\d{3} \d{3} \d{4}", page.body)
