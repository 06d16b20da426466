"""Which programs speak and which of them are here: a table of engines, a table of encoders."""

import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from onestop.speech.pipeline import Pipeline

WORDS_A_MINUTE = 150
"""Slower than espeak's own 175: most who listen have not chosen this voice and do not know it."""
LISTED_WITHIN = 10.0
AUTOMATIC, OFF = "auto", "off"
# What a television must play is MPEG-1 layer 3 (ETSI TS 102 796, "MPEG1_L3"), so 32 kHz and not the engine's own 22.05.
ENCODERS: Mapping[str, tuple[str, ...]] = {
    "lame": ("--quiet", "-m", "m", "--resample", "32", "-b", "40", "--cbr", "-t", "-", "-"),
    "ffmpeg": ("-v", "error", "-f", "wav", "-i", "-", "-ac", "1", "-ar", "32000", "-b:a", "40k", "-f", "mp3", "-"),
}
ESPEAK_VOICES = {"en": "en-gb"}
"""Where the voice is not called what the language is."""


@dataclass(frozen=True, slots=True)
class Program:
    """`voices` finds the voice of each language, given the program's path and the operator's folder of voices; `arguments` are
    given a voice.

    What is said comes on standard input, a WAV file leaves on standard output. `lines`: whether a pause is an empty line;
    otherwise all of it stands on one.
    """

    voices: Callable[[str, Path | None], Mapping[str, str]]
    arguments: Callable[[str], tuple[str, ...]]
    lines: bool = True


@cache
def _espeak_voices(program: str, folder: Path | None) -> Mapping[str, str]:
    """Asked of the program itself: distributions leave languages out."""
    try:
        listed = subprocess.run(  # noqa: S603
            [program, "--voices"], capture_output=True, text=True, timeout=LISTED_WITHIN, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return {}
    columns = (line.split() for line in listed.stdout.splitlines()[1:])
    there = {column[1] for column in columns if len(column) > 1}
    return {code: code for code in there} | {code: voice for code, voice in ESPEAK_VOICES.items() if voice in there}


def _espeak(voice: str) -> tuple[str, ...]:
    return ("-v", voice, "-s", str(WORDS_A_MINUTE), "-b", "1", "--stdin", "--stdout")


def _models(program: str, folder: Path | None) -> Mapping[str, str]:
    """A model a language: en.onnx, cy.onnx."""
    return {file.stem: str(file) for file in sorted(folder.glob("*.onnx"))} if folder else {}


def _piper(voice: str) -> tuple[str, ...]:
    return ("--model", voice, "--output_file", "-")


PROGRAMS: Mapping[str, Program] = {
    "espeak-ng": Program(_espeak_voices, _espeak),
    "piper": Program(_models, _piper, lines=False),
}
BY_ITSELF = "espeak-ng"
"""The one that is used when none is named."""


def find_engine(named: str, voices: Path | None = None) -> Pipeline | None:
    """The engine an operator named ("auto", "off" or a program), or None if it is not here or has no voice.

    `voices` is the folder of models of an engine that needs them.
    """
    if named == OFF:
        return None
    path = shutil.which(BY_ITSELF if named == AUTOMATIC else named)
    program = PROGRAMS.get(Path(path).stem) if path else None
    if path is None or program is None:
        return None
    found = program.voices(path, voices)
    encoder = next((there, arguments) for name, arguments in _encoders() if (there := shutil.which(name)) or not name)
    speakers = {code: (path, *program.arguments(voice)) for code, voice in found.items()}
    return (
        Pipeline(speakers, (encoder[0], *encoder[1]) if encoder[0] else (), lines=program.lines) if speakers else None
    )


def _encoders() -> list[tuple[str, tuple[str, ...]]]:
    """Those of the table, and nothing at all behind them."""
    return [*ENCODERS.items(), ("", ())]
