"""Assembly of the catalogue from the files that are published."""

from collections.abc import Mapping
from dataclasses import replace

from onestop.catalogue.catalogue import Catalogue, Location, Section, Service, ServiceText
from onestop.catalogue.council import Council
from onestop.catalogue.search.letters import place_in_a_to_z, sorted_by_letter
from onestop.catalogue.source.council_files import SectionFile
from onestop.catalogue.source.parsed_content import MadeService, ParsedContent
from onestop.catalogue.source.service_file import ServiceFile


def assemble(content: ParsedContent) -> Catalogue | None:
    """Return the catalogue of published files, or None without a council. A service that cannot be made is left out."""
    if content.council is None:
        return None
    translated = content.translations()
    before, content.made = content.made, {}
    for address, file in content.originals().items():
        translations = translated.get(address, {})
        files = (file, *translations.values())
        known = before.get(address)
        if known and known.files == files:
            content.made[address] = known
        elif service := service_of(file, translations):
            places = {language: place_in_a_to_z(service, language) for language in content.languages}
            content.made[address] = MadeService(files, service, places)
    return _catalogue(content, content.council)


def _catalogue(content: ParsedContent, council: Council) -> Catalogue:
    by_section: dict[str, list[Service]] = {address: [] for address in content.sections}
    for made in content.made.values():
        by_section[made.service.section].append(made.service)
    sections = sorted((_section(file, by_section[file.address]) for file in content.sections.values()), key=_order)
    ordered = tuple(service for section in sections for service in section.services)
    things: tuple[Section | Service, ...] = (*sections, *ordered)
    by_address = {thing.address: thing for thing in things}
    by_number = {thing.number: thing for thing in things}
    listed = [(content.made[service.address].places, service) for service in ordered]
    letters = {
        language: sorted_by_letter(((places[language], service) for places, service in listed), language)
        for language in content.languages
    }
    return Catalogue(
        council,
        content.holidays,
        content.alerts or (),
        tuple(sections),
        ordered,
        by_address,
        by_number,
        letters,
        content.pictures,
        {
            old: address
            for address, made in content.made.items()
            for old in (made.files[0].head.was if made.files[0].head else ())
        },
        content.residents.words,
    )


def _section(file: SectionFile, services: list[Service]) -> Section:
    ordered = tuple(sorted(services, key=_order))
    return Section(file.address, file.number, file.icon, file.titles, file.summaries, ordered)


def _order(thing: Section | Service) -> tuple[bool, int]:
    """Sort by number, but the hundred of the home screen last: it holds what is needed least."""
    number = int(thing.number)
    return (100 <= number < 200, number)


def service_of(file: ServiceFile, translations: Mapping[str, ServiceFile]) -> Service | None:
    """Return the service of a file and its translations by language, or None if it cannot be made."""
    if not (file.head and file.text):
        return None
    texts = {file.language: file.text}
    for language, translation in translations.items():
        if translation.text:
            texts[language] = _inheriting(translation.text, file.text)
    return Service(
        file.address, file.number, file.head.lgsl, file.head.reviewed, texts, file.head.journey, file.head.online,
        file.head.standard,
    )  # fmt: skip


def _inheriting(text: ServiceText, original: ServiceText) -> ServiceText:
    """Return a translation with the telephone numbers, hours and places of the original."""
    contact = original.contact
    if contact and text.contact:
        contact = replace(contact, team=text.contact.team)
    places: tuple[Location, ...] = original.places
    if len(text.places) == len(places):
        pairs = zip(places, text.places, strict=True)
        places = tuple(_translated_place(spot, given) for spot, given in pairs)
    return replace(text, contact=contact, places=places)


def _translated_place(spot: Location, given: Location) -> Location:
    """Return a place with the texts of its translation."""
    facts, texts = spot.facts, given.facts
    if facts and texts:
        facts = replace(facts, access=texts.access or facts.access, facilities=texts.facilities or facts.facilities)
    return replace(spot, name=given.name, address=given.address or spot.address, facts=facts)
