"""Make the fictional gazetteer of Eastmere: files in the columns of AddressBase Plus, ONSPD and GeoJSON, from one seed.

    python -m scripts.make_gazetteer FOLDER [--addresses 62000]     the files, to import
    python -m scripts.make_gazetteer gazetteer.db                  the gazetteer itself

The postcodes have the shape of real ones: a sector uses about 250 of its 400 units, so that most share their digit keys with others.
"""

import argparse
import csv
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from onestop.places.files.address_base import PLUS, read_plus
from onestop.places.files.csv_rows import NamedRow
from onestop.places.files.recognise import read_files
from onestop.places.gazetteer.writer import write_gazetteer
from onestop.places.imported import ImportedPlaces
from scripts.eastmere_ground import HIGH, SOUTH, WEST, WIDE, ward_at, write_map, write_wards

SEED = 20261127
FIRST = (
    "Abbey", "Acorn", "Alder", "Anchor", "Ash", "Aspen", "Badger", "Barley", "Beacon", "Beech", "Bell", "Birch", "Blackthorn",
    "Bramble", "Brook", "Cannon", "Castle", "Cedar", "Chapel", "Cherry", "Church", "Clover", "Cobbler", "Coppice", "Coronation",
    "Cowslip", "Crane", "Curlew", "Dairy", "Damson", "Drover", "Dunlin", "Elder", "Elm", "Falcon", "Farriers", "Fern",
    "Fieldfare", "Forge", "Foxglove", "Friary", "Garden", "Gorse", "Granary", "Grebe", "Grove", "Harbour", "Hawthorn", "Hazel",
    "Heather", "Heron", "High", "Holly", "Hornbeam", "Ivy", "Jasmine", "Jubilee", "Juniper", "Kestrel", "King", "Kingfisher",
    "Lapwing", "Larch", "Laurel", "Lavender", "Lilac", "Linden", "Linnet", "Lock", "London", "Magnolia", "Manor", "Maple",
    "Market", "Martin", "Mead", "Mill", "Minster", "Myrtle", "New", "North", "Oak", "Orchid", "Osprey", "Otter", "Pear", "Pine",
    "Plover", "Poplar", "Primrose", "Priory", "Quarry", "Quay", "Queen", "Rectory", "Reed", "Ridge", "River", "Rope", "Rose",
    "Rowan", "Saddler", "Salt", "School", "Sedge", "Shepherd", "Skylark", "Smithy", "South", "Spinney", "Station", "Swallow",
    "Swan", "Sycamore", "Tanner", "Teal", "Thistle", "Tithe", "Vicarage", "Victoria", "Walnut", "Water", "Wellington", "West",
    "Wheat", "Willow", "Windsor", "Wren", "Yew",
)  # fmt: skip
LAST = (
    "Street", "Road", "Avenue", "Close", "Drive", "Lane", "Way", "Gardens", "Grove", "Terrace", "Crescent", "Court", "Place",
    "Rise", "Walk", "Mews",
)  # fmt: skip
BEFORE = (
    "", "Upper ", "Lower ", "Great ", "Little ", "Old ", "East ", "West ", "Long ", "Nether ", "Far ", "Middle ", "Over ", "Short ",
)  # fmt: skip
"""Words before the names of further streets: measurements with a million addresses need them all."""
WELSH = (
    "Heol y Môr", "Stryd Fawr", "Lôn y Felin", "Ffordd yr Eglwys", "Maes y Coed", "Clos yr Ysgol", "Stryd y Bont", "Heol y Parc",
)  # fmt: skip
HOUSES = (
    "Rose Cottage", "The Old Rectory", "Mill House", "Tŷ Gwyn", "The Laurels", "Sea View", "Forge Cottage", "Hafan", "Two Hoots",
)  # fmt: skip
NEIGHBOURS = (("E07099002", "Westmarch"), ("E07099003", "Hollin Vale"), ("E07099004", "Saltholme"))
COUNCIL = ("E07099001", "Eastmere")
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
DISTRICTS = (*range(1, 6), *range(20, 99))
"""Of postcodes; a borough needs the first five, and measurements with a million addresses more."""
SECTORS = [f"EM{district}{sector}" for district in DISTRICTS for sector in range(1, 5)]
UNITS = 250
PER_POSTCODE = 15
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")


