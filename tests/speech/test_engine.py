"""Real programs: espeak-ng speaks both languages, an encoder writes the format televisions play; and their failures."""

import asyncio
import shutil
import subprocess
import time
import wave
from pathlib import Path

import pytest
from support.programs.system_programs import need

from onestop.speech.engine import SpeechFailed
from onestop.speech.pipeline import Pipeline
from onestop.speech.programs import find_engine
from onestop.speech.recordings import Recordings
from onestop.speech.speaker import Speaker

MPEG1_LAYER3_32KHZ_40K = bytes([0xFF, 0xFB, 0x28])
"""A frame's first bytes: synchronisation, MPEG-1 layer 3 without CRC, 40 kbit/s and 32 kHz (ISO/IEC 11172-3, 2.4.1.3)."""
BYTES_A_SECOND = 40_000 / 8


@pytest.fixture
def engine() -> Pipeline:
    need("espeak-ng")
    need("lame")
    found = find_engine("auto")
    assert found
    return found


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "Report a missed bin. Call oh one six three two."), ("cy", "Rhoi gwybod am fin. Ffoniwch dim un chwech.")],
)
async def test_the_engine_records_both_languages_in_a_format_televisions_play(
    engine: Pipeline, language: str, text: str, tmp_path: Path
) -> None:
    assert {"en", "cy"} <= engine.languages
    file = tmp_path / "said.mp3"
    await engine.record(text, language, file)
    sound = file.read_bytes()
    assert sound.startswith(MPEG1_LAYER3_32KHZ_40K)
    assert 2 < len(sound) / BYTES_A_SECOND < 10
    # An independent decoder gives the length of the sound.
    wav = tmp_path / "heard.wav"
    await asyncio.to_thread(subprocess.run, [need("lame"), "--quiet", "--decode", str(file), str(wav)], check=True)
    with wave.open(str(wav)) as heard:
        assert (heard.getnchannels(), heard.getframerate()) == (1, 32000)
        frames = heard.readframes(heard.getnframes())
    loud = [abs(int.from_bytes(frames[at : at + 2], "little", signed=True)) for at in range(0, len(frames), 2)]
    assert max(loud) > 3000


async def test_welsh_has_a_voice_of_its_own(engine: Pipeline, tmp_path: Path) -> None:
    for language in ("en", "cy"):
        await engine.record("Rhaid i'r caead fod ar gau.", language, tmp_path / language)
    assert (tmp_path / "en").read_bytes() != (tmp_path / "cy").read_bytes()


async def test_a_cached_recording_starts_no_program(
    engine: Pipeline, recordings: Recordings, monkeypatch: pytest.MonkeyPatch
) -> None:
    speaker = Speaker(engine, recordings)
    name = speaker.name(["Bins"], "en")
    assert name
    assert await speaker.recording(name)

    async def refuse(*command: str, **rest: object) -> None:
        raise AssertionError(command)

    monkeypatch.setattr(asyncio, "create_subprocess_exec", refuse)
    assert await Speaker(engine, recordings).recording(name)


