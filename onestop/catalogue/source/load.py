"""Loading the content folder: all of it, or only the files that have changed."""

from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from onestop.authoring.faults import Fault, errors
from onestop.authoring.source import Source
from onestop.catalogue.catalogue import Catalogue
from onestop.catalogue.source.assembly import ParsedContent, assemble
from onestop.catalogue.source.council_files import read_alert, read_council, read_crest, read_holidays, read_section
from onestop.catalogue.source.folder import Listing, list_content
from onestop.catalogue.source.parsed_cache import WORTHWHILE, cached_files, write_cache
from onestop.catalogue.source.service_file import ServiceFile
from onestop.catalogue.source.worker_processes import Job, read_all
from onestop.catalogue.source.worker_processes import Progress as Progress

WORTH_WRITING = 200
"""For fewer changed files than this, the cache is not rewritten: parsing them again at the next start is faster."""
SETTINGS = ("council.yaml", "holidays.yaml", "alert.yaml", "crest.svg")


@dataclass(frozen=True, slots=True)
class LoadResult:
    """`catalogue` is None if any fault is an error. `content` are the parsed files, for the next reload."""

    catalogue: Catalogue | None
    faults: tuple[Fault, ...]
    files: int
    content: ParsedContent
    reserved: frozenset[str]


def load(
    folder: Path,
    today: date,
    progress: Progress | None = None,
    *,
    reserved: frozenset[str] = frozenset(),
    cache: Path | None = None,
) -> LoadResult:
    """Read every file of a content folder. Faults in the files are returned, never raised.

    `reserved` are words that no section may be called, because their addresses lead elsewhere. `cache` is the file that keeps what
    was parsed for the next start; a small catalogue needs none.
    """
    return _load(folder, today, Before(reserved, cache=cache), progress)


def reload(loaded: LoadResult, folder: Path, changed: frozenset[Path], today: date) -> LoadResult:
    """Return what `load` would, but parse only the changed files again."""
    root = folder.resolve()
    names = {path.resolve().relative_to(root).as_posix() for path in changed if path.resolve().is_relative_to(root)}
    return _load(folder, today, Before(loaded.reserved, loaded.content, names), None)


@dataclass(frozen=True, slots=True)
class Before:
    """The result of an earlier load, and the names of files that have changed since."""

    reserved: frozenset[str]
    content: ParsedContent | None = None
    changed: Set[str] = frozenset()
    cache: Path | None = None


def _load(folder: Path, today: date, before: Before, progress: Progress | None) -> LoadResult:
    content = _settings(folder, today)
    if not content.languages:
        # Without languages no file name can be understood. Keep the parsed files until council.yaml is mended.
        unread = replace(before.content, council=None, faults=content.faults) if before.content else content
        return LoadResult(None, tuple(sorted(content.faults)), len(SETTINGS), unread, before.reserved)
    known = before.content.services if before.content and before.content.languages == content.languages else {}
    kept = {name: file for name, file in known.items() if name not in before.changed}
    content.made = before.content.made if before.content and known else {}
    listing = list_content(folder, content.label, content.languages, before.reserved, known)
    content.pictures = listing.pictures
    content.faults += listing.faults
    _read_sections(folder, content, listing)
    cache = before.cache if len(listing.services) >= WORTHWHILE else None
    kept = kept or (cached_files(cache, listing.services, folder) if cache else {})
    _read_services(folder, content, listing, kept, today, progress)
    if cache and len(content.services) - len(kept) >= WORTH_WRITING:
        write_cache(cache, content.services)
    catalogue = assemble(content)
    faults = content.faults + [fault for file in content.services.values() for fault in file.faults]
    files = len(SETTINGS) + len(listing.sections) + len(content.services)
    return LoadResult(None if errors(faults) else catalogue, tuple(sorted(faults)), files, content, before.reserved)


def _settings(folder: Path, today: date) -> ParsedContent:
    label = folder.name or folder.resolve().name
    sources = {name: Source(f"{label}/{name}") for name in SETTINGS}
    crest = read_crest(sources["crest.svg"], folder / "crest.svg")
    council, languages = read_council(sources["council.yaml"], folder / "council.yaml", crest)
    if not languages:
        return ParsedContent(label, (), None, {}, None, (1, 1), [*sources["council.yaml"].faults])
    holidays = read_holidays(sources["holidays.yaml"], folder / "holidays.yaml", languages, today)
    alert, place = read_alert(sources["alert.yaml"], folder / "alert.yaml", languages)
    faults = [fault for source in sources.values() for fault in source.faults]
    return ParsedContent(label, languages, council, holidays, alert, place, faults)


def _read_sections(folder: Path, content: ParsedContent, listing: Listing) -> None:
    for address, name in listing.sections.items():
        source = Source(f"{content.label}/{name}/section.yaml")
        section = read_section(source, folder / name / "section.yaml", address, content.languages)
        content.faults += source.faults
        if section:
            content.sections[address] = section


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
