"""The checks between files: numbers, links, pictures and translations that must agree."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date
from functools import cached_property

from onestop.authoring.faults import Fault, nearest
from onestop.catalogue.catalogue import ALWAYS_THERE, OWN_NUMBERS
from onestop.catalogue.source.parsed_content import ParsedContent
from onestop.catalogue.source.service_file import ServiceFile
from onestop.catalogue.source.words_file import FILE

Claim = tuple[str, str, tuple[int, int]]
"""A number, and the file and position that claim it."""


class LinkTargets:
    """The addresses that a link may lead to."""

    def __init__(self, addresses: Set[str]) -> None:
        self.addresses = addresses

    def __contains__(self, address: str) -> bool:
        return address in self.addresses

    def missing(self, target: str) -> str:
        """Return the message, with the most similar address among the sections, the same folder and the same file name."""
        folder, _, name = target.rpartition("/")
        alike = {one for group in ("", folder, f"*/{name}") for one in self._groups.get(group, ())}
        return f"there is no service `{target}`{nearest(target, sorted(alike), 0.7)}"

    @cached_property
    def _groups(self) -> Mapping[str, Sequence[str]]:
        """Addresses by their folder, and by "*/" and their last name: a catalogue may have thousands of wrong links."""
        groups: dict[str, list[str]] = defaultdict(list)
        for address in self.addresses:
            folder, _, name = address.rpartition("/")
            groups[folder].append(address)
            groups[f"*/{name}"].append(address)
        return groups


def check_references(content: ParsedContent, before: ParsedContent | None, today: date) -> None:
    """Add a fault to `content` for each conflict between files. Of two files with one number, the one that had it `before` is right."""
    originals = content.originals()
    _check_numbers(content, originals, _holders(before) if before else {})
    _check_links(content, originals)
    _check_translations(content, originals)
    _check_former(content, originals)
    _check_due(content, originals, today)


def _check_former(content: ParsedContent, originals: Mapping[str, ServiceFile]) -> None:
    """A former address or number must not belong to anything else."""
    taken = {*ALWAYS_THERE, *content.sections, *originals, *OWN_NUMBERS}
    taken |= {file.number for file in originals.values()} | {section.number for section in content.sections.values()}
    for file in originals.values():
        for old in file.head.was if file.head else ():
            if old in taken and old != file.address:
                content.fault(file.name, file.place, f"`was`: `{old}` belongs to something else: take it out")
            taken.add(old)


def _check_due(content: ParsedContent, originals: Mapping[str, ServiceFile], today: date) -> None:
    for file in originals.values():
        if file.head and file.head.review and file.head.review <= today.isoformat():
            message = f"is due for review since {file.head.review}: read it, and set `reviewed` and `review`"
            content.fault(file.name, (1, 1), message, "warning")


def _holders(before: ParsedContent) -> dict[str, str]:
    return {number: file for number, file, _ in _claims(before, before.originals().values())}


def _claims(content: ParsedContent, originals: Iterable[ServiceFile]) -> list[Claim]:
    sections = [
        (section.number, f"{content.label}/services{address}/section.yaml", section.place)
        for address, section in content.sections.items()
    ]
    return sections + [(file.number, file.name, file.place) for file in originals]


def _check_numbers(content: ParsedContent, originals: Mapping[str, ServiceFile], holders: Mapping[str, str]) -> None:
    taken = {
        number: "the home screen" if address == "/" else f"the screen {address}"
        for number, address in OWN_NUMBERS.items()
    }
    claims = _claims(content, originals.values())
    for number, name, place in sorted(claims, key=lambda claim: holders.get(claim[0]) != claim[1]):
        if number in taken:
            message = f"the number {number} belongs to {taken[number]} already: take one that is free"
            content.fault(name, place, message)
        elif number:
            taken[number] = name
    for file in originals.values():
        section = content.sections.get(file.address.rpartition("/")[0])
        hundred = section.number if section else ""
        if len(file.number) == 3 and hundred and not _within(file.number, hundred):
            last = f"{hundred[0]}99" if len(hundred) == 3 else "a longer number"
            message = f"{file.number} is outside its section's hundred: {hundred} has {int(hundred) + 1} to {last}"
            content.fault(file.name, file.place, message)


def _within(number: str, hundred: str) -> bool:
    return len(hundred) == 3 and number[0] == hundred[0] and number > hundred


def _check_links(content: ParsedContent, originals: Mapping[str, ServiceFile]) -> None:
    there = LinkTargets({*ALWAYS_THERE, *content.sections, *originals})
    for file in content.services.values():
        for link in file.links:
            if link.target not in there:
                content.fault(file.name, link.place, there.missing(link.target))
        for picture in file.pictures:
            address = f"/pictures{file.address.rpartition('/')[0]}/{picture.target}"
            if address not in content.pictures:
                what = "file" if picture.target.endswith(".pdf") else "picture"
                content.fault(file.name, picture.place, f"there is no {what} `{picture.target}` beside this file")
    for target, place in content.residents.targets:
        if target not in there:
            content.fault(f"{content.label}/{FILE}", place, there.missing(target), "warning")
    for target, place in content.council.most_used if content.council else ():
        if target not in originals:
            content.fault(f"{content.label}/council.yaml", place, there.missing(target), "warning")
    for alert in content.alerts or ():
        if alert.target and alert.target not in there:
            content.fault(f"{content.label}/alert.yaml", alert.place, there.missing(alert.target))


def _check_translations(content: ParsedContent, originals: Mapping[str, ServiceFile]) -> None:
    for file in content.services.values():
        original = originals.get(file.address)
        if original is None:
            slug = file.address.rpartition("/")[2]
            content.fault(file.name, (1, 1), f"translates {slug}.md, which is not there")
        elif file is not original:
            given, inherited = file.text, original.text
            if given and inherited and given.places and len(given.places) != len(inherited.places):
                message = f"`places` names {len(given.places)} places where the original has {len(inherited.places)}"
                content.fault(file.name, file.place, message)
    found = content.translations()
    for address, file in originals.items():
        for language in content.languages[1:]:
            if language not in found.get(address, {}):
                name = f"{address.rpartition('/')[2]}.{language}.md"
                content.faults.append(Fault(file.name, 1, 1, f"is not translated: write {name}", "warning", language))
