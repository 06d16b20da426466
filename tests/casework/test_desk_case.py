"""What happens to a case at a desk, and what its state allows."""

from dataclasses import replace
from datetime import date, datetime
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from onestop.casework.desk_case import NEXT_STATES, ActionRefused, CaseEvent, CaseState, DeskCase, after
from onestop.casework.promise import promised_by
from onestop.casework.whereabouts import Whereabouts, cell_of, cells_around, street_name, whereabouts_of

NEW = DeskCase("c", "waste", "1234567895", "missed-bin", "phone", 100, 900, 100)
STATES: tuple[CaseState, ...] = ("new", "taken", "waiting", "closed")
SUBJECTS = {"assigned": "ann", "moved": "streets", "merged": "other", "closed": "done"}
LONDON = ZoneInfo("Europe/London")


def test_a_case_goes_from_new_to_closed_and_opens_again() -> None:
    taken = after(NEW, CaseEvent("taken", 110, "ann"))
    assert (taken.state, taken.officer, taken.version, taken.changed) == ("taken", "ann", 1, 110)
    asked = after(taken, CaseEvent("asked", 120, "ann", text="Which bin?"))
    assert asked.state == "waiting" and asked.officer == "ann"
    answered = after(asked, CaseEvent("answered", 130, text="The grey one"))
    assert answered.state == "taken" and answered.officer == "ann"
    closed = after(answered, CaseEvent("closed", 140, "ann", "done"))
    assert closed.state == "closed" and not closed.is_open
    again = after(closed, CaseEvent("reopened", 150, "bob"))
    assert again.state == "taken" and again.officer == "bob" and again.version == 5


def test_every_event_happens_in_its_states_only_and_counts_one_version() -> None:
    for kind, state in product(NEXT_STATES, STATES):
        event = CaseEvent(kind, 200, "ann", SUBJECTS.get(kind, ""), "text")
        case = replace(NEW, state=state, officer="bob")
        if case.allows(kind):
            assert after(case, event).version == 1
        else:
            with pytest.raises(ActionRefused):
                after(case, event)


def test_a_case_that_is_moved_to_another_desk_is_new_there() -> None:
    moved = after(replace(NEW, state="taken", officer="ann"), CaseEvent("moved", 1, "ann", "streets"))
    assert (moved.desk, moved.state, moved.officer) == ("streets", "new", "")


@pytest.mark.parametrize("kind", ["asked", "answered", "updated", "noted"])
def test_a_text_may_not_be_empty(kind: str) -> None:
    with pytest.raises(ActionRefused):
        after(replace(NEW, state="waiting"), CaseEvent(kind, 1, "ann", text=" \n"))  # type: ignore[arg-type]


def test_a_case_is_closed_for_a_known_reason_and_merged_into_another_one() -> None:
    for event in (CaseEvent("closed", 1, "ann", "because"), CaseEvent("merged", 1, "ann", "c")):
        with pytest.raises(ActionRefused):
            after(NEW, event)


def test_who_answers_an_untaken_case_works_on_it() -> None:
    assert after(NEW, CaseEvent("updated", 1, "ann", text="We are on our way")).officer == "ann"
    assert after(NEW, CaseEvent("noted", 1, "ann", text="Rang twice")).officer == ""
    unowned = after(replace(NEW, state="waiting"), CaseEvent("answered", 1, text="Yes"))
    assert unowned.state == "new"


def test_a_promise_counts_working_days_over_weekends_and_holidays() -> None:
    christmas = frozenset((date(2026, 12, 25), date(2026, 12, 28)))
    start = int(datetime(2026, 12, 24, 15, 12, tzinfo=LONDON).timestamp())
    assert promised_by(start, LONDON, 2, christmas) == datetime(2026, 12, 30, 17, tzinfo=LONDON).timestamp()
    friday = int(datetime(2026, 10, 23, 9, tzinfo=LONDON).timestamp())
    # The clocks go back in the night to Sunday.
    assert promised_by(friday, LONDON, 1, ()) == datetime(2026, 10, 26, 17, tzinfo=LONDON).timestamp()
    assert promised_by(friday, LONDON, 0, ()) == 0


def test_where_a_case_is_has_a_postcode_a_street_and_a_cell() -> None:
    line = "Flat 2, 14a Quay Road, Eastmere, em42qt"
    assert whereabouts_of(line, (53.5, -0.5)) == Whereabouts(line, "EM42QT", "quay road", cell_of(53.5, -0.5))
    assert whereabouts_of("Planted Cottage, 12 High Street, EM4 2QT").street == "high street"
    assert street_name("14–16 Mill Lane") == street_name("mill  lane") == "mill lane"
    assert whereabouts_of("By the old pump").street == "by the old pump"
    assert len(set(cells_around(cell_of(53.5, -0.5)))) == 9
    assert cell_of(53.5009, -0.5) in cells_around(cell_of(53.5, -0.5))
    assert cell_of(53.51, -0.5) not in cells_around(cell_of(53.5, -0.5))
