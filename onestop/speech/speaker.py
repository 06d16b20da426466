"""Recordings by text: named by a digest of the text, made on the first request, kept for the next."""

import asyncio
from base64 import b32encode
from collections import OrderedDict
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from threading import Lock

from onestop.speech.engine import Engine, SpeechFailed
from onestop.speech.recordings import Recordings
from onestop.speech.spoken_form import spoken_form

LONGEST = 30_000
"""The most characters of a recording, about half an hour; longer texts have none."""
REMEMBERED = 16_000_000
"""The most characters of texts kept by name."""
AT_ONCE = 1
"""Recordings made at the same time; each may use a whole processor for a second."""
MOST_WAITING = 16
MOST_ONCE = 4
"""Recordings for one visitor each that are made or wait."""
PAUSE = "\n\n"


class SpeechBusy(SpeechFailed):
    """Too many recordings are queued, or this one takes too long: retry in a moment."""


class Speaker:
    """`patience` is the number of seconds that `recording` waits for one that has not been made."""

    def __init__(self, engine: Engine, recordings: Recordings, patience: float = 8.0) -> None:
        self.engine = engine
        self.recordings = recordings
        self.patience = patience
        self.known: OrderedDict[str, tuple[str, str]] = OrderedDict()
        self.length = 0
        # Names are also made in a thread, when pages are rendered in advance.
        self._lock = Lock()
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._making: dict[str, asyncio.Task[Path]] = {}
        self._waiting = 0

    def name(self, utterances: Sequence[str], language: str) -> str | None:
        """Return the name of the recording of these utterances, like "k3jx9q2m7abcdefg.mp3".

        None if there is nothing to say, too much, or no voice. From now on `recording` can make it.
        """
        text = self._text(utterances, language)
        if not text:
            return None
        identity = "\0".join((self.engine.voice(language), text))
        digest = blake2b(identity.encode("utf-8", "ignore"), digest_size=10).digest()
        name = b32encode(digest).decode().lower() + self.engine.suffix
        self._remember(name, text, language)
        return name

    def _text(self, utterances: Sequence[str], language: str) -> str:
        """Return what is to be said, or "" if there is nothing to say, too much, or no voice."""
        if language not in self.engine.languages or sum(map(len, utterances)) > LONGEST:
            return ""
        text = PAUSE.join(said for one in utterances if (said := spoken_form(one, language)))
        return text if len(text) <= LONGEST else ""

    async def once(self, utterances: Sequence[str], language: str) -> bytes | None:
        """Return a recording of what only one visitor may hear, which is kept nowhere; None if there is nothing to say.

        Raise SpeechFailed. Few may wait, so that the recordings of public pages have their turn.
        """
        text = self._text(utterances, language)
        if not text:
            return None
        if self._waiting >= MOST_ONCE:
            raise SpeechBusy("too many private recordings are being made")
        self._waiting += 1
        try:
            return await asyncio.wait_for(self._record_once(text, language), self.patience)
        except TimeoutError:
            raise SpeechBusy("the recording is not ready yet") from None
        finally:
            self._waiting -= 1

    async def _record_once(self, text: str, language: str) -> bytes:
        async with self._turn:
            try:
                part = await asyncio.to_thread(self.recordings.begin)
                try:
                    await self.engine.record(text, language, part)
                    return await asyncio.to_thread(part.read_bytes)
                finally:
                    part.unlink(missing_ok=True)
            except OSError as why:
                raise SpeechFailed(f"recordings cannot be made: {why}") from None

    def knows(self, name: str) -> bool:
        """Return whether the text of a recording is still known."""
        return name in self.known

    async def recording(self, name: str) -> Path | None:
        """Return the file called `name`, made now if necessary; None if its text is not known. Raise SpeechFailed."""
        file = await asyncio.to_thread(self.recordings.find, name)
        text = self.known.get(name)
        if file is not None or text is None:
            return file
        if name not in self._making and len(self._making) >= MOST_WAITING:
            raise SpeechBusy("too many recordings are being made")
        # A client that disconnects must not cancel the recording for others who wait for it.
        try:
            return await asyncio.wait_for(asyncio.shield(self._task(name, *text)), self.patience)
        except TimeoutError:
            raise SpeechBusy("the recording is not ready yet") from None

    async def ahead(self, name: str) -> int:
        """Make a recording in advance and return its size in bytes, 0 if its text is not known.

        Raise SpeechFailed. It waits in the same queue as others, so a request waits for at most one of these.
        """
        file = await asyncio.to_thread(self.recordings.find, name)
        text = self.known.get(name)
        if file is None and text:
            file = await asyncio.shield(self._task(name, *text))
        return self.recordings.length(file) if file else 0

    async def close(self) -> None:
        """Stop making recordings."""
        tasks = tuple(self._making.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _remember(self, name: str, text: str, language: str) -> None:
        with self._lock:
            if name in self.known:
                self.known.move_to_end(name)
                return
            self.known[name] = (text, language)
            self.length += len(text)
            while self.length > REMEMBERED:
                _, (forgotten, _) = self.known.popitem(last=False)
                self.length -= len(forgotten)

    def _task(self, name: str, text: str, language: str) -> asyncio.Task[Path]:
        task = self._making.get(name)
        if task is None:
            task = self._making[name] = asyncio.create_task(self._make(name, text, language))
            task.add_done_callback(lambda done: self._made(name, done))
        return task

    def _made(self, name: str, done: asyncio.Task[Path]) -> None:
        self._making.pop(name, None)
        # Mark the exception as retrieved: the clients that waited may have disconnected.
        if not done.cancelled():
            done.exception()

    async def _make(self, name: str, text: str, language: str) -> Path:
        async with self._turn:
            try:
                part = await asyncio.to_thread(self.recordings.begin)
                try:
                    await self.engine.record(text, language, part)
                    return await asyncio.to_thread(self.recordings.keep, part, name)
                finally:
                    part.unlink(missing_ok=True)
            except OSError as why:
                raise SpeechFailed(f"recordings cannot be kept: {why}") from None