@dataclass(slots=True)
class Postcodes:
    """The postcodes still to be given out, in the order of the streets, so that neighbours share a sector."""

    chance: Random
    left: list[str] = field(default_factory=list)
    given: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        for sector in SECTORS:
            units = [a + b for a in LETTERS for b in LETTERS]
            self.left += [sector + unit for unit in self.chance.sample(units, UNITS)]
        self.left.reverse()

    def next(self) -> str:
        self.given.append(self.left.pop())
        return self.given[-1]


@dataclass(slots=True)
class Borough:
    """Makes one street after another until there are enough addresses."""

    chance: Random
    postcodes: Postcodes
    uprn: int = 10_090_000_000
    usrn: int = 47_200_000

    def rows(self, least: int) -> Iterator[dict[str, str]]:
        made = 0
        for name in self._names():
            for row in self._street(*name):
                made += 1
                yield row
            if made >= least:
                return

    def _names(self) -> Iterator[tuple[str, str]]:
        """Yield names of streets with their Welsh names; from the second round on with a word before them."""
        for before in BEFORE:
            names = [(f"{before}{first} {last}", "") for first in FIRST for last in LAST if not last.startswith(first)]
            self.chance.shuffle(names)
            for place, welsh in enumerate(() if before else WELSH):
                names.insert(20 * place + 3, (welsh, welsh))
            yield from names

    def _street(self, name: str, other: str) -> Iterator[dict[str, str]]:
        chance = self.chance
        self.usrn += 1
        houses = self._houses(chance.choice((12, 20, 28, 40, 60, 90)))
        at = (SOUTH + HIGH * (0.06 + 0.88 * chance.random()), WEST + WIDE * (0.06 + 0.88 * chance.random()))
        angle = chance.random() * 2 * math.pi
        postcode, left = "", 0
        new_build = chance.random() < 0.008
        for place, (house, flat, organisation) in enumerate(houses):
            if left == 0 and not new_build:
                postcode, left = self.postcodes.next(), max(4, round(chance.gauss(PER_POSTCODE, 6)))
            left -= 1
            along = place * 0.00006
            latitude, longitude = at[0] + along * math.sin(angle), at[1] + 1.6 * along * math.cos(angle)
            yield self._row(name, other, house, flat, organisation, "" if new_build else postcode, latitude, longitude)

    def _houses(self, count: int) -> list[tuple[str, str, str]]:
        """Return number, flat and organisation of each address of a street."""
        chance, number = self.chance, 1
        found: list[tuple[str, str, str]] = []
        while len(found) < count:
            kind = chance.random()
            house = f"{number}{'A' if kind > 0.97 else ''}"
            if kind < 0.02:
                found += [(house, f"Flat {flat}", "") for flat in range(1, chance.choice((4, 8, 12, 24)) + 1)]
            elif kind < 0.03:
                found.append((chance.choice(HOUSES), "", ""))
            elif kind < 0.035:
                found += [(f"{number}A", f"Flat {flat}", "") for flat in (1, 2)] + [(f"{number}A", "Garden Flat", "")]
            elif kind < 0.045:
                found.append(
                    (house, "", f"Eastmere {chance.choice(('Bakery', 'Dental Practice', 'Hardware', 'Books'))}")
                )
            else:
                found.append((house, "", ""))
            number += 2 if number < count * 2 else 1
        return list(dict.fromkeys(found))

    def _row(
        self, name: str, other: str, house: str, flat: str, organisation: str, postcode: str, latitude: float, longitude: float
    ) -> dict[str, str]:  # fmt: skip
        self.uprn += self.chance.randint(1, 9)
        number = "".join(letter for letter in house if letter.isdigit()) if house[0].isdigit() else ""
        return {
            "uprn": str(self.uprn), "usrn": str(self.usrn), "state": "2", "change_type": "I",
            "class": "CR" if organisation else "RD06" if flat else "RD", "local_custodian_code": "2099",
            "latitude": f"{latitude:.7f}", "longitude": f"{longitude:.7f}", "country": "E", "la_organisation": organisation.upper(),
            "sao_text": flat.upper(), "pao_start_number": number, "pao_start_suffix": house[len(number) :] if number else "",
            "pao_text": "" if number else house.upper(), "street_description": name.upper(),
            "alt_language_street_description": other.upper(), "town_name": "EASTMERE", "post_town": "EASTMERE",
            "postcode": f"{postcode[:-3]} {postcode[-3:]}" if postcode else "", "ward_code": ward_at(latitude, longitude),
        }  # fmt: skip


