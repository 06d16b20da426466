"""Read `content/places`: wards.yaml with the councillors, and facilities.yaml."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from onestop.authoring.faults import Fault, errors
from onestop.authoring.node import Node, SourceFile
from onestop.authoring.source import Source
from onestop.catalogue.catalogue import Catalogue
from onestop.catalogue.hours.grammar import Hours, parse_hours
from onestop.catalogue.source.values import LOCATION_KINDS
from onestop.language import Translations
from onestop.places.facility import Facility, facilities_of
from onestop.places.ward import Councillor, Ward

FOLDER, WARDS, FACILITIES = "places", "wards.yaml", "facilities.yaml"
LONGEST = 120


@dataclass(frozen=True, slots=True)
class LocalPlaces:
    """The wards by their code, and the facilities. `faults` are those of their files."""

    wards: Mapping[str, Ward] = field(default_factory=dict)
    facilities: Sequence[Facility] = ()
    faults: tuple[Fault, ...] = ()


def read_local_places(folder: Path, languages: tuple[str, ...]) -> LocalPlaces:
    """Return the wards and facilities of a content folder, none if it has no such files."""
    label = folder.name or folder.resolve().name
    files = {
        name: file_node(folder / FOLDER / name, f"{label}/{FOLDER}/{name}", languages) for name in (WARDS, FACILITIES)
    }
    wards, facilities = files[WARDS], files[FACILITIES]
    found_wards = {code: _ward(wards / code, code) for code in wards.entries()} if wards else {}
    found = tuple(map(_facility, (facilities / "facilities").items())) if facilities else ()
    faults = tuple(fault for file in files.values() if file for fault in file.file.source.faults)
    return LocalPlaces({}, (), faults) if errors(faults) else LocalPlaces(found_wards, found, faults)


def with_services(places: LocalPlaces, catalogue: Catalogue) -> LocalPlaces:
    """Return the places with those of the services of a catalogue."""
    return replace(places, facilities=(*facilities_of(catalogue), *places.facilities))


def file_node(path: Path, label: str, languages: tuple[str, ...]) -> Node | None:
    """Return the node of a YAML file, or None if it is not there or cannot be read."""
    source = Source(label)
    text = source.text(path) if path.exists() else None
    tree = source.tree(text) if text is not None else source.tree("{}") if path.exists() else None
    return Node(SourceFile(source, tree, (text or "").split("\n"), languages)) if tree else None


def _ward(node: Node, code: str) -> Ward:
    node.entries(("name", "councillors"))
    listed = (node / "councillors").items() if node.has("councillors") else ()
    return Ward(code, (node / "name").translations(LONGEST), tuple(map(_councillor, listed)))


def _councillor(node: Node) -> Councillor:
    node.entries(("name", "party", "phone", "email", "surgery"))
    texts = (_text(node, "party"), _text(node, "phone"), _text(node, "email"), _texts(node, "surgery"))
    return Councillor((node / "name").text(), *texts)


def _facility(node: Node) -> Facility:
    node.entries(("kind", "name", "at", "address", "phone", "hours", "step_free", "service", "access", "facilities"))
    latitude, longitude = read_point(node / "at")
    return Facility(
        (node / "kind").one_of(LOCATION_KINDS) or "", (node / "name").translations(LONGEST), latitude, longitude,
        _text(node, "address"), _text(node, "phone"), _hours(node / "hours") if node.has("hours") else None,
        node.yes("step_free", default=False), _text(node, "service"), _texts(node, "access"), _texts(node, "facilities"),
    )  # fmt: skip


def _text(node: Node, key: str) -> str:
    return (node / key).text() if node.has(key) else ""


def _texts(node: Node, key: str) -> Translations | None:
    return (node / key).translations(LONGEST) if node.has(key) else None


def read_point(node: Node) -> tuple[float, float]:
    """Return latitude and longitude in degrees, or report a fault and return 0, 0."""
    text = node.text()
    try:
        latitude, longitude = (float(part) for part in text.split(","))
    except ValueError:
        if text:
            node.fault(f"`{text}` must be latitude and longitude in degrees, like 52.9541, -0.1277")
        return 0.0, 0.0
    return latitude, longitude


def _hours(node: Node) -> Hours | None:
    try:
        return parse_hours(node.text())
    except ValueError as wrong:
        node.fault(str(wrong))
        return None
