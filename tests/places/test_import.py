"""Every file a council holds is recognised by its columns, and every fault is reported with its line."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from support.samples.gazetteer_files import CORE, HOUSE, PLUS_HOUSE, dtf_name, dtf_property, dtf_row, write_csv

from onestop.places.files.address_base import PLUS
from onestop.places.files.recognise import read_files
from onestop.places.gazetteer.reader import Gazetteer
from onestop.places.gazetteer.shapes import read_shapes
from onestop.places.gazetteer.writer import write_gazetteer
from onestop.places.imported import ImportedPlaces
from onestop.places.map_shape import Box
from onestop.places.premises import LocatedPremises
from scripts.make_gazetteer import make


def addresses(found: ImportedPlaces) -> list[str]:
    return [LocatedPremises(one, found.streets[one.usrn].name).one_line for one in found.premises.values()]


def test_addressbase_core_with_the_header_of_every_tile(tmp_path: Path) -> None:
    flat = {**HOUSE, "uprn": "100091000002", "sub_building": "FLAT 2", "organisation": 'THE "OLD" BAKERY'}
    file = write_csv(tmp_path / "core.csv", [name.upper() for name in CORE], [{k.upper(): v for k, v in HOUSE.items()}])
    with file.open("a", encoding="utf-8") as out:
        out.write(",".join(CORE) + "\r\n")
        out.write(",".join('"' + flat.get(name, "").replace('"', '""') + '"' for name in CORE) + "\r\n")
    found = read_files([file])
    assert not found.faults
    assert addresses(found) == [
        "14A Quay Street, Eastmere, EM4 2QT",
        'The "old" Bakery, Flat 2, 14A Quay Street, Eastmere, EM4 2QT',
    ]


def test_wrong_rows_are_reported_together_with_their_lines(tmp_path: Path) -> None:
    rows = [
        HOUSE,
        {**HOUSE, "uprn": "1000910000011"},
        {**HOUSE, "uprn": "abc"},
        {**HOUSE, "postcode": "EM4 2"},
        {**HOUSE, "latitude": "12.5"},
        {**HOUSE, "usrn": ""},
        {**HOUSE, "building_number": ""},
    ]
    file = write_csv(tmp_path / "core.csv", CORE, rows)
    with file.open("a", encoding="utf-8") as out:
        out.write("1,2,3\n")
    found = read_files([file])
    assert [(fault.line, fault.message.split(":")[0]) for fault in found.faults] == [
        (3, "`uprn` must be a number of 1 to 12 digits"),
        (4, "`uprn` is `abc`"),
        (5, "`EM4 2` is not a postcode"),
        (6, "the point 12.5, -0.1 is not in the United Kingdom"),
        (7, "the property has no street"),
        (8, "the property has no number, name or organisation"),
        (9, "has 3 columns instead of 27"),
    ]
    assert all(fault.file == str(file) for fault in found.faults)


def test_a_broken_quote_is_a_fault(tmp_path: Path) -> None:
    file = tmp_path / "core.csv"
    file.write_text(",".join(CORE) + "\n" + '"1"2,' + "," * 25 + "\n")
    assert [fault.line for fault in read_files([file]).faults] == [2]


@pytest.mark.parametrize("head", [True, False])
def test_addressbase_plus_with_and_without_a_header(tmp_path: Path, head: bool) -> None:
    found = read_files([write_csv(tmp_path / "plus.csv", PLUS, [PLUS_HOUSE], head)])
    assert not found.faults
    assert addresses(found) == ["Garden Flat, 1A-3 Heol y Môr, Eastmere, EM4 2QT"]
    assert next(iter(found.premises.values())).ward == "E05099001"


def test_llpg_in_dtf_joins_its_rows_and_drops_names_out_of_use(tmp_path: Path) -> None:
    file = tmp_path / "llpg.csv"
    lines = [
        dtf_row("10", "Eastmere", "2099", "2026-11-01", "1", "2026-11-01", "10:00:00", "7.3", "F"),
        dtf_row("15", "I", "1", "47200001", "QUAY STREET", "", "EASTMERE", "LINCS", "ENG"),
        dtf_row("15", "I", "1", "47200001", "STRYD Y CEI", "", "EASTMERE", "LINCS", "CYM"),
        dtf_property("100091000001"),
        dtf_property("100091000009", "PP"),
        dtf_name("100091000001", "ENG", "8", "13"),
        dtf_name("100091000001", "ENG", "1", "14", "FLAT 2"),
        dtf_name("100091000001", "CYM", "1", "14", "FFLAT 2"),
    ]
    file.write_bytes("\r\n".join(lines).encode("cp1252"))
    found = read_files([file])
    assert not found.faults
    assert addresses(found) == ["Flat 2, 14 Quay Street, Eastmere, EM4 2QT"]
    assert found.streets[47200001].other == "Stryd y Cei"
    one = found.premises[100091000001]
    # OS's own example: TG 51409 13177 is 52 39 28.72 N, 1 42 57.79 E.
    assert (one.latitude, one.longitude) == pytest.approx((52.657979, 1.716052), abs=0.0001)


def test_addressbase_premium_is_refused_and_not_read_as_dtf(tmp_path: Path) -> None:
    file = tmp_path / "premium.csv"
    premium = ["24", "I", "1", "100091000001", "2099L1", "ENG", "1", *[""] * 19]
    file.write_text(dtf_row("10", "GeoPlace", "9999") + "\n" + dtf_row(*premium) + "\n")
    found = read_files([file])
    assert [(fault.line, fault.message.split(":")[0]) for fault in found.faults] == [(2, "this is AddressBase Premium")]
    assert not found.premises


def test_points_directories_and_names_of_councils(tmp_path: Path) -> None:
    core = write_csv(tmp_path / "core.csv", CORE, [HOUSE])
    points = tmp_path / "open_uprn.csv"
    points.write_text("UPRN,X_COORDINATE,Y_COORDINATE,LATITUDE,LONGITUDE\n000100091000001,1,2,52.96,-0.12\n")
    directory = tmp_path / "onspd.csv"
    directory.write_text("pcd,pcds,doterm,oslaua\nEM7 1AA,EM7 1AA,,E07099002\nEM7 1AB,EM7 1AB,201001,E07099002\n")
    newest = tmp_path / "nspl.csv"
    newest.write_text("pcd7,pcds,doterm,wd26cd,lad26cd\nEM8 1AA,EM8 1AA,,E05,E07099003\n")
    names = tmp_path / "names.csv"
    names.write_text("\ufeffLAD25CD,LAD25NM\nE07099002,Westmarch\n", encoding="utf-8")
    found = read_files([core, points, directory, newest, names])
    assert not found.faults
    assert found.directory == {"EM71AA": "E07099002", "EM81AA": "E07099003"}
    assert [(one.latitude, one.longitude) for one in found.located()] == [(52.96, -0.12)]
    assert found.councils == {"E07099002": "Westmarch"}


def test_the_ward_of_a_point_comes_from_its_polygon(tmp_path: Path) -> None:
    ring = [[-0.2, 52.9], [0.0, 52.9], [0.0, 53.0], [-0.2, 53.0], [-0.2, 52.9]]
    feature = {
        "type": "Feature", "properties": {"WD25CD": "E05099007", "WD25NM": "Priory"},
        "geometry": {"type": "MultiPolygon", "coordinates": [[ring]]},
    }  # fmt: skip
    file = tmp_path / "wards.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    found = read_files([write_csv(tmp_path / "core.csv", CORE, [HOUSE]), file])
    assert not found.faults
    assert next(iter(found.premises.values())).ward == "E05099007"


def test_a_file_that_is_none_of_these(tmp_path: Path) -> None:
    file = tmp_path / "shopping.csv"
    file.write_text("milk,eggs\n1,2\n")
    assert [fault.line for fault in read_files([file, tmp_path / "missing.csv"]).faults] == [1, 1]


async def test_an_import_again_changes_nothing_and_a_change_only_file_deletes(tmp_path: Path) -> None:
    gazetteer = tmp_path / "gazetteer.db"
    other = {**HOUSE, "uprn": "100091000002", "building_number": "16"}
    core = read_files([write_csv(tmp_path / "core.csv", CORE, [HOUSE, other])])
    assert write_gazetteer(gazetteer, core).changed == 2
    assert write_gazetteer(gazetteer, core).changed == 0
    moved = read_files([write_csv(tmp_path / "core.csv", CORE, [{**HOUSE, "building_number": "14B"}, other])])
    assert write_gazetteer(gazetteer, moved).changed == 1
    gone = read_files([write_csv(tmp_path / "core.csv", CORE, [{**other, "change_code": "D"}])])
    written = write_gazetteer(gazetteer, gone)
    assert (written.removed, written.premises) == (1, 1)
    reader = Gazetteer(gazetteer)
    assert [one.one_line for one in await reader.at_postcode("EM42QT")] == ["14B Quay Street, Eastmere, EM4 2QT"]
    assert write_gazetteer(gazetteer, core, whole=True).premises == 2
    assert len(await reader.at_postcode("EM42QT")) == 2
    reader.close()


def test_the_files_of_the_fictional_borough_are_imported(tmp_path: Path) -> None:
    make(tmp_path, 500)
    found = read_files(sorted(file for file in tmp_path.iterdir()))
    assert not found.faults
    assert found.files == 6
    assert len(found.premises) >= 500
    # The wards of the polygons are those that the rows have.
    assert len({one.ward for one in found.premises.values()}) > 3
    assert found.rounds and found.directory and found.councils


def test_lines_and_water_are_shapes_of_maps_and_replace_those_before(tmp_path: Path) -> None:
    def feature(kind: str, form: str, coordinates: object) -> dict[str, object]:
        properties = {"kind": kind, "name": "Quay Street"}
        return {"type": "Feature", "properties": properties, "geometry": {"type": form, "coordinates": coordinates}}

    line, ring = [[-0.1, 52.9], [-0.09, 52.91]], [[-0.1, 52.9], [-0.09, 52.91], [-0.09, 52.9], [-0.1, 52.9]]
    file, gazetteer = tmp_path / "map.geojson", tmp_path / "g.db"
    features = [
        feature("", "LineString", line),
        feature("road", "MultiLineString", [line]),
        feature("water", "Polygon", [ring]),
    ]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    into = read_files([file])
    assert not into.faults
    assert [(one.kind, one.name) for one in into.shapes] == [
        ("street", "Quay Street"),
        ("road", "Quay Street"),
        ("water", "Quay Street"),
    ]
    for _ in range(2):
        write_gazetteer(gazetteer, into)
        with closing(sqlite3.connect(gazetteer)) as connection:
            assert len(read_shapes(connection, Box(52.905, 52.906, -0.2, 0.0))) == 3
            assert not read_shapes(connection, Box(53.0, 53.1, -0.2, 0.0))
    features.append(feature("park", "Polygon", [ring]))
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    assert [fault.message[:9] for fault in read_files([file]).faults] == ["feature 4"]
