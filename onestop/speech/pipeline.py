"""An engine that runs programs: the text goes into a synthesiser, its sound through an encoder into a file."""

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
"""The most seconds a recording may take; half an hour of speech takes about ten."""
NICENESS = "15"
HEADER = 44
"""Length of a WAV header in bytes."""
Command = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pipeline:
    """An `Engine` of external programs: a synthesiser command for each language, and an encoder command, or () for plain WAV."""

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
        """Write the recording, as `Engine.record` says. The text is sent to standard input, so it cannot be taken for an option."""
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
                # Close our copies of the pipe: otherwise the encoder would never read end of file.
                os.close(out)
                os.close(into)
        await _feed(started[0], said)
        for process, command in zip(started, (speaker, self.encoder), strict=False):
            status = await process.wait()
            if status:
                raise SpeechFailed(f"{Path(command[0]).name} ended with {status}")


async def _start(command: Command, takes: int, gives: int | BinaryIO) -> Process:
    """Start a command in a process group of its own, at low priority."""
    return await asyncio.create_subprocess_exec(
        *_nice(), *command, stdin=takes, stdout=gives, stderr=DEVNULL, start_new_session=True
    )


def _nice() -> Sequence[str]:
    nice = shutil.which("nice")
    return (nice, "-n", NICENESS) if nice else ()


async def _feed(process: Process, said: bytes) -> None:
    assert process.stdin is not None
    # A program that exits early reports the error by its exit status.
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
    """Raise SpeechFailed for an empty recording, and write the lengths into the header of a WAV file that came through a pipe."""
    size = file.stat().st_size
    if size <= HEADER:
        raise SpeechFailed("the recording is empty")
    if not encoded:
        with file.open("r+b") as wav:
            for place, length in ((4, size - 8), (HEADER - 4, size - HEADER)):
                wav.seek(place)
                wav.write(length.to_bytes(4, "little"))
