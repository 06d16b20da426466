"""Rows as councils really have them: odd ones are read, wrong ones are reported with their line, and the others are still imported."""

import asyncio
from pathlib import Path

import pytest
from support.samples.gazetteer_files import CORE, HOUSE, PLUS_HOUSE, dtf_name, dtf_property, dtf_row, write_csv

from onestop.lookup.finder import NotFound, understand
from onestop.places.files.address_base import PLUS
from onestop.places.files.recognise import read_files
from onestop.places.gazetteer.reader import Gazetteer
from onestop.places.gazetteer.writer import write_gazetteer
from onestop.places.imported import ImportedPlaces
from onestop.places.premises import LocatedPremises
from onestop.places.query import PlaceQuery
from server import main

STREET = dtf_row("15", "I", "1", "47200001", "QUAY STREET", "", "EASTMERE", "LINCS", "ENG")


def lines_of(found: ImportedPlaces) -> dict[int, str]:
    listed = (LocatedPremises(one, found.streets[one.usrn].name) for one in found.premises.values())
    return {one.premises.uprn % 1000: one.first_line for one in listed}


def faults_of(found: ImportedPlaces) -> list[tuple[int, str]]:
    return [(fault.line, fault.message) for fault in found.faults]


def numbered(number: int, **values: str) -> dict[str, str]:
    return {**HOUSE, "uprn": str(100_091_000_000 + number), **values}


def test_names_and_numbers_of_core_are_written_as_an_address(tmp_path: Path) -> None:
    rows = [
        numbered(1, building_number="14A-16"),
        numbered(2, building_number="", building_name="ROSE COTTAGE"),
        numbered(3, building_number="14", building_name="WHARF HOUSE", sub_building="FLAT 2"),
        numbered(4, building_number="", organisation="EASTMERE ROWING CLUB"),
        numbered(5, latitude="", longitude="", easting="", northing=""),
        numbered(6, postcode=""),
    ]
    found = read_files([write_csv(tmp_path / "core.csv", CORE, rows)])
    assert faults_of(found) == []
    assert lines_of(found) == {
        1: "14A-16 Quay Street",
        2: "Rose Cottage, Quay Street",
        3: "Flat 2, Wharf House, 14 Quay Street",
        4: "Eastmere Rowing Club, Quay Street",
        5: "14A Quay Street",
        6: "14A Quay Street",
    }
    assert (found.premises[100_091_000_005].latitude, found.premises[100_091_000_006].postcode) == (0.0, "")


def test_ranges_and_names_of_plus_are_written_as_an_address(tmp_path: Path) -> None:
    bare = {**PLUS_HOUSE, "sao_text": "", "pao_start_number": "", "pao_start_suffix": "", "pao_end_number": ""}
    rows = [
        {**bare, "uprn": "1", "pao_start_number": "14", "pao_start_suffix": "a", "pao_end_number": "16"},
        {**bare, "uprn": "2", "pao_text": "THE OLD MILL", "pao_start_number": "3"},
        {
            **bare,
            "uprn": "3",
            "sao_start_number": "2",
            "sao_end_number": "4",
            "sao_end_suffix": "B",
            "pao_start_number": "9",
        },
        {**bare, "uprn": "4", "la_organisation": "HARBOUR OFFICE"},
        {**bare, "uprn": "5", "pao_start_number": "1", "class": "PP"},
        {**bare, "uprn": "6", "pao_start_number": "1", "latitude": "", "longitude": ""},
    ]
    found = read_files([write_csv(tmp_path / "plus.csv", PLUS, rows, head=False)])
    assert faults_of(found) == []
    assert lines_of(found) == {
        1: "14a-16 Heol y Môr",
        2: "The Old Mill, 3 Heol y Môr",
        3: "Flat 2-4B, 9 Heol y Môr",
        4: "Harbour Office, Heol y Môr",
        6: "1 Heol y Môr",
    }


def test_a_property_twice_is_a_fault_only_if_its_addresses_differ(tmp_path: Path) -> None:
    rows = [numbered(1), numbered(1), numbered(1, building_number="99"), numbered(2)]
    found = read_files([write_csv(tmp_path / "core.csv", CORE, rows)])
    assert faults_of(found) == [(4, "the property 100091000001 is in line 2 already, with another address")]
    assert lines_of(found) == {1: "14A Quay Street", 2: "14A Quay Street"}


def test_half_a_point_and_a_point_off_the_grid_are_faults(tmp_path: Path) -> None:
    nowhere = {"latitude": "", "longitude": ""}
    rows = [
        numbered(1, **nowhere, easting="651409"),
        numbered(2, **nowhere, easting="9651409", northing="313177"),
        numbered(3, **nowhere, easting="-5", northing="313177"),
        numbered(4, longitude=""),
    ]
    found = read_files([write_csv(tmp_path / "core.csv", CORE, rows)])
    assert [line for line, _ in faults_of(found)] == [2, 3, 4, 5]
    assert not found.premises and not found.grid


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_encoding_that_councils_save(tmp_path: Path, encoding: str, end: str) -> None:
    file = write_csv(
        tmp_path / "core.csv", CORE, [numbered(1, street_name="Ffordd Tŷ Bach" if "utf" in encoding else "Café Row")]
    )
    text = file.read_text(encoding="utf-8").replace("\r\n", "\n").replace("\n", end)
    file.write_bytes(text.encode(encoding))
    found = read_files([file])
    assert faults_of(found) == []
    assert next(iter(found.streets.values())).name in ("Ffordd Tŷ Bach", "Café Row")


