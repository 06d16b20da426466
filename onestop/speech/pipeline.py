"""How programs make a recording: what is said goes into one, its sound through another, a file comes out."""

import asyncio
import os
import shutil
import signal
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from onestop.speech.engine import SpeechFailed

WITHIN = 60.0
"""Seconds that a recording may take; half an hour of speech takes about ten."""
NICENESS = "15"
HEADER = 44
"""Bytes of a WAV header."""
Command = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pipeline:
    """An `Engine` made of programs: for each language the command that speaks it, and the encoder's, or () for plain WAV."""

    speakers: Mapping[str, Command]
    encoder: Command = ()
    lines: bool = True
    within: float = WITHIN

    @property
    def languages(self) -> frozenset[str]:
        return frozenset(self.speakers)

    @property
    def suffix(self) -> str:
        return ".mp3" if self.encoder else ".wav"

    def voice(self, language: str) -> str:
        commands = (self.speakers[language], self.encoder)
        return " | ".join(" ".join([Path(command[0]).name, *command[1:]]) for command in commands if command)

    async def record(self, text: str, language: str, to: Path) -> None:
        """As `Engine` says. The text goes to standard input, so nothing in it can be an option."""
        said = (text if self.lines else " ".join(text.split())) + "\n"
        started: list[Process] = []
        try:
            with to.open("wb") as file:
                async with asyncio.timeout(self.within):
                    await self._run(said.encode("utf-8", "ignore"), self.speakers[language], file, started)
            await asyncio.to_thread(_finish, to, encoded=bool(self.encoder))
        except TimeoutError:
            raise SpeechFailed(
                f"{Path(self.speakers[language][0]).name} took more than {self.within:g} seconds"
            ) from None
        except OSError as why:
            raise SpeechFailed(str(why)) from None
        finally:
            await _end(started)

    async def _run(self, said: bytes, speaker: Command, file: BinaryIO, started: list[Process]) -> None:
        if not self.encoder:
            started.append(await _start(speaker, PIPE, file))
        else:
            out, into = os.pipe()
            try:
                started.append(await _start(speaker, PIPE, into))
                started.append(await _start(self.encoder, out, file))
            finally:
                # Ours as well as theirs: while we held one, the encoder would never see the end.
                os.close(out)
                os.close(into)
        await _feed(started[0], said)
        for process, command in zip(started, (speaker, self.encoder), strict=False):
            status = await process.wait()
            if status:
                raise SpeechFailed(f"{Path(command[0]).name} ended with {status}")


async def _start(command: Command, takes: int, gives: int | BinaryIO) -> Process:
    """In a group of its own, behind everything else that wants the processor."""
    return await asyncio.create_subprocess_exec(
        *_nice(), *command, stdin=takes, stdout=gives, stderr=DEVNULL, start_new_session=True
    )


def _nice() -> Sequence[str]:
    nice = shutil.which("nice")
    return (nice, "-n", NICENESS) if nice else ()


async def _feed(process: Process, said: bytes) -> None:
    assert process.stdin is not None
    # A program that ends early says why by its status.
    with suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.write(said)
        await process.stdin.drain()
    process.stdin.close()


async def _end(started: Sequence[Process]) -> None:
    for process in started:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()


def _finish(file: Path, *, encoded: bool) -> None:
    """Refuse a recording of nothing. A WAV that went through a pipe does not know its own length until now."""
    size = file.stat().st_size
    if size <= HEADER:
        raise SpeechFailed("the recording is empty")
    if not encoded:
        with file.open("r+b") as wav:
            for place, length in ((4, size - 8), (HEADER - 4, size - HEADER)):
                wav.seek(place)
                wav.write(length.to_bytes(4, "little"))
