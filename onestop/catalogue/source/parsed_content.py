"""Every file of a content folder, parsed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from onestop.authoring.faults import Fault, Severity
from onestop.authoring.tree import Position
from onestop.catalogue.catalogue import Service
from onestop.catalogue.council import Council, CouncilAlert
from onestop.catalogue.hours.holidays import Holidays
from onestop.catalogue.search.letters import LetterPlace
from onestop.catalogue.source.council_files import SectionFile
from onestop.catalogue.source.service_file import ServiceFile
from onestop.catalogue.source.words_file import ResidentWordsFile


@dataclass(frozen=True, slots=True)
class MadeService:
    """A service, the files that it was made of, and its place in the A to Z of each language."""

    files: tuple[ServiceFile, ...]
    service: Service
    places: Mapping[str, LetterPlace]


@dataclass(slots=True)
class ParsedContent:
    """`services` are by the name of their file, `sections` by their address; `label` is the folder's name in faults. `alerts` is None if
    alert.yaml cannot be read.

    `unread` are the addresses of the section folders that cannot be listed; "/" stands for all. `made` are the services by address:
    the next assembly makes only those whose files differ.
    """

    label: str
    languages: tuple[str, ...]
    council: Council | None
    holidays: Holidays
    alerts: tuple[CouncilAlert, ...] | None
    faults: list[Fault]
    residents: ResidentWordsFile = field(default_factory=ResidentWordsFile)
    sections: dict[str, SectionFile] = field(default_factory=dict)
    services: dict[str, ServiceFile] = field(default_factory=dict)
    pictures: Mapping[str, Path] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()
    made: dict[str, MadeService] = field(default_factory=dict)

    def fault(self, file: str, place: Position, message: str, severity: Severity = "error") -> None:
        self.faults.append(Fault(file, *place, message, severity))

    def all_faults(self) -> list[Fault]:
        """Return the faults of every file, and those between files."""
        return self.faults + [fault for file in self.services.values() for fault in file.faults]

    def originals(self) -> dict[str, ServiceFile]:
        """Return the files in the default language, by address."""
        return {file.address: file for file in self.services.values() if file.language == self.languages[0]}

    def translations(self) -> dict[str, dict[str, ServiceFile]]:
        """Return the translations of services that are there, by address and language."""
        originals = self.originals()
        found: dict[str, dict[str, ServiceFile]] = {}
        for file in self.services.values():
            if file.language != self.languages[0] and file.address in originals:
                found.setdefault(file.address, {})[file.language] = file
        return found


def with_errors(faults: Iterable[Fault]) -> frozenset[str]:
    """Return the names of the files that have an error."""
    return frozenset(fault.file for fault in faults if fault.severity == "error")
