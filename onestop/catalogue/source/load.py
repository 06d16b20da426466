"""Loading the content folder: all of it, or only the files that have changed."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from onestop.authoring.faults import Fault, in_order
from onestop.authoring.source import Source
from onestop.catalogue.catalogue import Catalogue
from onestop.catalogue.source.assembly import assemble
from onestop.catalogue.source.copies import read_copied_settings, with_copies
from onestop.catalogue.source.council_files import read_section
from onestop.catalogue.source.folder import YML, Listing, list_content
from onestop.catalogue.source.last_good import held_files, publishable
from onestop.catalogue.source.parsed_cache import WORTHWHILE, cached_files, write_cache
from onestop.catalogue.source.parsed_content import ParsedContent
from onestop.catalogue.source.references import check_references
from onestop.catalogue.source.service_file import ServiceFile
from onestop.catalogue.source.settings_files import SETTINGS, read_settings_files
from onestop.catalogue.source.worker_processes import Job, read_all
from onestop.catalogue.source.worker_processes import Progress as Progress

WORTH_WRITING = 200
"""For fewer changed files than this, the cache is not rewritten: parsing them again at the next start is faster."""


@dataclass(frozen=True, slots=True)
class LoadResult:
    """`catalogue` is None if no council.yaml could ever be read. `content` are the newest files, with their faults, and `published`
    those that the catalogue was made of: of a file with errors, the last version without. `unsettled` is whether published files
    have vanished since the last reading: read again in a moment.
    """

    catalogue: Catalogue | None
    faults: tuple[Fault, ...]
    files: int
    content: ParsedContent
    reserved: frozenset[str]
    published: ParsedContent
    unsettled: bool = False
    copies: Path | None = None

    @property
    def held(self) -> frozenset[str]:
        """The names of the files that are published in an older version, or left out."""
        return held_files(self.content, self.published)


def load(
    folder: Path,
    today: date,
    progress: Progress | None = None,
    *,
    reserved: frozenset[str] = frozenset(),
    cache: Path | None = None,
    copies: Path | None = None,
    before: LoadResult | None = None,
) -> LoadResult:
    """Read every file of a content folder. Faults in the files are returned, never raised.

    `reserved` are words that no section may be called, because their addresses lead elsewhere. `cache` is the file that keeps what
    was parsed for the next start; a small catalogue needs none. `copies` is the folder with a copy of each published file; of a
    file with errors the version published `before` remains, or the copy.
    """
    return _load(
        folder,
        today,
        Before(reserved, published=before.published if before else None, cache=cache, copies=copies),
        progress,
    )


def reload(loaded: LoadResult, folder: Path, changed: frozenset[Path], today: date) -> LoadResult:
    """Return what `load` would, but parse only the changed files again."""
    names = {name for path in changed if (name := _name_in(folder, path))}
    before = Before(loaded.reserved, loaded.content, loaded.published, names, copies=loaded.copies)
    return _load(folder, today, before, None)


def _name_in(folder: Path, path: Path) -> str:
    """Return the name of a path from the folder on, or "" if it is outside. A file in it may be a link that leads elsewhere."""
    path = path.absolute()
    places = (folder.absolute(), folder.resolve())
    found = next((path.relative_to(place) for place in places if path.is_relative_to(place)), None)
    return found.as_posix() if found else ""


@dataclass(frozen=True, slots=True)
class Before:
    """The result of an earlier load, and the names of files that have changed since."""

    reserved: frozenset[str]
    content: ParsedContent | None = None
    published: ParsedContent | None = None
    changed: Set[str] = frozenset()
    cache: Path | None = None
    copies: Path | None = None


def _load(folder: Path, today: date, before: Before, progress: Progress | None) -> LoadResult:
    label = folder.name or folder.resolve().name
    published = before.published or read_copied_settings(label, before.copies, today)
    content = read_settings_files(folder, label, today, published.languages if published else ())
    if not content.languages:
        # Without languages no file name can be understood.
        faults = tuple(sorted(content.faults))
        return LoadResult(None, faults, len(SETTINGS), content, before.reserved, content, copies=before.copies)
    known = before.content.services if before.content and before.content.languages == content.languages else {}
    kept = {name: file for name, file in known.items() if name not in before.changed}
    listing = list_content(folder, content.label, content.languages, before.reserved, known)
    content.pictures, content.unread = listing.pictures, frozenset(listing.unread)
    content.faults += listing.faults
    for path in sorted((*folder.glob("*.yml"), *folder.glob("journeys/*.yml"))):
        content.fault(f"{label}/{path.relative_to(folder).as_posix()}", (1, 1), YML)
    _read_sections(folder, content, listing)
    cache = before.cache if len(listing.services) >= WORTHWHILE else None
    kept = kept or (cached_files(cache, listing.services, folder) if cache else {})
    _read_services(folder, content, listing, kept, today, progress)
    if cache and len(content.services) - len(kept) >= WORTH_WRITING:
        write_cache(cache, content.services)
    return _published(folder, content, published, before, today)


def _published(
    folder: Path, content: ParsedContent, published: ParsedContent | None, before: Before, today: date
) -> LoadResult:
    """Return the result of what has been read. Files that have vanished since the last reading may be about to come back: the
    folder is being replaced, perhaps. They are taken away once two readings agree, and never while council.yaml is missing."""
    check_references(content, published, today)
    if before.copies:
        published = with_copies(content, published, before.copies, today)
    gone = before.published is not None and not before.published.services.keys() <= content.services.keys()
    at_rest = before.content is not None and before.content.services.keys() == content.services.keys()
    good = publishable(content, published, today, keep_missing=gone and not (at_rest and content.council))
    catalogue = assemble(good)
    faults = tuple(in_order(content.all_faults()))
    files = len(SETTINGS) + len(content.sections) + len(content.services)
    return LoadResult(catalogue, faults, files, content, before.reserved, good, gone and not at_rest, before.copies)


def _read_sections(folder: Path, content: ParsedContent, listing: Listing) -> None:
    for address, name in listing.sections.items():
        source = Source(f"{content.label}/{name}/section.yaml")
        content.sections[address] = read_section(source, folder / name / "section.yaml", address, content.languages)
        content.faults += source.faults


def _read_services(
    folder: Path,
    content: ParsedContent,
    listing: Listing,
    kept: dict[str, ServiceFile],
    today: date,
    progress: Progress | None,
) -> None:
    jobs = [
        Job(name, folder / name, file, file.language != content.languages[0])
        for name, file in listing.services.items()
        if name not in kept
    ]
    found = read_all(jobs, today, progress)
    content.services.update((name, kept.get(name) or found[name]) for name in listing.services)
