"""Roles, and answers of another team: read by an administrator with a reason, which is kept."""

from dataclasses import replace

import pytest

from onestop.audit.chain import verify
from onestop.staff.officer import ALLOWED, Officer, Permission, Role
from onestop.staff.other_team import NotPermitted, WrongReason, give_reason, may_read_answers
from onestop.store.database import Database
from onestop.store.tables.staff import access_reasons, audit_entries

NOW = 1_795_000_000
HALE = Officer("officer-1", "J. Hale", Role.OFFICER, frozenset(("waste",)))
LEE = Officer("officer-2", "M. Lee", Role.ADMINISTRATOR, frozenset())
TEXT = "The complaint 2026/14 of Mrs Example"


async def may(database: Database, officer: Officer, now: int = NOW, case: str = "case-1") -> bool:
    return await database.read(lambda tx: may_read_answers(tx, officer, case, ("waste",), now))


async def test_a_team_reads_its_own_answers_and_no_others(database: Database) -> None:
    assert await may(database, HALE)
    assert not await may(database, replace(HALE, desks=frozenset(("streets",))))
    assert not await may(database, replace(HALE, role=Role.AUTHOR))
    assert not await may(database, LEE)


async def test_an_administrator_reads_them_for_an_hour_with_a_reason_that_is_kept(database: Database) -> None:
    await database.run(lambda tx: give_reason(tx, LEE, "case-1", "complaint", TEXT, NOW))
    assert await may(database, LEE)
    assert not await may(database, LEE, case="case-2")
    assert not await may(database, replace(LEE, id="officer-3"))
    assert not await may(database, LEE, NOW + access_reasons.VALID)
    kept = await database.read(lambda tx: access_reasons.list_of(tx, "case-1"))
    assert kept == [("officer-2", "complaint", NOW, TEXT)]
    entries = await database.read(lambda tx: audit_entries.of_subject(tx, "case-1"))
    assert [(e.actor, e.action, e.purpose) for e in entries] == [("officer-2", "give-reason", "complaint")]
    assert (await verify(database)).broken == 0


@pytest.mark.parametrize(("code", "text"), [("complaint", "short"), ("because", TEXT), ("complaint", "x" * 501)])
async def test_a_reason_must_be_one(database: Database, code: str, text: str) -> None:
    with pytest.raises(WrongReason):
        await database.run(lambda tx: give_reason(tx, LEE, "case-1", code, text, NOW))
    assert not await may(database, LEE)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.TEAM_LEAD, Role.AUTHOR])
async def test_nobody_else_gives_a_reason(database: Database, role: Role) -> None:
    officer = replace(HALE, role=role)
    with pytest.raises(NotPermitted):
        await database.run(lambda tx: give_reason(tx, officer, "case-1", "fault", TEXT, NOW))


def test_each_role_may_do_what_the_table_says() -> None:
    assert set(ALLOWED) == set(Role)
    assert Permission.READ_OTHER_TEAMS not in ALLOWED[Role.OFFICER] | ALLOWED[Role.TEAM_LEAD] | ALLOWED[Role.AUTHOR]
    assert Permission.MANAGE_STAFF not in ALLOWED[Role.OFFICER] | ALLOWED[Role.TEAM_LEAD] | ALLOWED[Role.AUTHOR]
    assert Permission.READ_CASES not in ALLOWED[Role.AUTHOR]
