"""A speech engine that needs no external program."""

from dataclasses import dataclass, field
from pathlib import Path

from onestop.speech.engine import SpeechFailed


@dataclass
class Mimic:
    """An engine that collects the texts it was given. `wrong` is the error it raises."""

    languages: frozenset[str] = frozenset({"en", "cy"})
    suffix: str = ".mp3"
    wrong: str = ""
    said: list[tuple[str, str]] = field(default_factory=list)

    def voice(self, language: str) -> str:
        return f"mimic {language}"

    async def record(self, text: str, language: str, to: Path) -> None:
        self.said.append((text, language))
        if self.wrong:
            raise SpeechFailed(self.wrong)
        to.write_text(text, encoding="utf-8")  # noqa: ASYNC240
