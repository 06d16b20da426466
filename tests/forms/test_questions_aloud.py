"""Questions, errors, the check page and receipts are read aloud to their visitor, and kept nowhere."""

import re
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path

import pytest
from speech.fake_engine import Mimic
from support.servers.borough_server import BIN, TO_ADDRESS, Borough, Visitor, borough

from onestop.speech.recordings import Recordings
from onestop.speech.speaker import MOST_ONCE, Speaker

CHANNELS = ("/kiosk", "/tv")
RECORDING = re.compile(r'(?:data-listen|href)="(/speech/at[^"]*)"')


@pytest.fixture
def speaker(tmp_path: Path) -> Speaker:
    return Speaker(Mimic(), Recordings(tmp_path / "speech", 1_000_000), patience=5)


@pytest.fixture
async def server(tmp_path: Path, speaker: Speaker, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Borough]:
    monkeypatch.setattr("onestop.server.join.find_speaker", lambda settings: speaker)
    async with borough(tmp_path) as made:
        yield made


def recording_of(page: str) -> str:
    """Return the address of the recording that a page offers."""
    found = RECORDING.search(page)
    assert found
    return unescape(found[1])


async def heard(visitor: Visitor, page: str) -> str:
    answer = await visitor.web.get(recording_of(page), Cookie=visitor.cookie)
    assert (answer.status, answer.headers["Cache-Control"]) == (200, "no-store")
    return answer.text


def kept(speaker: Speaker) -> list[str]:
    """Return the text of every recording that was kept."""
    return [file.read_text(encoding="utf-8") for file in speaker.recordings.folder.glob("*")]


@pytest.mark.parametrize("channel", CHANNELS)
async def test_a_question_and_what_was_wrong_with_its_answer_are_said(server: Borough, channel: str) -> None:
    visitor = Visitor(server)
    await visitor.until(f"{channel}{BIN}", TO_ADDRESS)
    page = await visitor.get(f"{channel}{BIN}/home")
    assert "Error" not in await heard(visitor, page)
    status, _ = await visitor.send(f"{channel}{BIN}/home", [("answer", "Nowhere")])
    assert status == 200
    said = await heard(visitor, visitor.body)
    assert "Error: Add the postcode" in said
    # Only who got the error can have it said: nobody makes the council say something.
    address = recording_of(visitor.body)
    forged = await server.get(address.replace("Add+the", "Forget+the"), Cookie=visitor.cookie)
    assert "Error" not in forged.text
    stranger = Visitor(server)
    await stranger.until(f"{channel}{BIN}", TO_ADDRESS)
    assert "Error" not in (await server.get(address, Cookie=stranger.cookie)).text


@pytest.mark.parametrize("channel", CHANNELS)
async def test_answers_are_said_after_asking_and_kept_nowhere(server: Borough, channel: str, speaker: Speaker) -> None:
    visitor = Visitor(server)
    asks = 'id="aloud"' if channel == "/kiosk" else 'title="Say your answers aloud?"'
    first = await visitor.get(f"{channel}{BIN}/day")
    assert asks not in first
    await heard(visitor, first)
    await visitor.until(f"{channel}{BIN}", TO_ADDRESS)
    planted = "Planted Cottage, 12 High Street, EM4 2QT"
    await visitor.send(f"{channel}{BIN}/home", [("answer", planted)])
    # A television has the field on a page of its own.
    check = await visitor.get(f"{channel}{BIN}/home{'/2' if channel == '/tv' else ''}")
    assert asks in check
    assert "You have entered: Planted Cottage" in await heard(visitor, check)
    said = kept(speaker)
    assert said
    assert not [text for text in said if "Planted" in text]
    # Without the cookie there is no answer to say.
    assert "Planted" not in (await server.get(recording_of(check))).text


async def test_search_results_are_said_and_kept_nowhere(server: Borough, speaker: Speaker) -> None:
    page = (await server.get("/tv/search/737")).text
    answer = await server.get(recording_of(page))
    assert (answer.status, answer.headers["Cache-Control"]) == (200, "no-store")
    assert "number" in answer.text
    assert not kept(speaker)


async def test_few_private_recordings_wait(speaker: Speaker) -> None:
    speaker._waiting = MOST_ONCE
    with pytest.raises(Exception, match="too many private recordings"):
        await speaker.once(("Hello",), "en")
