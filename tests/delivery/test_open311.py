"""Open311: cases become reports of a GeoReport v2 server, and their number and status come back."""

import asyncio
from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from aiohttp import web
from delivery.desks import Clock, Fixed, context_of, rounds, sent, truth
from delivery.georeport_stand_in import KEY, GeoReportStandIn
from delivery.http_receiver import PARCEL, Handler, answering, receiver
from support.samples.journey_samples import NOW

from onestop.capabilities.outbox_command import run_outbox
from onestop.casework.case import Json
from onestop.delivery.kinds.destination import Accepted, Outcome, PermanentFailure, TemporaryFailure
from onestop.delivery.kinds.georeport import records
from onestop.delivery.kinds.open311 import Open311, Open311Options
from onestop.delivery.kinds.report_fields import ServiceMapping
from onestop.delivery.routes import Destinations, Routes, read_routes
from onestop.delivery.status_poll import StatusPoll
from onestop.delivery.worker import DeliveryWorker
from onestop.settings import read_settings
from onestop.store.database import Database

MAPPING = ServiceMapping("MB01", place="home", description=("when",), attributes=(("WHICH", "bin"), ("WHEN", "when")))
ANSWERS: list[Json] = [
    {"ask": "home", "question": "Address?", "said": "12 High Street, EM4 2QT", "value": "12 High Street, EM4 2QT"},
    {"ask": "bin", "question": "Which bin?", "said": "Garden waste", "value": "garden"},
    {"ask": "when", "question": "When?", "said": "Tuesday", "value": "2026-11-24"},
    {"ask": "name", "question": "Name?", "said": "Gwenllian Prys", "value": "Gwenllian Prys"},
]
DESKS = """
waste:
  name: Waste
  destinations:
    - kind: open311
      url: https://r.example/v2
      secret: contractor
      format: xml
      services:
        missed-bin: {code: MB01, place: home, description: [when], attributes: {WHICH: bin}}
"""
CASE = replace(PARCEL, body={**PARCEL.body, "journey": "missed-bin", "title": "Missed bin", "answers": ANSWERS})


def opened(folder: Path, url: str, form: Any = "json", key: str = KEY, mapping: ServiceMapping = MAPPING) -> Open311:
    (folder / "secrets.toml").write_text(f'contractor = "{key}"')
    (folder / "secrets.toml").chmod(0o600)
    options = Open311Options(url, form, "", "contractor", (("missed-bin", mapping), ("j", mapping)))
    found = options.open(context_of(folder, private_destinations="yes", secrets=str(folder / "secrets.toml")))
    assert isinstance(found, Open311)
    return found


async def reported(server: Open311, tries: int = 1, **body: Json) -> Outcome:
    (outcome,) = await server.deliver([replace(CASE, tries=tries, body={**CASE.body, **body})])
    return outcome


@pytest.mark.parametrize("form", ["json", "xml"])
async def test_a_case_becomes_a_report_with_its_attributes(form: str, tmp_path: Path) -> None:
    stand_in = GeoReportStandIn()
    async with receiver(stand_in.answer) as server:
        open311 = opened(tmp_path, server.url, form)
        assert await reported(open311) == Accepted("101", ask=3600)
        await reported(open311)
    report = stand_in.reports[0]
    assert report["attribute[WHICH]"] == "2" and report["attribute[WHEN]"] == "Tuesday"
    assert report["address_string"] == "12 High Street, EM4 2QT"
    assert report["description"] == "Missed bin\nTuesday\nReference 123 456 7890"
    # Reports may be published: only what desks.yaml names is in one.
    assert "Gwenllian" not in str(report)
    assert stand_in.fetched.count("GET services/MB01") == 1


@pytest.mark.parametrize("form", ["json", "xml"])
async def test_a_report_whose_answer_was_lost_is_found_and_not_made_twice(form: str, tmp_path: Path) -> None:
    stand_in = GeoReportStandIn(lose_answers=1)
    async with receiver(stand_in.answer) as server:
        open311 = opened(tmp_path, server.url, form)
        assert isinstance(await reported(open311), TemporaryFailure)
        assert await reported(open311, tries=2) == Accepted("101", ask=3600)
    assert len(stand_in.reports) == 1


