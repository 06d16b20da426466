"""AddressBase Core and Plus: one row a property. Their columns are found by name, because case and order vary between releases."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from onestop.places.files.csv_rows import NamedRow
from onestop.places.imported import ImportedPlaces
from onestop.places.postcode import parse_postcode
from onestop.places.premises import Premises, titled
from onestop.places.street import Street

LARGEST_UPRN = 999_999_999_999
EAST, NORTH = 700_000, 1_300_000
"""Metres of the national grid."""
SHELLS = ("P", "PP", "PS", "U", "Z")
"""Classes that are no address: parent shells, street records, unclassified and objects of interest."""

PLUS = """UPRN UDPRN CHANGE_TYPE STATE STATE_DATE CLASS PARENT_UPRN X_COORDINATE Y_COORDINATE LATITUDE LONGITUDE RPC LOCAL_CUSTODIAN_CODE
COUNTRY LA_START_DATE LAST_UPDATE_DATE ENTRY_DATE RM_ORGANISATION_NAME LA_ORGANISATION DEPARTMENT_NAME LEGAL_NAME SUB_BUILDING_NAME
BUILDING_NAME BUILDING_NUMBER SAO_START_NUMBER SAO_START_SUFFIX SAO_END_NUMBER SAO_END_SUFFIX SAO_TEXT ALT_LANGUAGE_SAO_TEXT
PAO_START_NUMBER PAO_START_SUFFIX PAO_END_NUMBER PAO_END_SUFFIX PAO_TEXT ALT_LANGUAGE_PAO_TEXT USRN USRN_MATCH_INDICATOR AREA_NAME LEVEL
OFFICIAL_FLAG OS_ADDRESS_TOID OS_ADDRESS_TOID_VERSION OS_ROADLINK_TOID OS_ROADLINK_TOID_VERSION OS_TOPO_TOID OS_TOPO_TOID_VERSION
VOA_CT_RECORD VOA_NDR_RECORD STREET_DESCRIPTION ALT_LANGUAGE_STREET_DESCRIPTION DEPENDENT_THOROUGHFARE THOROUGHFARE
WELSH_DEPENDENT_THOROUGHFARE WELSH_THOROUGHFARE DOUBLE_DEPENDENT_LOCALITY DEPENDENT_LOCALITY LOCALITY WELSH_DEPENDENT_LOCALITY
WELSH_DOUBLE_DEPENDENT_LOCALITY TOWN_NAME ADMINISTRATIVE_AREA POST_TOWN WELSH_POST_TOWN POSTCODE POSTCODE_LOCATOR POSTCODE_TYPE
DELIVERY_POINT_SUFFIX ADDRESSBASE_POSTAL PO_BOX_NUMBER WARD_CODE PARISH_CODE RM_START_DATE MULTI_OCC_COUNT VOA_NDR_P_DESC_CODE
VOA_NDR_SCAT_CODE ALT_LANGUAGE""".lower().split()
"""The columns of AddressBase Plus, whose volumes have no header. Source: OS, AddressBase Plus technical specification."""


@dataclass(frozen=True, slots=True)
class ReadPremises:
    """What one row says. `change` is D if the row deletes the property."""

    premises: Premises
    street: Street
    change: str = ""


def read_core(rows: Iterable[NamedRow], file: str, into: ImportedPlaces) -> None:
    """Read AddressBase Core into `into`, with a fault for each wrong row."""
    _read(rows, file, into, _core)


def read_plus(rows: Iterable[NamedRow], file: str, into: ImportedPlaces) -> None:
    """Read AddressBase Plus into `into`, with a fault for each wrong row."""
    _read(rows, file, into, _plus)


def _read(rows: Iterable[NamedRow], file: str, into: ImportedPlaces, read: Callable[[NamedRow], ReadPremises]) -> None:
    lines: dict[int, int] = {}
    for row in rows:
        try:
            found = read(row)
            one = found.premises
            _check(found)
            if found.change != "D" and lines.setdefault(one.uprn, row.line) != row.line:
                _check_repeated(one, lines[one.uprn], into)
            grid = grid_point(row)
        except ValueError as wrong:
            into.fault(file, row.line, str(wrong))
            continue
        if found.change == "D":
            into.removed.add(one.uprn)
        elif not one.use.startswith(SHELLS):
            into.removed.discard(one.uprn)
            into.premises[one.uprn] = one
            into.streets[found.street.usrn] = found.street
            if not one.latitude and grid:
                into.grid[one.uprn] = grid


def _check_repeated(one: Premises, line: int, into: ImportedPlaces) -> None:
    """Raise ValueError if a file has a property twice with two addresses; tiles that overlap have the same one twice."""
    before = into.premises.get(one.uprn)
    if before is not None and before != one:
        raise ValueError(f"the property {one.uprn} is in line {line} already, with another address")


def grid_point(row: NamedRow) -> tuple[float, float] | None:
    """Return easting and northing in metres, None if they are blank. Raises ValueError."""
    east = row.degrees("easting") or row.degrees("x_coordinate")
    north = row.degrees("northing") or row.degrees("y_coordinate")
    if bool(east) != bool(north) or not 0 <= east <= EAST or not 0 <= north <= NORTH:
        raise ValueError(f"the point {east:g}, {north:g} is not on the national grid")
    return (east, north) if east else None


def _check(found: ReadPremises) -> None:
    one = found.premises
    if not 0 < one.uprn <= LARGEST_UPRN:
        raise ValueError("`uprn` must be a number of 1 to 12 digits")
    if found.change == "D" or one.use.startswith(SHELLS):
        return
    if not one.usrn or not found.street.name:
        raise ValueError("the property has no street: `usrn` and the street's name must be given")
    if not (one.house or one.flat or one.organisation):
        raise ValueError("the property has no number, name or organisation")
    if (
        bool(one.latitude) != bool(one.longitude)
        or not -9 <= one.longitude <= 2.5
        or not (one.latitude == 0 or 49 <= one.latitude <= 61.5)
    ):
        raise ValueError(f"the point {one.latitude}, {one.longitude} is not in the United Kingdom")


def postcode_of(row: NamedRow, *names: str) -> str:
    """Return the first postcode that is given, "" if none is. Raises ValueError."""
    text = next(filter(None, map(row.text, names)), "")
    found = _parsed(text) if text else ""
    if found is None:
        raise ValueError(f"`{text}` is not a postcode")
    return found


# The rows of a postcode stand together in these files.
_parsed = lru_cache(maxsize=1024)(parse_postcode)


def _core(row: NamedRow) -> ReadPremises:
    town = titled(row.text("town_name") or row.text("post_town"))
    number, name = row.text("building_number"), titled(row.text("building_name"))
    house = number or name
    flat = ", ".join(filter(None, (titled(row.text("sub_building")), name if number and name else "")))
    one = Premises(
        row.number("uprn"), row.number("usrn"), house, flat, titled(row.text("organisation")),
        titled(row.text("locality")), town, postcode_of(row, "postcode"), "",
        row.degrees("latitude"), row.degrees("longitude"), row.text("classification_code"),
    )  # fmt: skip
    street = Street(one.usrn, titled(row.text("street_name")), "", one.locality, town)
    return ReadPremises(one, street, row.text("change_code"))


def _plus(row: NamedRow) -> ReadPremises:
    town = titled(row.text("town_name") or row.text("post_town"))
    house = object_name(row, "pao")
    flat = object_name(row, "sao") or titled(row.text("sub_building_name"))
    if not house:
        house = row.text("building_number") or titled(row.text("building_name"))
    name = titled(row.text("street_description") or row.text("thoroughfare"))
    one = Premises(
        row.number("uprn"), row.number("usrn"), house, flat,
        titled(row.text("la_organisation") or row.text("rm_organisation_name")), titled(row.text("locality")), town,
        postcode_of(row, "postcode", "postcode_locator"), row.text("ward_code"),
        row.degrees("latitude"), row.degrees("longitude"), row.text("class"), row.text("parish_code"),
    )  # fmt: skip
    street = Street(one.usrn, name, titled(row.text("alt_language_street_description")), one.locality, town)
    return ReadPremises(one, street, row.text("change_type"))


def object_name(row: NamedRow, object_: str) -> str:
    """Return the addressable object of BS 7666, "pao" or "sao": its range, or its text, or "text, range"."""
    parts = [row.text(f"{object_}_{part}") for part in ("start_number", "start_suffix", "end_number", "end_suffix")]
    first, last = "".join(parts[:2]), "".join(parts[2:])
    numbers = f"{first}-{last}" if last else first
    text = titled(row.text(f"{object_}_text"))
    if object_ == "sao" and numbers and not text:
        return f"Flat {numbers}"
    return ", ".join(filter(None, (text, numbers)))