async def test_without_an_encoder_the_recording_is_a_wav_with_its_length(
    engine: Pipeline, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    which = shutil.which
    monkeypatch.setattr(shutil, "which", lambda name: which(name) if name in ("espeak-ng", "nice") else None)
    plain = find_engine("auto")
    assert plain
    assert plain.suffix == ".wav"
    await plain.record("Bins and recycling", "en", tmp_path / "said.wav")
    with wave.open(str(tmp_path / "said.wav")) as heard:
        assert 0.8 < heard.getnframes() / heard.getframerate() < 4
        assert len(heard.readframes(10**9)) == 2 * heard.getnframes()


@pytest.mark.parametrize(
    "text",
    [
        "--voices",
        "-f /etc/passwd",
        "-w /tmp/x\n--stdin\n-v de",
        "$(touch x); `touch x` | touch x & touch x",
        "\x00\x01\x1b\x7f\u202e",
        "[[h@'loU]] <audio src='http://example.org'/>",
        "word " * 20_000,
        "x" * 100_000,
        "9" * 100_000,
    ],
    ids=range(9),
)
async def test_hostile_text_is_spoken_as_words_or_not_at_all(
    engine: Pipeline, text: str, recordings: Recordings, tmp_path: Path
) -> None:
    speaker = Speaker(engine, recordings, patience=60)
    name = speaker.name([text], "en")
    if name:
        file = await speaker.recording(name)
        assert file
        assert file.read_bytes().startswith(MPEG1_LAYER3_32KHZ_40K)
    assert _others(recordings.folder) == []


async def test_overlong_hostile_text_is_no_command_line_option_and_no_crash(engine: Pipeline, tmp_path: Path) -> None:
    """The engine alone, without the cleaning and the length limit in front of it."""
    await engine.record("--version\n-v nonsense\n\x00\x01 five", "en", tmp_path / "said")
    assert (tmp_path / "said").stat().st_size > 1000


@pytest.mark.parametrize("named", ["off", "no-such-engine", "/nowhere/espeak-ng", "cat", ""])
def test_an_engine_that_is_not_installed_is_none(named: str) -> None:
    assert find_engine(named) is None


def test_an_engine_that_has_no_voices_is_none(tmp_path: Path) -> None:
    broken = _program(tmp_path, "espeak-ng", "exit 1")
    assert find_engine(str(broken)) is None


async def test_a_failing_program_raises_speech_failed(tmp_path: Path) -> None:
    failing = Pipeline({"en": (str(_program(tmp_path, "hoarse", "exit 3")),)})
    with pytest.raises(SpeechFailed, match="hoarse ended with 3"):
        await failing.record("a", "en", tmp_path / "said")


async def test_a_program_without_output_raises_speech_failed(tmp_path: Path) -> None:
    silent = Pipeline({"en": (str(_program(tmp_path, "silent", "cat >/dev/null")),)})
    with pytest.raises(SpeechFailed, match="empty"):
        await silent.record("a", "en", tmp_path / "said")


async def test_a_missing_program_raises_speech_failed(tmp_path: Path) -> None:
    gone = Pipeline({"en": ("/nowhere/espeak-ng",)})
    with pytest.raises(SpeechFailed):
        await gone.record("a", "en", tmp_path / "said")


@pytest.mark.parametrize("encoder", [(), ("cat",)])
async def test_a_hanging_program_is_killed(tmp_path: Path, encoder: tuple[str, ...]) -> None:
    endless = _program(tmp_path, "endless", f"echo $$ > {tmp_path}/pid; sleep 600")
    with pytest.raises(SpeechFailed, match=r"more than 0\.5 seconds"):
        await Pipeline({"en": (str(endless),)}, encoder, within=0.5).record("a", "en", tmp_path / "said")
    _gone(tmp_path / "pid")


async def test_cancelling_leaves_no_process_behind(tmp_path: Path) -> None:
    endless = _program(tmp_path, "endless", f"echo $$ > {tmp_path}/pid; sleep 600")
    task = asyncio.create_task(Pipeline({"en": (str(endless),)}).record("a", "en", tmp_path / "said"))
    await asyncio.to_thread(_written, tmp_path / "pid")
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    _gone(tmp_path / "pid")


async def test_an_engine_with_models_has_a_voice_for_each(tmp_path: Path) -> None:
    """A script stands in for piper, whose models are too large for the tests."""
    (tmp_path / "voices").mkdir()
    (tmp_path / "voices" / "en.onnx").write_text("")
    piper = _program(tmp_path, "piper", f'echo "$@" > {tmp_path}/called; cat > {tmp_path}/told; head -c 100 /dev/zero')
    assert find_engine(str(piper)) is None
    engine = find_engine(str(piper), tmp_path / "voices")
    assert engine
    assert engine.languages == {"en"}
    plain = Pipeline(engine.speakers, lines=engine.lines)
    await plain.record("Bins.\n\nRing us.", "en", tmp_path / "said.wav")
    assert (tmp_path / "called").read_text() == f"--model {tmp_path}/voices/en.onnx --output_file -\n"
    assert (tmp_path / "told").read_text() == "Bins. Ring us.\n"


def _program(folder: Path, name: str, script: str) -> Path:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return file


def _others(folder: Path) -> list[Path]:
    """Return the other files in a folder."""
    return [path for path in folder.parent.iterdir() if path != folder]


def _written(file: Path) -> None:
    while not file.exists() or not file.read_text():
        time.sleep(0.02)


def _gone(file: Path) -> None:
    """Return whether the process whose id is in the file has ended."""
    state = Path(f"/proc/{file.read_text().strip()}/stat")
    assert not state.exists() or state.read_text().rsplit(")", 1)[1].split()[0] == "Z"
