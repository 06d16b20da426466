"""The interface of speech engines."""

from pathlib import Path
from typing import Protocol


class SpeechFailed(Exception):
    """A recording could not be made. The message is one line for the operator and does not contain the text."""


class Engine(Protocol):
    """A text-to-speech engine."""

    @property
    def languages(self) -> frozenset[str]:
        """The codes of the languages that the engine has a voice for."""

    @property
    def suffix(self) -> str:
        """The file suffix of its recordings: ".mp3" or ".wav"."""

    def voice(self, language: str) -> str:
        """Return a text that changes whenever the engine would sound different; part of the identity of a recording."""

    async def record(self, text: str, language: str, to: Path) -> None:
        """Write the recording of a text to a file. Raises `CannotSpeak`; leaves no process behind, also when cancelled."""
