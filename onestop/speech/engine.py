"""Who turns what is said into sound: the seam that every engine fits."""

from pathlib import Path
from typing import Protocol


class SpeechFailed(Exception):
    """There is no recording, and the text says why: one line for the operator, without what was to be said."""


class Engine(Protocol):
    """Something that records speech."""

    @property
    def languages(self) -> frozenset[str]:
        """The codes of the languages it has a voice for."""

    @property
    def suffix(self) -> str:
        """What its files end in: ".mp3" or ".wav"."""

    def voice(self, language: str) -> str:
        """Everything besides the text that the sound depends on, in a few words; another voice, another word."""

    async def record(self, text: str, language: str, to: Path) -> None:
        """Write the recording of a text to a file. Raises `CannotSpeak`; leaves no process behind, also when cancelled."""
