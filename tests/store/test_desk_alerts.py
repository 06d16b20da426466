"""Banners of the desk, visits in which an officer answers for a resident, and who looks at a case, on both databases."""

from datetime import date

from onestop.store.database import Database, Transaction
from onestop.store.tables import events, sessions
from onestop.store.tables.sessions import Session
from onestop.store.tables.staff import case_viewers, desk_alerts, officers, staff_sessions

NOW = 1_796_000_000


async def test_a_banner_is_shown_to_its_last_day_or_until_it_is_taken_down(database: Database) -> None:
    async def work(tx: Transaction) -> list[list[str]]:
        first = await desk_alerts.add(tx, "officer", {"en": "Flood"}, {}, "", "2026-11-30", NOW)
        await desk_alerts.add(tx, "officer", {"en": "Ice", "cy": "Rhew"}, {"en": "Mind"}, "/roads", "", NOW + 1)
        found = [[one.titles["en"] for one in await desk_alerts.shown(tx, day)] for day in ("2026-11-30", "2026-12-01")]
        assert await desk_alerts.end(tx, first, NOW) and not await desk_alerts.end(tx, first, NOW)
        return [*found, [one.target for one in await desk_alerts.shown(tx, "2026-11-29")]]

    assert await database.run(work) == [["Ice", "Flood"], ["Ice"], ["/roads"]]


async def test_a_banner_of_the_file_is_hidden_once_and_restored(database: Database) -> None:
    async def work(tx: Transaction) -> list[frozenset[str]]:
        await desk_alerts.hide(tx, "abc", "one", NOW)
        await desk_alerts.hide(tx, "abc", "two", NOW)
        first = await desk_alerts.hidden(tx)
        await desk_alerts.restore(tx, "abc")
        return [first, await desk_alerts.hidden(tx)]

    assert await database.run(work) == [frozenset({"abc"}), frozenset()]


async def test_the_visit_of_an_officer_ends_with_the_officers_session_and_keeps_it_alive(database: Database) -> None:
    async def begin(tx: Transaction) -> tuple[str, str, str]:
        officer = await officers.add(tx, "hale", "J. Hale", "officer", ("waste",), NOW)
        assert officer
        _, staff = await staff_sessions.begin(tx, officer, "signed-in", "", NOW, idle=1800, whole=36000)
        secret, _ = await sessions.begin(tx, "counter", NOW, idle=1800, whole=36000, staff_session=staff.id)
        return officer, staff.id, secret

    officer, staff, secret = await database.run(begin)

    async def at(now: int) -> Session | None:
        return await database.read(lambda tx: sessions.look_up(tx, secret, now))

    found = await at(NOW + 1700)
    assert found and (found.officer, found.staff_session, found.channel) == (officer, staff, "counter")
    await database.run(lambda tx: sessions.touch(tx, found, NOW + 1700))
    assert await at(NOW + 3400), "an answer keeps the officer's session alive as well"
    assert await at(NOW + 3600) is None
    await database.run(lambda tx: sessions.touch(tx, found, NOW + 3400))
    assert await at(NOW + 3600)
    await database.run(lambda tx: staff_sessions.end(tx, officer, staff))
    assert await at(NOW + 3400) is None


async def test_feedback_lists_what_helped_least_first(database: Database) -> None:
    async def work(tx: Transaction) -> tuple[tuple[str, int, int], ...]:
        for visitor, subject, helped in (("a", "bin", True), ("b", "bin", False), ("c", "pothole", False)):
            await events.feedback(tx, subject, "tv", visitor, NOW, helped=helped)
            await events.feedback(tx, f"{subject}-2", "tv", visitor, NOW, helped=True)
        return await events.feedback_since(tx, date(2026, 1, 1), 3)

    assert await database.run(work) == (("pothole", 0, 1), ("bin", 1, 1), ("pothole-2", 1, 0))


async def test_who_looks_at_a_case_is_named_to_others_until_they_leave_or_fall_silent(database: Database) -> None:
    async def work(tx: Transaction) -> list[tuple[str, ...]]:
        hale = await officers.add(tx, "hale", "J. Hale", "officer", ("waste",), NOW)
        rees = await officers.add(tx, "rees", "B. Rees", "officer", ("waste",), NOW)
        assert hale and rees
        for officer in (hale, rees, rees):
            await case_viewers.note(tx, "case", officer, NOW)
        found = [await case_viewers.viewers(tx, "case", hale, now) for now in (NOW, NOW + 20, NOW + 30)]
        await case_viewers.forget(tx, "case", rees)
        return [
            *found,
            await case_viewers.viewers(tx, "case", hale, NOW),
            await case_viewers.viewers(tx, "case", "", NOW),
        ]

    assert await database.run(work) == [("B. Rees",), ("B. Rees",), (), (), ("J. Hale",)]
