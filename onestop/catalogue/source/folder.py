"""The content folder: which files it has, and what their names mean."""

import os
import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from onestop.authoring.faults import Fault
from onestop.catalogue.source.service_file import ServiceFile

_SLUG = re.compile(r"(?=.*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*")
_PICTURE = re.compile(r"[a-z0-9-]+\.(?:png|jpe?g|svg|webp|pdf)")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028-\u202e]")
_FILE = re.compile(r"(?P<slug>[^.]+)(?:\.(?P<language>[^.]+))?\.md")

_RIGHT = "use small letters, digits and hyphens"
YML = "is not read: the name must end in .yaml"
_HIDDEN = re.compile(r"[.#].*|.*~|.*\.swp")


@dataclass(slots=True)
class Listing:
    """Names are relative to the content folder; `sections` are folders by address, `unread` those that cannot be listed."""

    known: Mapping[str, ServiceFile]
    sections: dict[str, str] = field(default_factory=dict)
    services: dict[str, ServiceFile] = field(default_factory=dict)
    pictures: dict[str, Path] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)

    def fault(self, name: str, message: str) -> None:
        """Add a fault about a file name, which may contain any character that the file system allows."""
        name, message = (_UNPRINTABLE.sub("?", text) for text in (name, message))
        self.faults.append(Fault(name, 1, 1, message))


def list_content(
    folder: Path,
    label: str,
    languages: tuple[str, ...],
    reserved: Set[str],
    known: Mapping[str, ServiceFile] = MappingProxyType({}),
) -> Listing:
    """Return what is in `services/`. `label` is the content folder's name in faults; `known` are files of an earlier listing."""
    found = Listing(known)
    for entry in _entries(found, folder / "services", f"{label}/services", "/"):
        name = f"services/{entry.name}"
        if not Path(entry.path).is_dir():
            found.fault(f"{label}/{name}", "is not in the folder of a section: put it into one")
        elif not _SLUG.fullmatch(entry.name) or entry.name in {*reserved, *languages}:
            message = f"`{entry.name}` cannot be part of an address: {_RIGHT}, and no reserved word"
            found.fault(f"{label}/{name}", message)
        else:
            found.sections[f"/{entry.name}"] = name
            _list_section(found, Path(entry.path), f"/{entry.name}", label, languages)
    return found


def _list_section(found: Listing, folder: Path, address: str, label: str, languages: tuple[str, ...]) -> None:
    for entry in _entries(found, folder, f"{label}/services{address}", address):
        name = f"services{address}/{entry.name}"
        if name in found.known:
            found.services[name] = found.known[name]
            continue
        matched = _FILE.fullmatch(entry.name)
        if matched:
            file = _service_file(found, f"{label}/{name}", address, matched, languages)
            if file:
                found.services[name] = file
        elif entry.is_symlink() and _leads_out(Path(entry.path), folder.parent):
            # Its bytes would be public, whatever the server's account may read.
            found.fault(f"{label}/{name}", "is a link out of the content folder: copy the file here")
        elif _PICTURE.fullmatch(entry.name) and Path(entry.path).is_file():
            found.pictures[f"/pictures{address}/{entry.name}"] = Path(entry.path)
        elif entry.name.endswith(".yml"):
            found.fault(f"{label}/{name}", YML)
        elif entry.name != "section.yaml":
            message = "is not section.yaml, a service.md, a translation.cy.md or a picture.png: take it away"
            found.fault(f"{label}/{name}", message)


def _leads_out(link: Path, services: Path) -> bool:
    target = Path(os.path.realpath(link))  # Path.resolve raises for a link that leads to itself
    return not any(target.is_relative_to(inside.resolve()) for inside in (services, services.parent))


def _service_file(
    found: Listing, name: str, address: str, matched: re.Match[str], languages: tuple[str, ...]
) -> ServiceFile | None:
    slug, language = matched["slug"], matched["language"]
    if not _SLUG.fullmatch(slug):
        found.fault(name, f"`{slug}` cannot be part of an address: {_RIGHT}")
        return None
    if language is not None and language not in languages[1:]:
        message = (
            f"`{language}` is no language to translate into: council.yaml has {', '.join(languages[1:]) or 'none'}"
        )
        found.fault(name, message)
        return None
    return ServiceFile(name, f"{address}/{slug}", language or languages[0])


def _entries(found: Listing, folder: Path, name: str, address: str) -> list[os.DirEntry[str]]:
    """Return the entries of a folder by name, without hidden files and the temporary files of editors.

    A folder that cannot be listed is a fault.
    """
    try:
        with os.scandir(folder) as entries:
            kept = [entry for entry in entries if not _HIDDEN.fullmatch(entry.name)]
    except OSError as problem:
        found.fault(name, f"cannot be read: {problem.strerror}")
        found.unread.add(address)
        return []
    return sorted(kept, key=lambda entry: entry.name)
