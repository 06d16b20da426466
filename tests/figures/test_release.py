"""The figures of a running month: no two days differ by fewer than five events of a kind."""

from hypothesis import given
from hypothesis import strategies as st

from onestop.figures.event import NO, YES, Event
from onestop.figures.release import TOGETHER, released

SENT, TV = Event("missed-bin", "mobile", "completed"), Event("missed-bin", "tv", "completed")
HELPED, NOT = Event("missed-bin", "tv", "helped", YES), Event("missed-bin", "tv", "helped", NO)


def test_events_appear_when_five_have_come_together() -> None:
    days = [{SENT: 4, TV: 1}, {SENT: 1}, {SENT: 4, TV: 3}, {TV: 1}]
    assert [dict(released(days[:end])) for end in range(5)] == [{}, {}, {SENT: 5}, {SENT: 5}, {SENT: 5, TV: 5}]


def test_the_details_of_a_kind_appear_together() -> None:
    assert released([{HELPED: 4}]) == {}
    assert released([{HELPED: 4}, {NOT: 1}]) == {HELPED: 4, NOT: 1}


DAY = st.dictionaries(st.sampled_from((SENT, TV, HELPED, NOT)), st.integers(1, 12), max_size=4)


@given(st.lists(DAY, max_size=31))
def test_no_day_changes_what_is_published_by_fewer_than_five(days: list[dict[Event, int]]) -> None:
    before: dict[tuple[str, str], int] = {}
    for end in range(len(days) + 1):
        after: dict[tuple[str, str], int] = {}
        for event, times in released(days[:end]).items():
            after[event.channel, event.kind] = after.get((event.channel, event.kind), 0) + times
        changes = [after[group] - before.get(group, 0) for group in after]
        assert all(change == 0 or change >= TOGETHER for change in changes)
        assert before.keys() <= after.keys()
        before = after