def write_addresses(path: Path, borough: Borough, least: int) -> int:
    """Write the addresses in the columns of AddressBase Plus, with a header; return how many."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, PLUS, restval="", quoting=csv.QUOTE_ALL)
        writer.writeheader()
        for row in borough.rows(least):
            writer.writerow(row)
            count += 1
    return count


def rounds_of(row: Mapping[str, str], chance: Random) -> str:
    """Return the collection rounds of a home: one day and one of two rounds a street, garden waste for one home in three."""
    street = int(row["usrn"])
    name = f"{DAYS[street % 5]}-{street // 5 % 2 + 1}"
    return f"{name} garden-{name}" if chance.random() < 1 / 3 else name


def write_rounds(path: Path, addresses: Path, chance: Random) -> None:
    with addresses.open(encoding="utf-8", newline="") as source, path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("uprn", "rounds"))
        for row in csv.DictReader(source):
            if row["class"].startswith("R"):
                writer.writerow((row["uprn"], rounds_of(row, chance)))


def write_postcodes(folder: Path, given: Sequence[str], chance: Random) -> None:
    """Write a postcode directory, with the postcodes of the neighbours, and the names of the councils."""
    with (folder / "councils.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("LAD25CD", "LAD25NM"), COUNCIL, *NEIGHBOURS])
    with (folder / "postcodes.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("pcds", "doterm", "oslaua"))
        writer.writerows((f"{one[:-3]} {one[-3:]}", "", COUNCIL[0]) for one in sorted(given))
        for number, (code, _) in enumerate(NEIGHBOURS):
            units = {
                f"EM{7 + number} {chance.randint(1, 4)}{''.join(chance.choices(LETTERS, k=2))}" for _ in range(200)
            }
            writer.writerows((one, "", code) for one in sorted(units))


def make(folder: Path, addresses: int) -> int:
    """Write every file of the gazetteer into a folder; return how many addresses there are."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = Random(SEED)
    postcodes = Postcodes(chance)
    count = write_addresses(folder / "addresses.csv", Borough(chance, postcodes), addresses)
    write_rounds(folder / "rounds.csv", folder / "addresses.csv", chance)
    write_postcodes(folder, postcodes.given, chance)
    write_wards(folder / "wards.geojson")
    with (folder / "addresses.csv").open(encoding="utf-8", newline="") as file:
        write_map(folder / "map.geojson", csv.DictReader(file))
    return count


def make_into(gazetteer: Path, addresses: int) -> int:
    """Make the gazetteer without files between; return how many addresses there are."""
    chance = Random(SEED)
    postcodes, into = Postcodes(chance), ImportedPlaces()
    rows = list(Borough(chance, postcodes).rows(addresses))
    read_plus((NamedRow(line, row) for line, row in enumerate(rows, 2)), "addresses.csv", into)
    into.rounds = {int(row["uprn"]): rounds_of(row, chance) for row in rows if row["class"].startswith("R")}
    with TemporaryDirectory() as folder:
        write_postcodes(Path(folder), postcodes.given, chance)
        write_map(Path(folder) / "map.geojson", rows)
        more = read_files([Path(folder) / name for name in ("postcodes.csv", "councils.csv", "map.geojson")])
    into.directory, into.councils, into.shapes = more.directory, more.councils, more.shapes
    assert not into.faults and not more.faults
    return write_gazetteer(gazetteer, into).premises


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the fictional gazetteer of Eastmere.")
    parser.add_argument("where", type=Path, help="a folder for the files, or the file of a gazetteer: NAME.db")
    parser.add_argument("--addresses", type=int, default=62_000)
    options = parser.parse_args()
    make_it = make_into if options.where.suffix == ".db" else make
    print(f"{options.where}: {make_it(options.where, options.addresses):,} addresses")


if __name__ == "__main__":
    main()
