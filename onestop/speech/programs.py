"""The speech programs and encoders that are supported, and which of them are installed."""

import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from onestop.speech.pipeline import Pipeline

WORDS_A_MINUTE = 150
"""Slower than espeak's default of 175: most listeners are not used to the voice."""
LISTED_WITHIN = 10.0
AUTOMATIC, OFF = "auto", "off"
# Televisions must play MPEG-1 layer 3 (ETSI TS 102 796, "MPEG1_L3"), which has 32 kHz but not the engine's 22.05.
ENCODERS: Mapping[str, tuple[str, ...]] = {
    "lame": ("--quiet", "-m", "m", "--resample", "32", "-b", "40", "--cbr", "-t", "-", "-"),
    "ffmpeg": ("-v", "error", "-f", "wav", "-i", "-", "-ac", "1", "-ar", "32000", "-b:a", "40k", "-f", "mp3", "-"),
}
ESPEAK_VOICES = {"en": "en-gb"}
"""Voices whose name differs from the language code."""


@dataclass(frozen=True, slots=True)
class Program:
    """`voices` returns the voice of each language, given the path of the program and the operator's folder of voices; `arguments`
    returns the command line for a voice.

    The program reads text from standard input and writes WAV to standard output. `lines`: whether an empty line makes a pause;
    otherwise the text is sent as one line.
    """

    voices: Callable[[str, Path | None], Mapping[str, str]]
    arguments: Callable[[str], tuple[str, ...]]
    lines: bool = True


@cache
def _espeak_voices(program: str, folder: Path | None) -> Mapping[str, str]:
    """Return the installed voices, as the program lists them: distributions leave languages out."""
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
    """Return the models in the folder, named by language: en.onnx, cy.onnx."""
    return {file.stem: str(file) for file in sorted(folder.glob("*.onnx"))} if folder else {}


def _piper(voice: str) -> tuple[str, ...]:
    return ("--model", voice, "--output_file", "-")


PROGRAMS: Mapping[str, Program] = {
    "espeak-ng": Program(_espeak_voices, _espeak),
    "piper": Program(_models, _piper, lines=False),
}
BY_ITSELF = "espeak-ng"
"""The engine used by default."""


def find_engine(named: str, voices: Path | None = None) -> Pipeline | None:
    """Return the engine an operator named ("auto", "off" or a program), or None if it is not installed or has no voice.

    `voices` is the folder of models for an engine that needs them.
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
    """Return the encoders of the table, and last an empty entry for no encoder."""
    return [*ENCODERS.items(), ("", ())]