def test_status_language_and_length_of_the_rows_of_an_llpg(tmp_path: Path) -> None:
    def status(uprn: str, status: str, **values: str) -> str:
        fields = dtf_property(uprn).split(",")
        fields[4] = f'"{status}"'
        if "east" in values:
            fields[9] = fields[10] = f'"{values["east"]}"'
        return ",".join(fields)

    written = [
        STREET,
        dtf_row("15", "I", "1", "47200002", "STRYD Y CEI", "", "EASTMERE", "LINCS", "CYM"),
        status("1", "1"), dtf_name("1", "ENG", "6", "13"), dtf_name("1", "ENG", "1", "14"), dtf_name("1", "CYM", "1", "15"),
        status("2", "8"), dtf_name("2", "ENG", "8", "20"),
        status("3", "6"), dtf_name("3", "ENG", "6", "22"),
        status("4", "1", east=""), dtf_name("4", "CYM", "1", "24").replace("47200001", "47200002"),
        status("5", "1"), dtf_name("5", "ENG", "3", "26"),
        status("6", "1"), dtf_name("6", "ENG", "1", "28").replace("47200001", "47209999"),
        status("7", "1"), dtf_row("24", "I", "1", "7", "x"),
        status("1", "1"),
        dtf_row("15", "I", "1", "47200003", "", "", "EASTMERE", "LINCS", "ENG"),
        dtf_row("15", "I", "1"),
    ]  # fmt: skip
    file = tmp_path / "llpg.csv"
    file.write_bytes("\r\n".join(written).encode("cp1252"))
    found = read_files([file])
    assert not found.refused, "a short row is no sign of AddressBase Premium"
    assert lines_of(found) == {1: "14 Quay Street", 3: "22 Quay Street", 4: "24 Stryd y Cei"}
    assert {line: message.split(":")[0].partition(" ")[0] for line, message in faults_of(found)} == {
        13: "the", 16: "there", 17: "the", 18: "has", 19: "the", 20: "a", 21: "has",
    }  # fmt: skip
    assert found.premises[4].latitude == 0.0, "a blank point is nowhere, not in the sea at the corner of the grid"


def test_a_property_with_a_row_for_each_of_its_rounds_has_all_of_them(tmp_path: Path) -> None:
    file = tmp_path / "rounds.csv"
    file.write_text("uprn,rounds\n7,monday-1\n7,garden-2;monday-1\n8,friday-1\n")
    assert read_files([file]).rounds == {7: "monday-1 garden-2", 8: "friday-1"}


def test_the_rest_is_imported_if_asked_and_what_was_there_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gazetteer = tmp_path / "g.db"
    where = ["--gazetteer", str(gazetteer)]
    core = write_csv(tmp_path / "core.csv", CORE, [numbered(1), numbered(2)])
    assert main(["places", "import", str(core), *where]) == 0
    write_csv(core, CORE, [numbered(1, usrn="none"), numbered(2, building_number="15"), numbered(3)])
    assert main(["places", "import", str(core), *where]) == 1
    assert "1 faults; nothing was imported" in capsys.readouterr().out
    assert main(["places", "import", "--skip-faults", str(core), *where]) == 0
    said = capsys.readouterr().out
    assert f"{core}:2:1: `usrn` is `none`" in said
    assert "1 faults; their rows were left out" in said and "2 rows changed" in said

    async def there() -> list[str]:
        reader = Gazetteer(gazetteer)
        try:
            return [one.first_line for one in await reader.at_postcode("EM42QT")]
        finally:
            reader.close()

    assert asyncio.run(there()) == ["14A Quay Street", "14A Quay Street", "15 Quay Street"]
    assert main(["places", "import", "--skip-faults", "--whole", str(core), *where]) == 1
    (tmp_path / "other.csv").write_text("milk\n1\n")
    assert main(["places", "import", "--skip-faults", str(core), str(tmp_path / "other.csv"), *where]) == 1
    assert "nothing was imported" in capsys.readouterr().out


async def test_a_property_with_the_flag_hidden_is_as_if_it_did_not_exist(tmp_path: Path) -> None:
    core = write_csv(tmp_path / "core.csv", CORE, [numbered(1), numbered(2, postcode="EM4 2QU")])
    other = tmp_path / "flags.csv"
    other.write_text("uprn,flags\n100091000001,listed hidden\n100091000002,unhidden\n")
    rounds = tmp_path / "rounds.csv"
    rounds.write_text("uprn,rounds\n100091000001,monday-1\n")
    write_gazetteer(tmp_path / "g.db", read_files([core, other, rounds]))
    reader = Gazetteer(tmp_path / "g.db")
    for typed in ("EM4 2QT", "14A Quay Street, EM4 2QT"):
        assert await understand(reader, typed) == NotFound("EM42QT")
    assert await understand(reader, "EM4 2QU") == PlaceQuery("postcode", "EM42QU")
    assert await understand(reader, "100091000001") == await understand(reader, "100091999999") == NotFound()
    assert await reader.find(100_091_000_001) is None and await reader.find(100_091_000_002)
    assert not await reader.rounds_of(100_091_000_001) and not await reader.flags_of(100_091_000_001)
    reader.close()