async def test_a_server_that_lists_no_reports_is_sent_it_again(tmp_path: Path) -> None:
    stand_in = GeoReportStandIn(lists=False)
    async with receiver(stand_in.answer) as server:
        assert await reported(opened(tmp_path, server.url), tries=2) == Accepted("101", ask=3600)


@pytest.mark.parametrize("form", ["json", "xml"])
async def test_the_number_of_a_token_and_the_status_are_asked_for_later(
    form: str, database: Database, clock: Clock, tmp_path: Path
) -> None:
    stand_in = GeoReportStandIn(tokens=True)
    async with receiver(stand_in.answer) as server:
        mapping = replace(MAPPING, place="", fields=(("address_string", "name"),), attributes=(("WHICH", "name"),))
        open311 = opened(tmp_path, server.url, form, mapping=mapping)
        open311.definitions["MB01"] = 9e9, ()
        case = await sent(database)
        parcel = replace(CASE, case=case)
        routes = Routes({"waste": {"folder": Fixed(open311)}})
        destinations = Destinations(lambda: routes, context_of(tmp_path))
        worker = DeliveryWorker(database, destinations, clock, Random(1))

        async def deliver(parcels):  # type: ignore[no-untyped-def]
            return await Open311.deliver(open311, [replace(parcel, body={**CASE.body, "answers": ANSWERS})])

        open311.deliver = deliver  # type: ignore[method-assign]
        await rounds(worker)
        poll = StatusPoll(database, destinations, clock)

        async def state() -> tuple[str, str, str]:
            await poll.run()
            (one,) = await truth(database, case)
            return one.progress, one.number, one.status

        assert await state() == ("accepted", "", "")
        clock.now += 60
        assert await state() == ("accepted", "", "")
        clock.now += 60
        assert await state() == ("accepted", "101", "open")
        stand_in.reports[0]["status"] = "Closed"
        assert await state() == ("accepted", "101", "open")
        clock.now += 3600
        assert await state() == ("accepted", "101", "closed")
        asked = len(stand_in.fetched)
        clock.now += 90 * 86400
        assert await state() == ("accepted", "101", "closed")
    assert len(stand_in.fetched) == asked and clock.now > NOW


async def test_what_the_service_wants_and_the_journey_lacks_is_said(tmp_path: Path) -> None:
    async with receiver(GeoReportStandIn().answer) as server:
        lacks = await reported(opened(tmp_path, server.url, mapping=replace(MAPPING, attributes=())))
        assert isinstance(lacks, PermanentFailure) and "wants `WHICH`" in str(lacks)
        odd: list[Json] = [ANSWERS[0], {"ask": "bin", "said": "Boat", "value": "boat"}]
        strange = await reported(opened(tmp_path, server.url), answers=odd)
        assert isinstance(strange, PermanentFailure) and "`WHICH` does not have the answer" in str(strange)
        nowhere = await reported(opened(tmp_path, server.url), answers=ANSWERS[1:])
        assert isinstance(nowhere, PermanentFailure) and "has no place" in str(nowhere)
        unknown = await reported(opened(tmp_path, server.url), journey="other")
        assert isinstance(unknown, PermanentFailure) and "names no service" in str(unknown)
        key = await reported(opened(tmp_path, server.url, key="wrong"))
        assert isinstance(key, TemporaryFailure) and "api_key" in str(key)


async def test_a_spot_on_the_map_is_sent_as_coordinates(tmp_path: Path) -> None:
    stand_in = GeoReportStandIn()
    spot: Json = {"ask": "home", "said": "By the bridge", "value": {"words": "By the bridge", "at": [52.1, 0.5]}}
    async with receiver(stand_in.answer) as server:
        await reported(opened(tmp_path, server.url), answers=[spot, *ANSWERS[1:]])
    (report,) = stand_in.reports
    assert (report["lat"], report["long"], report["address_string"]) == ("52.1", "0.5", "By the bridge")


