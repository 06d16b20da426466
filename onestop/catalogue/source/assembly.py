"""Assembly of the catalogue from parsed files, with the checks across files: numbers, links, translations."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from pathlib import Path

from onestop.authoring.faults import Fault, Severity, errors, nearest
from onestop.authoring.tree import Position
from onestop.catalogue.catalogue import HOME_NUMBER, Catalogue, Location, Section, Service, ServiceText
from onestop.catalogue.council import Council, CouncilAlert
from onestop.catalogue.hours.holidays import Holidays
from onestop.catalogue.search.letters import by_letter
from onestop.catalogue.source.council_files import SectionFile
from onestop.catalogue.source.service_file import ServiceFile

ALWAYS_THERE = ("/", "/a-z", "/search")


@dataclass(slots=True)
class ParsedContent:
    """Every file once parsed: `services` by the name of their file, `sections` by their address.

    `made` are the services by address, with the files each was made of: the next assembly makes only those whose files differ.
    """

    label: str
    languages: tuple[str, ...]
    council: Council | None
    holidays: Holidays
    alert: CouncilAlert | None
    alert_place: Position
    faults: list[Fault]
    sections: dict[str, SectionFile] = field(default_factory=dict)
    services: dict[str, ServiceFile] = field(default_factory=dict)
    pictures: Mapping[str, Path] = field(default_factory=dict)
    made: dict[str, tuple[tuple[ServiceFile, ...], Service]] = field(default_factory=dict)

    def fault(self, file: str, place: Position, message: str, severity: Severity = "error") -> None:
        self.faults.append(Fault(file, *place, message, severity))


def assemble(content: ParsedContent) -> Catalogue | None:
    """Return the catalogue, or None if there are errors. Adds a fault to `content` for each conflict."""
    originals = {file.address: file for file in content.services.values() if file.language == content.languages[0]}
    _check_numbers(content, originals)
    _check_links(content, originals)
    translated = _translations(content, originals)
    if content.council is None or errors(content.faults):
        return None
    before, content.made = content.made, {}
    for address, file in originals.items():
        translations = translated.get(address, {})
        files = (file, *translations.values())
        known = before.get(address)
        service = known[1] if known and known[0] == files else _service(file, translations)
        if service is None:
            return None
        content.made[address] = (files, service)
    return _catalogue(content, content.council, [service for _, service in content.made.values()])


def _catalogue(content: ParsedContent, council: Council, services: list[Service]) -> Catalogue:
    by_section: dict[str, list[Service]] = {address: [] for address in content.sections}
    for service in services:
        by_section[service.section].append(service)
    sections = sorted((_section(file, by_section[file.address]) for file in content.sections.values()), key=_order)
    ordered = tuple(service for section in sections for service in section.services)
    things: tuple[Section | Service, ...] = (*sections, *ordered)
    by_address = {thing.address: thing for thing in things}
    by_number = {thing.number: thing for thing in things}
    letters = {language: by_letter(ordered, language) for language in content.languages}
    return Catalogue(
        council,
        content.holidays,
        content.alert,
        tuple(sections),
        ordered,
        by_address,
        by_number,
        letters,
        content.pictures,
    )


def _section(file: SectionFile, services: list[Service]) -> Section:
    ordered = tuple(sorted(services, key=_order))
    return Section(file.address, file.number, file.icon, file.titles, file.summaries, ordered)


def _order(thing: Section | Service) -> tuple[bool, int]:
    """Sort by number, but the hundred of the home screen last: it holds what is needed least."""
    number = int(thing.number)
    return (100 <= number < 200, number)


def _check_numbers(content: ParsedContent, originals: Mapping[str, ServiceFile]) -> None:
    taken = {HOME_NUMBER: "the home screen"}
    for address, section in content.sections.items():
        _claim(content, taken, section.number, f"{content.label}/services{address}/section.yaml", section.place)
    for file in originals.values():
        _claim(content, taken, file.number, file.name, file.place)
        section_file = content.sections.get(file.address.rpartition("/")[0])
        hundred = section_file.number if section_file else ""
        if len(file.number) == 3 and hundred and not _within(file.number, hundred):
            last = f"{hundred[0]}99" if len(hundred) == 3 else "a longer number"
            message = f"{file.number} is outside its section's hundred: {hundred} has {int(hundred) + 1} to {last}"
            content.fault(file.name, file.place, message)


def _within(number: str, hundred: str) -> bool:
    return len(hundred) == 3 and number[0] == hundred[0] and number > hundred


def _claim(content: ParsedContent, taken: dict[str, str], number: str, file: str, place: Position) -> None:
    if number in taken:
        content.fault(file, place, f"the number {number} belongs to {taken[number]} already: take one that is free")
    elif number:
        taken[number] = file


def _check_links(content: ParsedContent, originals: Mapping[str, ServiceFile]) -> None:
    there = {*ALWAYS_THERE, *content.sections, *originals}
    for file in content.services.values():
        for link in file.links:
            if link.target not in there:
                content.fault(file.name, link.place, _nowhere(link.target, there))
        for picture in file.pictures:
            address = f"/pictures{file.address.rpartition('/')[0]}/{picture.target}"
            if address not in content.pictures:
                content.fault(file.name, picture.place, f"there is no picture `{picture.target}` beside this file")
    if content.alert and content.alert.target and content.alert.target not in there:
        content.fault(f"{content.label}/alert.yaml", content.alert_place, _nowhere(content.alert.target, there))


def _nowhere(target: str, there: Set[str]) -> str:
    """Return the message, with the most similar address among the sections, the same folder and the same file name."""
    folder, _, name = target.rpartition("/")
    alike = {one for one in there if one.startswith(f"{folder}/") or one.endswith(f"/{name}") or one.count("/") == 1}
    return f"there is no service `{target}`{nearest(target, sorted(alike), 0.7)}"


def _translations(content: ParsedContent, originals: Mapping[str, ServiceFile]) -> dict[str, dict[str, ServiceFile]]:
    """Return translations by address and language. A missing one is a warning."""
    found: dict[str, dict[str, ServiceFile]] = {}
    for file in content.services.values():
        original = originals.get(file.address)
        if original is None:
            slug = file.address.rpartition("/")[2]
            content.fault(file.name, (1, 1), f"translates {slug}.md, which is not there")
        elif file is not original:
            found.setdefault(file.address, {})[file.language] = file
            given, inherited = file.text, original.text
            if given and inherited and given.places and len(given.places) != len(inherited.places):
                message = f"`places` names {len(given.places)} places where the original has {len(inherited.places)}"
                content.fault(file.name, file.place, message)
    for address, file in originals.items():
        for language in content.languages[1:]:
            if language not in found.get(address, {}):
                name = f"{address.rpartition('/')[2]}.{language}.md"
                content.fault(file.name, (1, 1), f"is not translated: write {name}", "warning")
    return found


def _service(file: ServiceFile, translations: Mapping[str, ServiceFile]) -> Service | None:
    if not (file.head and file.text):
        return None
    texts = {file.language: file.text}
    for language, translation in translations.items():
        if translation.text is None:
            return None
        texts[language] = _inheriting(translation.text, file.text)
    return Service(file.address, file.number, file.head.lgsl, file.head.reviewed, texts, file.head.journey)


def _inheriting(text: ServiceText, original: ServiceText) -> ServiceText:
    """Return a translation with the telephone numbers, hours and places of the original."""
    contact = original.contact
    if contact and text.contact:
        contact = replace(contact, team=text.contact.team)
    places: tuple[Location, ...] = original.places
    if text.places:
        pairs = zip(original.places, text.places, strict=True)
        places = tuple(replace(spot, name=given.name, address=given.address or spot.address) for spot, given in pairs)
    return replace(text, contact=contact, places=places)
