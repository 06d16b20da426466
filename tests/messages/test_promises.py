"""Promises of messages: `check` refuses those that nothing carries, and what is promised hangs on what has happened."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from random import Random

import pytest
from delivery.desks import Clock, Desk, rounds, truth, well, worker_for
from messages.told_case import entries, told_case
from support.samples.journey_samples import NOW

from onestop.authoring.source import Source
from onestop.delivery.kinds.destination import Parcel, TemporaryFailure
from onestop.journeys.source.folder import check_journey
from onestop.messages.carriers_file import read_carriers
from onestop.screen import Means
from onestop.store.database import Database

JOURNEY = """title: {{en: Report it}}
asks:
  - ask: phone
    text: {{en: What is your number?}}
    phone: "yes"
{confirm}
done:
  say: {{en: We look at it.}}
  send: [waste]
  messages: {messages}
"""
MEANS: Mapping[str, Means] = {"touch": Means()}


def faults(messages: str, *carried: str, confirm: str = "") -> list[str]:
    source = Source("report.yaml")
    text = JOURNEY.format(messages=messages, confirm=confirm)
    check_journey(
        source,
        "report",
        text,
        ("en",),
        {"waste": {"en": "Waste"}},
        MEANS,
        date(2026, 11, 28),
        carried=frozenset(carried),
    )
    return [str(fault) for fault in source.faults]


@pytest.mark.parametrize(
    ("messages", "carried", "said"),
    [
        ("{to: [phone]}", ("email",), "no carrier for sms"),
        ("{to: [fax]}", ("sms",), "no question is called `fax`"),
        ("{to: [phone], on: [tomorrow]}", ("sms",), "tomorrow"),
        ("{to: [phone], by: owl}", ("sms",), "by"),
    ],
)
def test_a_promise_that_cannot_be_kept_is_refused(messages: str, carried: tuple[str, ...], said: str) -> None:
    found = faults(messages, *carried)
    assert found and said in found[0], found


def test_a_code_without_a_carrier_is_refused_and_a_kept_promise_is_not() -> None:
    confirm = "    confirm: {en: What is the code?}"
    assert any("no carrier for sms" in one for one in faults("{to: [phone]}", confirm=confirm))
    assert faults("{to: [phone], on: [accepted]}", "sms", confirm=confirm) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("email: {carrier: pigeon}", "pigeon"),
        ("sms: {carrier: notify, template: short}", "no id of GOV.UK Notify"),
        ("sms: {carrier: smtp}", "smtp"),
        ("fax: {carrier: smtp}", "fax"),
        ("email: smtp", "must be a mapping"),
    ],
)
def test_faults_of_the_carriers_are_named(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "messages.yaml").write_text(text + "\n")
    _, found = read_carriers(tmp_path, ("en",))
    assert found and said in str(found[0])


async def test_the_team_has_it_is_said_when_every_desk_has_it_and_once(database: Database, clock: Clock) -> None:
    down = True

    async def does(parcel: Parcel) -> None:
        if down:
            raise TemporaryFailure("down")
        await well(parcel)

    case = await told_case(database)
    worker = worker_for(database, Desk(does), clock, Random(1))
    await rounds(worker)
    assert not await entries(database, case)
    down, clock.now = False, NOW + 3600
    await rounds(worker)
    assert (await truth(database, case))[0].progress == "accepted"
    assert [one.occasion for one in await entries(database, case)] == ["accepted"]
