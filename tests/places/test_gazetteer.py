"""Look-ups in the gazetteer of the borough, and the shape of its postcodes."""

import statistics
from collections import Counter
from pathlib import Path

import pytest

from onestop.journeys.kinds.place import FOUND_BY_DIGITS
from onestop.places.choices import FAN_OUT, path_to
from onestop.places.gazetteer.reader import Gazetteer, NoGazetteer
from onestop.places.keypad import keyed, keyed_short
from onestop.places.premises import LocatedPremises, Premises, titled

pytestmark = pytest.mark.slow


def test_letters_are_keyed_as_on_a_telephone() -> None:
    assert (keyed("EM42QT"), keyed_short("EM42QT"), keyed_short("W1A0AX")) == ("364278", "4278", "120" + "29")


async def test_the_postcodes_have_the_shape_of_real_ones(eastmere: Gazetteer) -> None:
    """Real districts: 95 % share their digits, 5.3 candidates on average, 16 at most."""
    rows = await eastmere._rows("SELECT short FROM postcodes")
    counts = Counter(row[0] for row in rows)
    candidates = [counts[row[0]] for row in rows]
    assert len(rows) > 3000
    assert 0.91 <= sum(count > 1 for count in candidates) / len(candidates) <= 0.98
    assert 4.8 <= statistics.mean(candidates) <= 5.8
    assert max(candidates) <= 16


async def test_there_is_one_of_each_hard_case(eastmere: Gazetteer) -> None:
    def count(sql: str) -> str:
        return f"SELECT count(*) FROM ({sql})"

    sql = {
        "no postcode": "SELECT 1 FROM premises WHERE postcode = ''",
        "two wards": "SELECT 1 FROM premises WHERE postcode <> '' GROUP BY postcode HAVING count(DISTINCT ward) > 1",
        "Flat 2, 14A": "SELECT 1 FROM premises WHERE flat = 'Flat 2' AND house GLOB '[0-9]*A'",
        "house name": "SELECT 1 FROM premises WHERE house GLOB '[A-Z]*'",
        "Welsh": "SELECT 1 FROM streets WHERE other <> ''",
    }
    found = {name: (await eastmere._rows(count(one)))[0][0] for name, one in sql.items()}
    assert all(found.values()), found
    assert (await eastmere.counts())[0] >= 60_000


async def test_every_address_is_chosen_by_digits_within_the_budget(eastmere: Gazetteer) -> None:
    """The digits of the postcode and OK, the postcode among those that share them, then the address."""
    rows = await eastmere._rows("SELECT postcode, short FROM postcodes ORDER BY postcode")
    sharing: dict[str, list[str]] = {}
    for postcode, short in rows:
        sharing.setdefault(str(short), []).append(str(postcode))
    sizes = await eastmere._rows("SELECT postcode, count(*) FROM premises WHERE postcode <> '' GROUP BY postcode")
    presses = []
    for postcode, size in sizes:
        same = sharing[keyed_short(str(postcode))]
        choose = len(path_to(same.index(str(postcode)), len(same))) if len(same) > 1 else 0
        whole = len(keyed(str(postcode))) + 1 + choose
        presses += [whole + len(path_to(place, int(str(size)))) for place in range(int(str(size)))]
    assert len(presses) > 59_000
    assert statistics.median(presses) <= 12
    # Without the two letters of the area, which may be left out.
    assert statistics.median(presses) - 2 == FOUND_BY_DIGITS
    assert max(presses) <= 18


@pytest.mark.parametrize("size", [1, 2, 5, 6, 25, 26, 100, 125, 126])
def test_a_path_leads_to_every_item(size: int) -> None:
    paths = {path_to(place, size) for place in range(size)}
    assert len(paths) == size
    assert all(1 <= row <= FAN_OUT for path in paths for row in path)


async def test_streets_are_found_by_the_beginnings_of_words_in_both_languages(eastmere: Gazetteer) -> None:
    name = str((await eastmere._rows("SELECT name FROM streets WHERE name LIKE 'Abbey %' LIMIT 1"))[0][0])
    first, last = name.lower().split()
    assert name in [street.name for street in await eastmere.streets(f"{first[:3]} {last[:3]}")]
    assert [street.name for street in await eastmere.streets("heol mor")] == ["Heol y Môr"]
    assert await eastmere.streets('"*') == await eastmere.streets("")


async def test_another_councils_postcode_says_which(eastmere: Gazetteer, eastmere_file: Path) -> None:
    rows = await eastmere._rows("SELECT postcode FROM directory WHERE council = 'E07099003' LIMIT 1")
    assert await eastmere.council_of(rows[0][0]) == "Hollin Vale"
    assert await eastmere.council_of("ZZ99ZZ") is None


async def test_the_nearest_come_first(eastmere: Gazetteer) -> None:
    rows = await eastmere._rows("SELECT uprn, latitude, longitude FROM premises LIMIT 1 OFFSET 5000")
    uprn, latitude, longitude = (float(str(value)) for value in rows[0])
    found = await eastmere.near(latitude, longitude, 200, 5)
    assert found[0].premises.uprn == uprn
    assert len(found) == 5


async def test_a_blocked_address_is_as_if_it_did_not_exist(eastmere_file: Path) -> None:
    plain = Gazetteer(eastmere_file)
    rows = await plain._rows("SELECT uprn, postcode FROM premises WHERE postcode <> '' LIMIT 1")
    uprn, postcode = rows[0]
    blocking = Gazetteer(eastmere_file, frozenset({uprn}))
    assert await blocking.find(uprn) is None
    assert len(await blocking.at_postcode(postcode)) == len(await plain.at_postcode(postcode)) - 1
    plain.close()
    blocking.close()


async def test_no_gazetteer(tmp_path: Path) -> None:
    gazetteer = Gazetteer(tmp_path / "none.db")
    with pytest.raises(NoGazetteer):
        await gazetteer.counts()
    gazetteer.close()


def test_numbers_sort_as_numbers() -> None:
    names = [("12", "Flat 10"), ("12", ""), ("2", ""), ("12A", ""), ("12", "Flat 2"), ("12", "Flat 1")]
    listed = sorted(
        (LocatedPremises(Premises(n, 1, house, flat), "Quay Street") for n, (house, flat) in enumerate(names)),
        key=lambda one: one.order,
    )
    assert [(one.premises.house, one.premises.flat) for one in listed] == [
        ("2", ""), ("12", ""), ("12", "Flat 1"), ("12", "Flat 2"), ("12", "Flat 10"), ("12A", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("capitals", "written"),
    [
        ("QUAY STREET", "Quay Street"), ("STOW-ON-THE-WOLD", "Stow-on-the-Wold"), ("O'NEILL CLOSE", "O'Neill Close"),
        ("ST HILDA'S WAY", "St Hilda's Way"), ("14A", "14A"), ("HEOL Y MÔR", "Heol y Môr"), ("McDonald Way", "McDonald Way"),
    ],
)  # fmt: skip
def test_capitals_become_names(capitals: str, written: str) -> None:
    assert titled(capitals) == written
