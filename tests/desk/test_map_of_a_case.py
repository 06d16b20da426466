"""The page of a case has a map where its resident named a spot or a property, for the officers of its desk only."""

from pathlib import Path

import pytest
from desk.conftest import HALE, MOSS, Desk
from staff.officer_browser import add_officer
from support.followed_case import household
from support.samples.eastmere import eastmere, eastmere_file
from support.servers.borough_server import borough

from onestop.audit.chain import verify
from onestop.casework.case import Json
from onestop.desk.case_map import point_of_case
from onestop.places.gazetteer.reader import Gazetteer
from onestop.places.near import Point
from onestop.store.tables import desk_cases
from onestop.store.tables.desk_cases import Queue

__all__ = ["eastmere", "eastmere_file"]
pytestmark = pytest.mark.slow
SPOT = Point(53.4512, -0.5487)


async def test_the_spot_of_a_report_is_on_a_map_for_its_desk_only(tmp_path: Path, eastmere_file: Path) -> None:
    async with borough(tmp_path, proxy="yes", gazetteer=str(eastmere_file)) as server:
        for officer in (HALE, MOSS):
            await add_officer(server, officer)
        resident = household(server)
        await resident.get("/roads/pothole/ask")
        for answer in ("light", "safe", "street", "out"):
            await resident.send(answer=answer)
        await resident.send(answer="By the church", **{"answer.at": f"{SPOT.latitude},{SPOT.longitude}"})
        await resident.send(do="skip")
        await resident.send(answer="none")
        await resident.send()
        queue = Queue("open", "streets", "", int(server.clock()), 0)
        (listed,) = await server.database.read(lambda tx: desk_cases.page(tx, queue, None, 9))
        place = f"{listed.case.case}/streets"
        moss, hale = await Desk(server).officer("moss"), await Desk(server).officer("hale")
        assert f'src="/desk/map/{place}"' in await moss.get(f"/desk/case/{place}")
        drawn = await moss.request(f"/desk/map/{place}")
        assert drawn.status == 200 and drawn.headers["Content-Type"].startswith("image/svg+xml")
        assert drawn.text.startswith("<svg") and drawn.headers["Cache-Control"] == "no-store"
        assert (await hale.request(f"/desk/map/{place}")).status == 404
        assert not (await verify(server.database)).broken


async def test_the_first_answer_with_a_position_counts_and_without_streets_there_is_no_map(
    eastmere_file: Path, tmp_path: Path
) -> None:
    gazetteer = Gazetteer(eastmere_file)
    (uprn, latitude, longitude) = (await gazetteer._rows("SELECT uprn, latitude, longitude FROM premises LIMIT 1"))[0]
    at: Json = {"ask": "spot", "value": {"words": "", "at": [SPOT.latitude, SPOT.longitude]}}
    home: Json = {"ask": "home", "value": {"uprn": uprn, "lines": ["1 High Street"]}}
    cases: tuple[tuple[list[Json], Point | None], ...] = (
        ([{"ask": "kind", "value": "hole"}, at, home], SPOT),
        ([home, at], Point(latitude, longitude)),
        ([{"ask": "home", "value": {"uprn": 1, "lines": []}}], None),
        ([{"ask": "home", "value": "1 High Street, EM4 2QT"}, {"ask": "note", "value": None}], None),
    )
    for answers, expected in cases:
        assert await point_of_case(gazetteer, {"answers": answers}) == expected
    assert await point_of_case(Gazetteer(tmp_path / "none.db"), {"answers": [at, home]}) is None
