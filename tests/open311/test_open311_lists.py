"""Which requests a list has: the filters of GeoReport v2, one jurisdiction, and what an officer closes."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from open311.reports import REPORT, ROOT, reference_of, server
from support.servers.borough_server import Borough

from onestop.open311.refusal import ReportRefused
from onestop.open311.request_filter import MOST_REFERENCES, RequestFilter, read_filter
from onestop.store.tables import desk_cases

__all__ = ["server"]
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
DAY = 86400


def seconds(moment: datetime) -> int:
    return int(moment.timestamp())


@pytest.mark.parametrize(
    ("query", "start", "end"),
    [
        ({}, NOW - timedelta(days=90), NOW),
        ({"start_date": "", "end_date": " "}, NOW - timedelta(days=90), NOW),
        ({"start_date": "2026-11-01T00:00:00Z"}, datetime(2026, 11, 1, tzinfo=UTC), NOW),
        ({"start_date": "2026-01-01"}, datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)),
        ({"end_date": "2026-04-01"}, datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)),
        (
            {"start_date": "2026-11-01T01:00:00 01:00", "end_date": "2026-11-02T00:00:00Z"},
            datetime(2026, 11, 1, tzinfo=UTC),
            datetime(2026, 11, 2, tzinfo=UTC),
        ),
    ],
)
def test_the_times_of_a_list_are_at_most_ninety_days(query: dict[str, str], start: datetime, end: datetime) -> None:
    found = read_filter(query, NOW)
    assert (found.start, found.end) == (seconds(start), seconds(end))


@pytest.mark.parametrize(
    "query",
    [
        {"start_date": "yesterday"},
        {"end_date": "2026-13-01"},
        {"start_date": "0001-01-01T00:00:00+23:00"},
        {"end_date": "0001-02-01T00:00:00Z"},
        {"start_date": "2026-11-02", "end_date": "2026-11-01"},
        {"start_date": "2026-01-01", "end_date": "2026-11-01"},
        {"status": "fixed"},
        {"service_request_id": ",".join(map(str, range(MOST_REFERENCES + 1)))},
        {"service_code": ",".join(map(str, range(21)))},
    ],
)
def test_a_query_that_makes_no_sense_is_refused(query: dict[str, str]) -> None:
    with pytest.raises(ReportRefused) as refused:
        read_filter(query, NOW)
    assert refused.value.code == 400


def test_lists_with_commas_and_empty_items() -> None:
    found = read_filter({"service_request_id": "2, 1,,", "service_code": ",", "status": "Closed,open"}, NOW)
    assert found == RequestFilter(("2", "1"), (), frozenset(("open", "closed")), found.start, found.end)


async def listed(server: Borough, query: str) -> list[str]:
    answer = await server.get(f"{ROOT}/requests.json?{query}")
    assert answer.status == 200, answer.text
    return [one["service_request_id"] for one in json.loads(answer.text)]


async def close_at_desk(server: Borough, reference: str) -> None:
    """Close a case as its officers do."""

    async def work(tx):  # type: ignore[no-untyped-def]
        for found in await desk_cases.with_reference(tx, reference):
            assert await desk_cases.write(tx, found.case, replace(found.case, state="closed"))

    await server.database.run(work)


@pytest.mark.slow
async def test_numbers_codes_and_statuses_select_requests(server: Borough) -> None:
    first = await reference_of(server)
    second = await reference_of(server, REPORT | {"description": "A second hole"})
    both = f"service_request_id={first},{second},{first},1234567890"
    assert sorted(await listed(server, both)) == sorted((first, second))
    assert await listed(server, f"service_request_id={second}&service_code=other&status=closed") == [second]
    assert sorted(await listed(server, "service_code=other,street-problem")) == sorted((first, second))
    assert await listed(server, "service_code=other") == []
    await close_at_desk(server, first)
    assert await listed(server, "status=closed") == [first]
    assert await listed(server, "status=open") == [second]
    assert len(await listed(server, "status=open,closed")) == 2
    (one,) = json.loads((await server.get(f"{ROOT}/requests/{first}.json")).text)
    assert one["status"] == "closed"


@pytest.mark.slow
async def test_the_one_jurisdiction_may_be_named_and_no_other(server: Borough) -> None:
    number = await reference_of(server)
    assert await listed(server, "jurisdiction_id=") == [number]
    site = server.parts.sites.current
    assert site is not None
    ours = site.catalogue.council.address.removeprefix("https://")
    assert await listed(server, f"jurisdiction_id={ours}") == [number]
    for path in ("requests", "services", f"requests/{number}", "discovery"):
        answer = await server.get(f"{ROOT}/{path}.json?jurisdiction_id=westmere.example")
        assert answer.status == 404 and "jurisdiction_id" in json.loads(answer.text)[0]["description"]
