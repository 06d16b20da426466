"""A case is found again by its reference and a second fact, or by its ticket; wrong guesses are counted. On both databases."""

import asyncio
from random import Random

from support.samples.journey_samples import NOW, a_draft, a_session, answered, submitted

from onestop.casework.reference import new_reference
from onestop.casework.second_fact import fact_digits
from onestop.store.database import Database
from onestop.store.tables import cases, drafts, guesses
from onestop.store.tables.editions import Edition


async def test_a_case_is_identified_by_its_pin_or_ticket_only(database: Database) -> None:
    receipt = await submitted(database, await answered(database, await a_draft(database, await a_session(database))))
    pin, reference = receipt.pin, receipt.reference
    assert len(pin) == 4 and pin.isdecimal()

    async def found(number: str, digits: str) -> str | None:
        return await database.read(lambda tx: cases.identify(tx, number, digits))

    assert await found(reference, pin) == receipt.case
    assert await found(reference, f"{(int(pin) + 1) % 10000:04}") is None
    assert await found(new_reference(Random(9)), pin) is None
    again = await database.read(lambda tx: cases.receipt_of_case(tx, receipt.case))
    assert again == receipt
    assert await database.read(lambda tx: cases.of_ticket(tx, receipt.ticket)) == receipt.case
    forged = ("B" if receipt.ticket[0] == "A" else "A") + receipt.ticket[1:]
    assert await database.read(lambda tx: cases.of_ticket(tx, forged)) is None


async def test_guesses_are_counted_by_reference_and_by_network(database: Database) -> None:
    async def guess(network: str, reference: str, now: int = NOW) -> bool:
        return await database.run(lambda tx: guesses.count_fact(tx, network, reference, now))

    tries = [await guess(f"network {one}", "1") for one in range(7)]
    assert tries == [True] * guesses.FACTS_FOR_REFERENCE + [False] * 2
    tries = [await guess("one network", f"{one}") for one in range(100, 122)]
    assert tries == [True] * guesses.FACTS_FOR_NETWORK + [False] * 2
    day = [await guess(f"network {one}", "2", NOW + 600 * one) for one in range(guesses.FACTS_A_DAY + 2)]
    assert day == [True] * guesses.FACTS_A_DAY + [False] * 2


async def test_the_same_report_begins_one_draft_at_once(database: Database) -> None:
    edition = Edition("digest", "street-problem", "title: x")

    async def begin() -> str | None:
        made = await database.run(
            lambda tx: drafts.begin_once(tx, "key", edition, channel="open311", language="en", keeps=60, now=NOW)
        )
        return made.id if made else None

    assert await asyncio.gather(*(begin() for _ in range(8))) == ["key"] * 8


def test_second_facts_are_the_same_digits_however_they_are_typed() -> None:
    assert {fact_digits(one) for one in ("EM4 2QT", "em42qt", "EM4  2qt", "4278")} == {"4278"}
    assert {fact_digits(one) for one in ("15 3 1980", "15/03/1980", "15031980")} == {"15031980"}
    assert fact_digits("47 11") == "4711" and fact_digits("nothing") == ""
