"""Recordings are named by their text, made once, and kept within bounds."""

import asyncio
import os
from pathlib import Path

import pytest
from speech.fake_engine import Mimic

from onestop.speech import speaker as module
from onestop.speech.engine import SpeechFailed
from onestop.speech.recordings import NAME, Recordings
from onestop.speech.speaker import LONGEST, Speaker, SpeechBusy


async def test_a_text_is_recorded_once(speaker: Speaker, mimic: Mimic) -> None:
    name = speaker.name(["Ring 999", "It is £5"], "en")
    assert name and NAME.fullmatch(name)
    first, second = await speaker.recording(name), await speaker.recording(name)
    assert first == second
    assert first
    assert first.read_text() == "Ring nine nine nine.\n\nIt is 5 pounds."
    assert mimic.said == [("Ring nine nine nine.\n\nIt is 5 pounds.", "en")]


async def test_recordings_of_another_server_are_found(speaker: Speaker, mimic: Mimic, recordings: Recordings) -> None:
    name = speaker.name(["a"], "en")
    assert name
    await speaker.recording(name)
    fresh = Speaker(Mimic(wrong="must not be asked"), recordings)
    assert await fresh.recording(name) == recordings.folder / name


async def test_the_name_depends_on_text_and_voice(speaker: Speaker) -> None:
    names = [
        speaker.name(["a"], "en"),
        speaker.name(["a"], "cy"),
        speaker.name(["b"], "en"),
        speaker.name(["a", "b"], "en"),
    ]
    assert len(set(names)) == 4
    assert speaker.name(["a"], "en") == names[0]


@pytest.mark.parametrize("utterances", [[], [""], ["…", "--"], ["x" * (LONGEST + 1)], ["word " * 100_000]])
async def test_an_empty_or_overlong_text_has_no_name(speaker: Speaker, utterances: list[str]) -> None:
    assert speaker.name(utterances, "en") is None


async def test_a_text_without_a_voice_has_no_name(speaker: Speaker) -> None:
    assert speaker.name(["a"], "pl") is None


@pytest.mark.parametrize(
    "name",
    [
        "",
        "aaaaaaaaaaaaaaaa.mp3",
        "../../../etc/passwd",
        "..",
        "aaaaaaaaaaaaaaaa.mp3/..",
        "AAAAAAAAAAAAAAAA.mp3",
        "a\0b",
    ],
)
async def test_an_unknown_name_has_no_recording(speaker: Speaker, name: str) -> None:
    assert await speaker.recording(name) is None


async def test_concurrent_requests_share_one_recording(speaker: Speaker, mimic: Mimic) -> None:
    name = speaker.name(["a"], "en")
    assert name
    found = await asyncio.gather(*(speaker.recording(name) for _ in range(50)))
    assert len(set(found)) == 1
    assert len(mimic.said) == 1


async def test_recordings_are_made_one_at_a_time_with_a_bounded_queue(recordings: Recordings) -> None:
    class Slow(Mimic):
        now = most = 0

        async def record(self, text: str, language: str, to: Path) -> None:
            self.now += 1
            self.most = max(self.most, self.now)
            await asyncio.sleep(0.01)
            self.now -= 1
            await super().record(text, language, to)

    slow = Slow()
    speaker = Speaker(slow, recordings)
    names = [speaker.name([f"a{n}"], "en") for n in range(module.MOST_WAITING + 5)]
    found = await asyncio.gather(*(speaker.recording(name or "") for name in names), return_exceptions=True)
    assert slow.most == module.AT_ONCE
    assert sum(isinstance(one, SpeechBusy) for one in found) == 5
    assert sum(isinstance(one, Path) for one in found) == module.MOST_WAITING


async def test_a_timed_out_request_does_not_cancel_the_recording(recordings: Recordings) -> None:
    go = asyncio.Event()

    class Held(Mimic):
        async def record(self, text: str, language: str, to: Path) -> None:
            await go.wait()
            await super().record(text, language, to)

    speaker = Speaker(Held(), recordings, patience=0.02)
    name = speaker.name(["a"], "en")
    assert name
    with pytest.raises(SpeechBusy):
        await speaker.recording(name)
    go.set()
    assert await speaker.recording(name)


async def test_a_failed_recording_leaves_no_file_and_can_be_retried(speaker: Speaker, mimic: Mimic) -> None:
    mimic.wrong = "it is hoarse"
    name = speaker.name(["a"], "en")
    assert name
    with pytest.raises(SpeechFailed, match="hoarse"):
        await speaker.recording(name)
    assert list(speaker.recordings.folder.iterdir()) == []
    mimic.wrong = ""
    assert await speaker.recording(name)


async def test_an_unwritable_folder_raises_speech_failed(mimic: Mimic, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    speaker = Speaker(mimic, Recordings(tmp_path / "file", 1000))
    name = speaker.name(["a"], "en")
    assert name
    with pytest.raises(SpeechFailed, match="cannot be kept"):
        await speaker.recording(name)


async def test_texts_are_remembered_within_a_bound(speaker: Speaker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "REMEMBERED", 100)
    names = [speaker.name([f"{n} " + "x" * 40], "en") for n in range(5)]
    assert list(speaker.known) == names[-2:]
    assert speaker.length <= 100


async def test_close_cancels_the_recording_in_progress(recordings: Recordings) -> None:
    class Endless(Mimic):
        async def record(self, text: str, language: str, to: Path) -> None:
            await asyncio.sleep(3600)

    speaker = Speaker(Endless(), recordings, patience=0.01)
    name = speaker.name(["a"], "en")
    assert name
    with pytest.raises(SpeechBusy):
        await speaker.recording(name)
    await speaker.close()
    assert list(recordings.folder.iterdir()) == []


def test_the_least_recently_used_recordings_are_deleted_beyond_the_bound(tmp_path: Path) -> None:
    kept = Recordings(tmp_path, 3000)
    names = [f"{letter * 16}.mp3" for letter in "abcd"]
    (tmp_path / "holiday.mp3").write_bytes(b"x" * 9000)
    for age, name in enumerate(names[:3]):
        part = kept.begin()
        part.write_bytes(b"x" * 1000)
        os.utime(kept.keep(part, name), (1000 + age, 1000 + age))
    assert kept.find(names[0])
    part = kept.begin()
    part.write_bytes(b"x" * 1000)
    kept.keep(part, names[3])
    assert {file.name for file in tmp_path.iterdir()} == {names[0], names[2], names[3], "holiday.mp3"}
    assert kept.size() == 3000


def test_unfinished_recordings_are_deleted_after_an_hour(tmp_path: Path) -> None:
    kept = Recordings(tmp_path, 3000)
    old, young = kept.begin(), kept.begin()
    os.utime(old, (1000, 1000))
    part = kept.begin()
    part.write_bytes(b"x")
    kept.keep(part, f"{'a' * 16}.mp3")
    assert not old.exists()
    assert young.exists()
