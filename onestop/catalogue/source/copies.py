"""Copies on disk of the files that are published: after a restart, a file with errors is published in the version of its copy."""

import logging
import os
from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from onestop.authoring.faults import errors
from onestop.authoring.source import Source, digest, read_file
from onestop.catalogue.source.council_files import read_section
from onestop.catalogue.source.parsed_content import ParsedContent, with_errors
from onestop.catalogue.source.service_file import ServiceFile, read_service
from onestop.catalogue.source.settings_files import read_settings_files

log = logging.getLogger("onestop")


@dataclass(slots=True)
class Copies:
    """The folder of copies; `saved` are the digests of those that are known to be there."""

    folder: Path
    saved: dict[str, bytes] = field(default_factory=dict)

    def save(self, content: Path, digests: Mapping[str, bytes], wrong: Set[str]) -> None:
        """Copy the files of the content folder with these digests, b"" if unknown, but not those that are `wrong` now, whose copies
        stay; remove every other copy. A disk that cannot be written costs a warning.
        """
        try:
            if not self.saved:
                there = (path for path in self.folder.rglob("*") if path.is_file())
                self.saved = {path.relative_to(self.folder).as_posix(): _digest_of(path) for path in there}
            for name, known in digests.items():
                if name not in wrong and not (known and self.saved.get(name) == known):
                    self._copy(content / name, name)
            for name in self.saved.keys() - digests.keys():
                (self.folder / name).unlink(missing_ok=True)
                del self.saved[name]
        except OSError as why:
            log.warning("published files cannot be copied to %s: %s", self.folder, why.strerror or why)

    def _copy(self, source: Path, name: str) -> None:
        try:
            raw = read_file(source)
        except OSError:
            return
        if self.saved.get(name) == digest(raw):
            return
        copy = self.folder / name
        copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = copy.with_name(f"{copy.name}.{os.getpid()}.part")
        part.write_bytes(raw)
        part.replace(copy)
        self.saved[name] = digest(raw)


def _digest_of(path: Path) -> bytes:
    try:
        return digest(read_file(path))
    except OSError:
        return b""


def read_copied_settings(label: str, copies: Path | None, today: date) -> ParsedContent | None:
    """Return the council, its holidays and alerts from the copies, or None without a copy of council.yaml."""
    if copies is None or not (copies / "council.yaml").is_file():
        return None
    found = read_settings_files(copies, label, today)
    return replace(found, faults=[]) if found.council else None


def with_copies(
    content: ParsedContent, published: ParsedContent | None, copies: Path, today: date
) -> ParsedContent | None:
    """Return what was published before with the copies of those files that have errors now and were not published."""
    wrong = with_errors(content.all_faults())
    known = published or replace(content, council=None, services={}, sections={}, faults=[], alerts=None, holidays={})
    services = {
        name: copy
        for name, file in content.services.items()
        if file.name in wrong
        and name not in known.services
        and (copy := _copied_service(copies / name, file, content, today))
    }
    sections = dict(known.sections)
    for address in content.sections.keys() - known.sections.keys():
        source = Source("")
        section = read_section(source, copies / f"services{address}" / "section.yaml", address, content.languages)
        if not errors(source.faults):
            sections[address] = section
    return replace(known, services={**known.services, **services}, sections=sections)


def _copied_service(path: Path, file: ServiceFile, content: ParsedContent, today: date) -> ServiceFile | None:
    if not path.is_file():
        return None
    copy = read_service(path, file, translation=file.language != content.languages[0], today=today)
    return None if errors(copy.faults) else copy
