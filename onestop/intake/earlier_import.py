"""What earlier imports wrote: which pages have changed since in their source, and which files their authors have changed."""

import json
from dataclasses import dataclass, field
from pathlib import Path

from onestop.authoring.source import digest
from onestop.intake.page import ImportedPage

FILE = ".imported.json"


@dataclass(slots=True)
class EarlierImport:
    """Digests of each imported page and of the file that it became, by address; kept in a file of the content folder."""

    file: Path
    digests: dict[str, tuple[str, str]] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> "EarlierImport":
        file = folder / FILE
        try:
            found = json.loads(file.read_text(encoding="utf-8"))
            return cls(file, {str(address): (str(page), str(text)) for address, (page, text) in found.items()})
        except (OSError, ValueError, AttributeError, TypeError):
            return cls(file)

    def note(self, address: str, page: str, text: str) -> None:
        """Note that a page with this digest became a file with this text."""
        self.digests[address] = (page, _digest(text))

    def save(self) -> None:
        self.file.write_text(json.dumps(self.digests, indent=1, sort_keys=True) + "\n", encoding="utf-8")

    def page_changed(self, address: str, page: str) -> bool:
        """Return whether the page in the source differs from the one that was imported."""
        return address in self.digests and self.digests[address][0] != page

    def author_changed(self, address: str, text: str) -> bool:
        """Return whether the file differs from the one that was written."""
        return address not in self.digests or self.digests[address][1] != _digest(text)


def page_digest(page: ImportedPage) -> str:
    """Return what changes with anything that a page says."""
    given = (page.title, page.html, page.summary, page.online, page.cost, page.eligibility, page.contact, page.places)
    return _digest(json.dumps(given))


def _digest(text: str) -> str:
    return digest(text.encode()).hex()
