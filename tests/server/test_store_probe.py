"""Readiness and metrics of the store, and the operator's commands on it."""

import asyncio
import re
from argparse import Namespace
from pathlib import Path
from random import Random

import pytest
from delivery.desks import context_of
from prometheus_client import CollectorRegistry, generate_latest
from support.samples.journey_samples import NOW, a_draft, a_session, answered, submitted
from support.servers.running_server import RunningServer

from onestop.capabilities.outbox_command import run_outbox
from onestop.capability import CommandFailed
from onestop.delivery.routes import Destinations, Routes
from onestop.delivery.worker import DeliveryWorker
from onestop.http.readiness import Readiness
from onestop.server.store_probe import StoreProbe
from onestop.settings import Settings
from onestop.store.connect import open_database
from onestop.store.database import Database
from onestop.store.errors import Unavailable
from onestop.store.tables import outbox


def probe_of(database: Database, folder: Path) -> tuple[StoreProbe, DeliveryWorker]:
    worker = DeliveryWorker(database, Destinations(Routes, context_of(folder)), lambda: NOW + 60, Random(1))
    return StoreProbe(database, worker, folder, Readiness(), lambda: NOW + 60), worker


def samples(probe: StoreProbe) -> dict[str, float]:
    registry = CollectorRegistry()
    registry.register(probe)
    lines = re.findall(r"^(onestop_[^ ]+) (\S+)$", generate_latest(registry).decode(), re.MULTILINE)
    return {name: float(value) for name, value in lines}


async def test_metrics_count_waiting_and_delivered_cases(database: Database, tmp_path: Path) -> None:
    await submitted(database, await answered(database, await a_draft(database, await a_session(database))))
    probe, worker = probe_of(database, tmp_path / "outbox")
    await probe.run()
    found, route = samples(probe), 'desk="waste",destination="folder"'
    assert probe.readiness.troubles == ()
    assert (found["onestop_database_up"], found["onestop_outbox_writable"]) == (1, 1)
    assert 0 < found["onestop_database_seconds"] < 60
    waiting = route.replace(",", ",") + ',state="waiting"'
    assert found[f"onestop_outbox_cases{{{waiting}}}"] == 1
    assert found[f"onestop_outbox_oldest_seconds{{{waiting}}}"] == 60
    await worker.once()
    await worker.idle()
    await probe.run()
    found = samples(probe)
    assert not [name for name in found if "onestop_outbox_cases" in name]
    assert found['onestop_deliveries_total{desk="waste",destination="folder",outcome="delivered"}'] == 1


async def test_readiness_reports_trouble_with_database_and_outbox(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(_: object) -> None:
        raise Unavailable("the database: gone")

    (tmp_path / "file").write_text("in the way")
    probe, _ = probe_of(database, tmp_path / "file")
    with monkeypatch.context() as outage:
        outage.setattr(database, "read", away)
        await probe.run()
    assert probe.readiness.troubles == (
        "the database: gone", f"the outbox: {tmp_path}/file cannot be written to",
    )  # fmt: skip
    assert samples(probe)["onestop_database_up"] == samples(probe)["onestop_outbox_writable"] == 0
    await probe.run()
    assert samples(probe)["onestop_database_up"] == 1


async def test_readyz_is_503_with_the_reasons_and_pages_are_still_ready(server: RunningServer) -> None:
    assert (await server.get("/readyz")).status == 200
    server.parts.readiness.troubles = ("the database: gone",)
    answer = await server.get("/readyz")
    assert answer.status == 503
    assert "the database: gone" in answer.text
    assert (await server.get("/readyz/pages")).status == 200


@pytest.fixture
def operated(tmp_path: Path) -> Settings:
    (tmp_path / "content").mkdir()
    return Settings(content=tmp_path / "content", database=f"sqlite:///{tmp_path}/a.db", outbox=tmp_path / "outbox")  # type: ignore[call-arg]


def a_case(settings: Settings, *, refused: str = "", delivered: bool = False) -> str:
    async def work() -> str:
        async with open_database(settings.database) as database:
            draft = await answered(database, await a_draft(database, await a_session(database)))
            receipt = await submitted(database, draft)
            if refused:
                (claim,) = await database.run(
                    lambda tx: outbox.claim(tx, ("waste", "folder"), most=1, lease=9, now=NOW)
                )
                await database.run(lambda tx: outbox.refused(tx, claim, refused, NOW))
            if delivered:
                await deliver(database, settings)
            return receipt.reference

    return asyncio.run(work())


async def deliver(database: Database, settings: Settings) -> None:
    worker = DeliveryWorker(database, Destinations(Routes, context_of(settings.outbox)), lambda: NOW * 2, Random(1))
    await worker.once()
    await worker.idle()


def deliver_again(settings: Settings) -> None:
    async def work() -> None:
        async with open_database(settings.database) as database:
            await deliver(database, settings)

    asyncio.run(work())


def outbox_command(settings: Settings, action: str, reference: str = "") -> int:
    return run_outbox(Namespace(folder=Path(action), reference=reference), settings)


def test_a_refused_case_is_listed_and_retried(operated: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    reference = a_case(operated, refused="it knows no such desk")
    assert outbox_command(operated, "list") == 0
    said = capsys.readouterr().out
    assert "waste/folder  refused, try 1: it knows no such desk" in said
    assert reference in said.replace(" ", "")
    assert outbox_command(operated, "retry", f"{reference[:3]} {reference[3:6]}-{reference[6:]}") == 0
    deliver_again(operated)
    assert (operated.outbox / "waste" / f"{reference}.json").is_file()


def test_a_case_whose_files_were_lost_is_delivered_again(operated: Settings) -> None:
    reference = a_case(operated, delivered=True)
    file = operated.outbox / "waste" / f"{reference}.json"
    file.unlink()
    outbox_command(operated, "retry", reference)
    deliver_again(operated)
    assert not file.exists()
    outbox_command(operated, "redeliver", reference)
    deliver_again(operated)
    assert file.is_file()


@pytest.mark.parametrize(
    ("action", "reference", "message"),
    [("lst", "", "one of list"), ("list", "1234567891", "is not a reference"), ("redeliver", "", "takes --reference")],
)
def test_a_wrong_outbox_command_says_what_is_right(
    action: str, reference: str, message: str, operated: Settings
) -> None:
    with pytest.raises(CommandFailed, match=message):
        outbox_command(operated, action, reference)
