"""Read `content/places/alerts.yaml` and `content/places/elections.yaml`."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from onestop.authoring.faults import Fault, errors, nearest
from onestop.authoring.node import Node
from onestop.language import Translations
from onestop.places.announcements.announcement import Announcements, Area, Election, LocalAlert, PollingStation
from onestop.places.source import FOLDER, file_node, read_point

ALERTS, ELECTIONS = "alerts.yaml", "elections.yaml"
LONGEST = 200
USRN_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Known:
    """The names that an area may have: wards by code, and rounds."""

    wards: Collection[str]
    rounds: Collection[str]


def read_announcements(
    folder: Path, languages: tuple[str, ...], known: Known | None
) -> tuple[Announcements, tuple[Fault, ...]]:
    """Return the alerts and elections of a content folder, none if it has no such files, and the faults of the files.

    Without `known`, because another file has faults, names are not looked up.
    """
    label = folder.name or folder.resolve().name
    files = {
        name: file_node(folder / FOLDER / name, f"{label}/{FOLDER}/{name}", languages) for name in (ALERTS, ELECTIONS)
    }
    alerts, elections = files[ALERTS], files[ELECTIONS]
    found = Announcements(
        tuple(_alert(one, known) for one in (alerts / "alerts").items()) if alerts else (),
        tuple(_election(one, known) for one in (elections / "elections").items()) if elections else (),
    )
    faults = tuple(fault for file in files.values() if file for fault in file.file.source.faults)
    return Announcements() if errors(faults) else found, faults


def _alert(node: Node, known: Known | None) -> LocalAlert:
    node.entries(("from", "until", "wards", "streets", "rounds", "text", "more"))
    start, end = (node / "from").day(), (node / "until").day()
    if end < start:
        (node / "until").fault(f"`until` is before `from`, which is {start}")
    text = (node / "text").translations(LONGEST)
    return LocalAlert(_area(node, known), start, end, text, (node / "more").text() if node.has("more") else "")


def _election(node: Node, known: Known | None) -> Election:
    node.entries(("name", "day", "from", "text", "stations"))
    day, start = (node / "day").day(), (node / "from").day()
    if day < start:
        (node / "from").fault(f"`from` is after the day of the election, which is {day}")
    stations = tuple(_station(one, known) for one in (node / "stations").items())
    return Election((node / "name").translations(LONGEST), day, start, (node / "text").translations(LONGEST), stations)


def _station(node: Node, known: Known | None) -> PollingStation:
    node.entries(("name", "address", "at", "access", "wards", "streets"))
    access: Translations | None = (node / "access").translations(LONGEST) if node.has("access") else None
    at = read_point(node / "at") if node.has("at") else (0.0, 0.0)
    name = (node / "name").translations(LONGEST)
    return PollingStation(_area(node, known), name, (node / "address").text(), at, access)


def _area(node: Node, known: Known | None) -> Area:
    wards = _names(node, "wards", known.wards if known else None)
    rounds = _names(node, "rounds", known.rounds if known else None)
    streets = frozenset(map(_street, (node / "streets").items())) if node.has("streets") else frozenset[int]()
    if not (wards or rounds or streets):
        node.fault("is for nobody: name `wards`, `streets` or `rounds`")
    return Area(wards, streets, rounds)


def _names(node: Node, key: str, known: Collection[str] | None) -> frozenset[str]:
    """Return the names of a list, each of which another file must have."""
    if not node.has(key):
        return frozenset()
    for one in (node / key).items():
        if (text := one.text()) and known is not None and text not in known:
            one.fault(f"there is no `{text}` among the {key}{nearest(text, known)}")
    return frozenset(one.text() for one in (node / key).items())


def _street(node: Node) -> int:
    text = node.text()
    if text.isascii() and text.isdecimal() and len(text) <= USRN_DIGITS:
        return int(text)
    if text:
        node.fault(f"`{text}` must be a USRN of at most {USRN_DIGITS} digits, like 47200003")
    return 0
