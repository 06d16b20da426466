"""What is published of a content folder: of each file its newest version without errors."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from onestop.authoring.faults import errors
from onestop.catalogue.council import Council
from onestop.catalogue.hours.opening import midnight
from onestop.catalogue.source.council_files import SectionFile
from onestop.catalogue.source.parsed_content import ParsedContent, with_errors
from onestop.catalogue.source.service_file import ServiceFile
from onestop.catalogue.source.settings_files import SETTINGS

ICON = "folder"
"""The icon of a section whose file cannot be read."""
Files = Mapping[str, ServiceFile]


def publishable(
    newest: ParsedContent, before: ParsedContent | None, today: date, *, keep_missing: bool
) -> ParsedContent:
    """Return the files to publish: the newest version of each, or the one published `before` if the newest has errors.

    A file that was never published is left out if it cannot be read; if only what it refers to is wrong (a link, a picture), it is
    published without. Drafts are not published, nor services before or after their time.
    With `keep_missing`, files that are no longer there are still published.
    """
    wrong = with_errors(newest.all_faults())
    if before and before.languages != newest.languages:
        # Files are named after their language.
        before = replace(before, services={}, made={})
    found = replace(newest, faults=[], made=before.made if before else {})
    found.council = _council(newest, before, wrong)
    found.holidays = before.holidays if before and f"{newest.label}/holidays.yaml" in wrong else newest.holidays
    found.residents = before.residents if before and f"{newest.label}/search.yaml" in wrong else newest.residents
    found.services = _services(newest, before.services if before else {}, wrong, keep_missing=keep_missing)
    found.sections = _sections(newest, before.sections if before else {}, wrong, found.services)
    closed = {file.address for file in found.services.values() if file.head and not file.head.is_published(today)}
    found.services = {
        name: file
        for name, file in found.services.items()
        if _section(file) in found.sections and file.address not in closed
    }
    found.pictures = {**before.pictures, **newest.pictures} if before and keep_missing else newest.pictures
    _publish_alerts(found, before, today)
    return found


def held_files(newest: ParsedContent, published: ParsedContent) -> frozenset[str]:
    """Return the names of the files that are published in an older version, or left out."""
    services = {
        file.name
        for name, file in newest.services.items()
        if published.services.get(name) is not file and (name in published.services or with_errors(file.faults))
    }
    own = {f"{newest.label}/{name}" for name in SETTINGS}
    own |= {f"{newest.label}/services{address}/section.yaml" for address in newest.sections}
    return frozenset(services | (own & with_errors(newest.faults)))


def _section(file: ServiceFile) -> str:
    return file.address.rpartition("/")[0]


def _council(newest: ParsedContent, before: ParsedContent | None, wrong: Set[str]) -> Council | None:
    old = before.council if before else None
    council = newest.council
    if old and (council is None or f"{newest.label}/council.yaml" in wrong):
        council = replace(old, crest=council.crest) if council else old
    if council and old and f"{newest.label}/crest.svg" in wrong:
        council = replace(council, crest=old.crest)
    return council


def _services(newest: ParsedContent, before: Files, wrong: Set[str], *, keep_missing: bool) -> dict[str, ServiceFile]:
    chosen: dict[str, ServiceFile] = {}
    for name, file in newest.services.items():
        if file.name not in wrong:
            chosen[name] = file
        elif name in before:
            chosen[name] = before[name]
        elif file.text and not errors(file.faults):
            chosen[name] = file
    for name, file in before.items():
        unread = newest.unread & {"/", _section(file)}
        if name not in newest.services and (keep_missing or unread):
            chosen[name] = file
    return _without_shared_numbers(chosen, before)


def _without_shared_numbers(chosen: dict[str, ServiceFile], before: Files) -> dict[str, ServiceFile]:
    """Return the files with the older version of each that takes the number of another. The older ones have no number twice."""
    while True:
        taken: dict[str, str] = {}
        clash = ""
        for name in sorted(chosen, key=lambda name: chosen[name] is not before.get(name)):
            number = chosen[name].number
            if number and taken.setdefault(number, name) != name:
                clash = name
                break
        if not clash:
            return chosen
        chosen = {name: file for name, file in chosen.items() if name != clash}
        if clash in before:
            chosen[clash] = before[clash]


def _sections(
    newest: ParsedContent, before: Mapping[str, SectionFile], wrong: Set[str], services: Files
) -> dict[str, SectionFile]:
    used = {_section(file) for file in services.values()}
    found: dict[str, SectionFile] = {}
    for address in {**newest.sections, **{address: None for address in before if address in used}}:
        section = newest.sections.get(address)
        if section and f"{newest.label}/services{address}/section.yaml" not in wrong:
            found[address] = section
        elif address in before:
            found[address] = before[address]
        elif section and address in used:
            taken = {other.number for other in newest.sections.values() if other is not section}
            found[address] = _nameless(section, newest.languages[0], services, taken)
    return {address: section for address, section in found.items() if section.number}


def _nameless(section: SectionFile, language: str, services: Files, taken: Set[str]) -> SectionFile:
    """Return a section whose file cannot be read, and never could, under the name of its folder."""
    numbers = [file.number for file in services.values() if _section(file) == section.address and file.number]
    number = section.number or f"{min(numbers, default='')[:1]}00"
    title = section.address[1:].replace("-", " ").capitalize()
    return replace(
        section,
        number="" if number in taken or len(number) < 3 else number,
        icon=section.icon or ICON,
        titles={language: title, **section.titles},
        summaries={language: title, **section.summaries},
    )


def _publish_alerts(found: ParsedContent, before: ParsedContent | None, today: date) -> None:
    """Publish the newest alerts, whatever else is wrong, in their time; without a link that leads nowhere."""
    if found.alerts is None and before:
        found.alerts = before.alerts
    found.alerts = tuple(alert for alert in found.alerts or () if alert.is_shown(today))
    there = {*found.sections, *found.originals()}
    found.alerts = tuple(alert if alert.target in there else replace(alert, target="") for alert in found.alerts or ())


def next_change(content: ParsedContent, today: date, zone: ZoneInfo) -> float:
    """Return the next midnight at which something begins or ends to be published, in seconds since 1970; infinity if none is."""
    days = [day for day in _turns(content) if day > today.isoformat()]
    return midnight(date.fromisoformat(min(days)), zone).timestamp() if days else float("inf")


def _turns(content: ParsedContent) -> Iterator[str]:
    """Yield the first days on which something is published, or no longer."""
    spans = [(head.begins, head.ends) for file in content.services.values() if (head := file.head) and not head.draft]
    spans += [(alert.begins, alert.ends) for alert in content.alerts or ()]
    for begins, ends in spans:
        if begins:
            yield begins
        if ends:
            yield (date.fromisoformat(ends) + timedelta(days=1)).isoformat()