def after_definition(answer: Handler) -> Handler:
    stand_in = GeoReportStandIn()

    async def both(request: web.Request) -> web.StreamResponse:
        return await (stand_in.answer(request) if "services/" in request.path else answer(request))

    return both


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (answering(400, "Gwenllian's street is unknown"), PermanentFailure),
        (answering(404), PermanentFailure),
        (answering(403), TemporaryFailure),
        (answering(500), TemporaryFailure),
        (answering(302, Location="/x"), TemporaryFailure),
        (answering(200, "<html>Welcome</html>"), TemporaryFailure),
        (answering(200, ""), TemporaryFailure),
        (answering(200, "[]"), TemporaryFailure),
        (answering(200, '[{"service_request_id": {"a": 1}}]'), TemporaryFailure),
        (answering(200, "[" * 100_000), TemporaryFailure),
        (answering(200, " " * 2_000_000), TemporaryFailure),
    ],
)
async def test_each_wrong_answer_to_a_report(answer: Handler, outcome: type, tmp_path: Path) -> None:
    async with receiver(after_definition(answer)) as server:
        found = await reported(opened(tmp_path, server.url))
    assert isinstance(found, outcome)
    assert "Gwenllian" not in str(found)


def test_xml_bombs_are_refused() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><service_requests><request>&c;</request></service_requests>'
    with pytest.raises(TemporaryFailure, match="is no XML"):
        [*records(bomb, "xml", "request")]
    outside = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><request>&b;</request>'
    with pytest.raises(TemporaryFailure, match="is no XML"):
        [*records(outside, "xml", "request")]


@pytest.mark.parametrize(
    "shape",
    [
        '[{"service_request_id": 7}]',
        '{"service_requests": [{"service_request_id": "7"}]}',
        '{"service_requests": {"request": [{"service_request_id": "7"}]}}',
    ],
)
def test_lists_are_understood_however_they_are_wrapped(shape: str) -> None:
    (one,) = records(shape.encode(), "json", "request")
    assert str(one["service_request_id"]) == "7"


def test_the_mapping_is_read_from_desks_yaml(tmp_path: Path) -> None:
    (tmp_path / "desks.yaml").write_text(DESKS)
    routes, faults = read_routes(tmp_path, ("en",))
    assert not faults
    mapping = replace(MAPPING, attributes=(("WHICH", "bin"),))
    options = Open311Options("https://r.example/v2", "xml", "", "contractor", (("missed-bin", mapping),))
    assert routes.of("waste") == {"open311": options}
    assert "no secret `contractor`" in routes.missing(context_of(tmp_path))[0]
    (tmp_path / "desks.yaml").write_text(DESKS.replace("place: home, ", ""))
    assert "a report needs a place" in str(read_routes(tmp_path, ("en",))[1][0])


async def test_the_services_of_desks_yaml_are_compared_with_their_server(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with receiver(GeoReportStandIn().answer) as server:
        content = tmp_path / "content"
        content.mkdir()
        (content / "desks.yaml").write_text(DESKS.replace("https://r.example/v2", server.url))
        given = {"content": str(content), "database": f"sqlite:///{tmp_path}/a.db", "private_destinations": "yes"}

        def compare() -> int:
            return run_outbox(Namespace(folder="services", reference=""), read_settings(given, {}))

        assert await asyncio.to_thread(compare) == 0
        said = capsys.readouterr().out
        assert "waste/open311  missed-bin: MB01 WHICH (singlevaluelist, required): answered by bin\n" in said
        assert "missed-bin: MB01 WHEN (string): not answered\n" in said and "NOTE" not in said
        (content / "desks.yaml").write_text(DESKS.replace("https://r.example/v2", server.url).replace("WHICH", "WICH"))
        assert await asyncio.to_thread(compare) == 1
        said = capsys.readouterr().out
        assert "WHICH (singlevaluelist, required): WRONG: no question answers it" in said
        assert "WICH: WRONG: the service has no such attribute" in said
    assert await asyncio.to_thread(compare) == 1
    assert "waste/open311  WRONG: no connection" in capsys.readouterr().out
