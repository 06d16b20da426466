"""The LLPG in its transfer format DTF 7.3: rows of several types without a header, and the types joined by UPRN and USRN."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from onestop.places.files.address_base import LARGEST_UPRN, SHELLS, grid_point, object_name, postcode_of
from onestop.places.files.csv_rows import CsvRow, NamedRow
from onestop.places.imported import ImportedPlaces
from onestop.places.premises import Premises, titled
from onestop.places.street import Street

STREET, PROPERTY, NAME = "15", "21", "24"
START = "record_identifier change_type pro_order "
COLUMNS: Mapping[str, list[str]] = {
    STREET: (START + "usrn street_descriptor locality_name town_name administrative_area language").split(),
    PROPERTY: (
        START + "uprn logical_status blpu_state blpu_state_date blpu_class parent_uprn x_coordinate y_coordinate rpc"
        " local_custodian_code start_date end_date last_update_date entry_date organisation ward_code parish_code"
    ).split(),
    NAME: (
        START + "uprn lpi_key language logical_status start_date end_date entry_date last_update_date"
        " sao_start_number sao_start_suffix sao_end_number sao_end_suffix sao_text"
        " pao_start_number pao_start_suffix pao_end_number pao_end_suffix pao_text usrn level postal_address postcode post_town"
    ).split(),
}
"""The columns that are read, by the type of row. Source: NLPG Data Transfer Format 7.3; AddressBase Premium has others."""
PREMIUM = 26
"""Columns of a row of type 24 in AddressBase Premium; one of DTF 7.3 has more."""
APPROVED = ("1", "6")
"""Logical statuses of names and properties that are in use: approved, and provisional for new builds."""
WELSH = ("CYM", "WEL")


@dataclass(slots=True)
class GazetteerRows:
    """The rows of one file: properties with the line they stand at, their names in use, and the streets."""

    properties: dict[int, tuple[int, NamedRow]] = field(default_factory=dict)
    names: dict[int, NamedRow] = field(default_factory=dict)
    streets: dict[int, Street] = field(default_factory=dict)
    others: dict[int, Street] = field(default_factory=dict)
    removed: set[int] = field(default_factory=set)


def read_land_and_property(rows: Iterable[CsvRow], file: str, into: ImportedPlaces) -> None:
    """Read DTF 7.3 into `into`. A file of AddressBase Premium is refused: its columns are others."""
    found = GazetteerRows()
    for row in rows:
        kind = row.values[0]
        if kind in ("28", "30", "31", "32") or (kind == NAME and len(row.values) == PREMIUM):
            into.refuse(
                file, row.line, "this is AddressBase Premium: import AddressBase Core or Plus, or the LLPG as DTF 7.3"
            )
            return
        names = COLUMNS.get(kind)
        if names:
            try:
                if len(row.values) < len(names):
                    raise ValueError(f"has {len(row.values)} columns; a row of type {kind} has at least {len(names)}")
                READ[kind](NamedRow(row.line, dict(zip(names, row.values, strict=False))), found)
            except ValueError as wrong:
                into.fault(file, row.line, str(wrong))
    _join(found, file, into)


def _street(row: NamedRow, found: GazetteerRows) -> None:
    usrn, name = row.number("usrn"), titled(row.text("street_descriptor"))
    if not usrn or not name:
        raise ValueError("a street must have `usrn` and `street_descriptor`")
    street = Street(usrn, name, "", titled(row.text("locality_name")), titled(row.text("town_name")))
    (found.others if row.text("language") in WELSH else found.streets)[usrn] = street


def _property(row: NamedRow, found: GazetteerRows) -> None:
    uprn = row.number("uprn")
    if not 0 < uprn <= LARGEST_UPRN:
        raise ValueError("`uprn` must be a number of 1 to 12 digits")
    if row.text("change_type") == "D":
        found.removed.add(uprn)
    elif uprn in found.properties:
        raise ValueError(f"the property {uprn} is in line {found.properties[uprn][0]} already")
    elif row.text("logical_status") in APPROVED and not row.text("blpu_class").startswith(SHELLS):
        found.properties[uprn] = (row.line, row)


def _name(row: NamedRow, found: GazetteerRows) -> None:
    uprn, status = row.number("uprn"), row.text("logical_status")
    if row.text("change_type") == "D" or status not in APPROVED:
        return
    before = found.names.get(uprn)
    if before is None or _rank(row) < _rank(before):
        found.names[uprn] = row


def _rank(name: NamedRow) -> tuple[bool, bool]:
    """Return the key of the names of one property: an English one before a Welsh one, an approved one before a provisional one."""
    return name.text("language") in WELSH, name.text("logical_status") != APPROVED[0]


READ = {STREET: _street, PROPERTY: _property, NAME: _name}


def _join(found: GazetteerRows, file: str, into: ImportedPlaces) -> None:
    into.removed |= found.removed
    for usrn, street in (found.others | found.streets).items():
        welsh = found.others.get(usrn, street)
        into.streets[usrn] = replace(street, other=welsh.name if welsh is not street else "")
    for uprn, (line, row) in found.properties.items():
        named = found.names.get(uprn)
        if named is None:
            into.fault(file, line, f"the property {uprn} has no row of type {NAME} that is in use: it has no address")
            continue
        try:
            one = _premises(uprn, row, named)
            street = into.streets.get(one.usrn) or Street(0, "")
            if not street.usrn:
                raise ValueError(f"there is no street {one.usrn} in the file: its row of type {STREET} is missing")
            grid = grid_point(row)
            into.removed.discard(uprn)
            into.premises[uprn] = replace(one, locality=street.locality, town=one.town or street.town)
            if grid:
                into.grid[uprn] = grid
        except ValueError as wrong:
            into.fault(file, named.line, str(wrong))


def _premises(uprn: int, row: NamedRow, named: NamedRow) -> Premises:
    house, flat = object_name(named, "pao"), object_name(named, "sao")
    organisation = titled(row.text("organisation"))
    if not (house or flat or organisation):
        raise ValueError("the property has no number, name or organisation")
    return Premises(
        uprn, named.number("usrn"), house, flat, organisation, "", titled(named.text("post_town")),
        postcode_of(named, "postcode"), row.text("ward_code"), use=row.text("blpu_class"),
        parish=row.text("parish_code"),
    )  # fmt: skip
