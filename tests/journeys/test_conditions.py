"""Conditions: whether they hold, how they are printed, and the position of every mistake."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.samples.small_journeys import TODAY

from onestop.journeys.condition import Comparison, Either, Every, FactHolds, comparisons_in, holds
from onestop.journeys.kind import ChoiceOption, Kind
from onestop.journeys.kinds.choice import ChoiceKind
from onestop.journeys.kinds.date import DateKind
from onestop.journeys.kinds.money import MoneyKind
from onestop.journeys.kinds.number import NumberKind
from onestop.journeys.kinds.words import WordsKind
from onestop.journeys.repeat import RepeatKind
from onestop.journeys.source.condition_grammar import Scope, WrongCondition, parse_condition
from onestop.journeys.values.answer import THIN, Answer
from onestop.journeys.values.bound import Bound, parse_bound

ROOM = ChoiceKind(tuple(ChoiceOption(name, {"en": name}, {}, {}) for name in ("kitchen", "bath", "bed", "today")))
KINDS: Mapping[str, Kind] = {
    "room": ROOM,
    "fault": ChoiceKind(tuple(ChoiceOption(name, {"en": name}, {}, {}) for name in ("leak", "heat", "urgent"))),
    "items": ChoiceKind(
        tuple(ChoiceOption(name, {"en": name}, {}, {}) for name in ("sofa", "bed", "fridge")), multiple=True
    ),
    "since": NumberKind(0, 99, {}, {}),
    "cost": MoneyKind(0, 100_000),
    "when": DateKind(),
    "detail": WordsKind(100),
    "people": RepeatKind(4, NumberKind(0, 120, {}, {})),
}
BARE = Scope(KINDS, later=frozenset({"slot"}), texts=frozenset({"within"}))
URGENT = parse_condition("fault is leak", BARE)
SCOPE = Scope(KINDS, {"urgent": URGENT}, BARE.later, BARE.texts)

TRUE = [
    ("room is kitchen", {"room": "kitchen"}),
    ("room is kitchen or bath", {"room": "bath"}),
    ("room is not kitchen or bath", {"room": "bed"}),
    ("room is not kitchen", {}),
    ("room is today", {"room": "today"}),
    ("room is given", {"room": "bed"}),
    ("room is not given", {}),
    ("room is not given", {"room": None}),
    ("detail is given", {"detail": THIN}),
    ("since is not 3", {"since": THIN}),
    ("since > 28", {"since": 29}),
    ("since>=28", {"since": 28}),
    ("since < 28", {"since": 27}),
    ("since <= 28", {"since": 28}),
    ("since is 3 or 4", {"since": 4}),
    ("cost > 12.50", {"cost": 1251}),
    ("when is today", {"when": "2026-11-23"}),
    ("when < -28 days", {"when": "2026-10-25"}),
    ("when >= 2026-11-01 and when <= 1 month", {"when": "2026-12-23"}),
    ("items has sofa", {"items": ["bed", "sofa"]}),
    ("items has sofa or fridge", {"items": ["fridge"]}),
    ("items has not sofa", {"items": ["bed"]}),
    ("people is given", {"people": [80]}),
    ("urgent", {"fault": "leak"}),
    ("not urgent", {"fault": "heat"}),
    ("room is kitchen or urgent", {"fault": "leak"}),
    ("room is kitchen or not urgent", {"fault": "heat"}),
]
FALSE = [
    ("room is kitchen", {"room": "bed"}),
    ("room is kitchen", {}),
    ("since > 28", {"since": 28}),
    ("since > 28", {"since": THIN}),
    ("since > 28", {}),
    ("since < 28", {"since": None}),
    ("when < -28 days", {"when": "2026-10-26"}),
    ("people is given", {"people": None}),
    ("urgent", {}),
]


@pytest.mark.parametrize(("text", "answers"), TRUE)
def test_a_condition_holds(text: str, answers: Mapping[str, Answer]) -> None:
    assert holds(parse_condition(text, SCOPE), answers, TODAY)


@pytest.mark.parametrize(("text", "answers"), FALSE)
def test_a_condition_does_not_hold(text: str, answers: Mapping[str, Answer]) -> None:
    assert not holds(parse_condition(text, SCOPE), answers, TODAY)


def test_and_binds_tighter_than_or() -> None:
    found = parse_condition("room is bath or room is bed and since > 3", SCOPE)
    assert isinstance(found, Either) and isinstance(found.parts[0], Comparison) and isinstance(found.parts[1], Every)
    assert holds(found, {"room": "bath", "since": 0}, TODAY)
    assert not holds(found, {"room": "bed", "since": 0}, TODAY)


def test_or_continues_a_list_of_values_until_a_comparison_begins() -> None:
    found = parse_condition("room is kitchen or bath or fault is leak or heat or urgent", SCOPE)
    assert isinstance(found, Either)
    assert [str(part) for part in found.parts] == ["room is kitchen or bath", "fault is leak or heat", "urgent"]
    assert isinstance(found.parts[2], FactHolds)
    assert {atom.ask for atom in comparisons_in(found)} == {"room", "fault"}


WRONG = [
    ("", 0, "is empty: write a condition like"),
    ("rom is kitchen", 0, "there is no ask or fact `rom`; did you mean `room`?"),
    ("room is kichen", 8, "`kichen` is no option of `room`; did you mean `kitchen`?"),
    ("room is kitchen or bat", 19, "`bat` is no option of `room`; did you mean `bath`?"),
    ("room is kitchen and slot is given", 20, "`slot` is not known yet here: only what is asked above may be named"),
    ("within is given", 0, "`within` is a text, not yes or no"),
    ("urgent is yes", 0, "`urgent` is a fact: write `urgent` or `not urgent`"),
    ("not room is kitchen", 4, "`not` stands before a fact: write `room is not ...`"),
    ("room", 0, "write what `room` must be"),
    ("room kitchen", 0, "write what `room` must be"),
    ("room is", 7, "the condition ends where what `room` must be should stand"),
    ("room is kitchen and", 19, "the condition ends where the name of an ask or a fact should stand"),
    ("room is kitchen bath", 16, "`bath` is not understood here: join comparisons with `and` or `or`"),
    ("(room is kitchen)", 0, "brackets are not read: make a fact of one part"),
    ("room is kitchen and (urgent)", 20, "brackets are not read"),
    ("room is kitchen)", 15, "brackets are not read"),
    ("room has kitchen", 0, "`room` has one answer: write `room is ...`"),
    ("items is sofa", 0, "`items` may have several answers: write `items has ...`"),
    ("room > 3", 0, "the answers of `room` have no order"),
    ("detail > 3", 0, "the answers of `detail` have no order"),
    ("since > many", 8, "`many` is not a whole number, which `since` is: write digits"),
    ("since is kitchen", 9, "`kitchen` is not a whole number"),
    ("cost > lots", 7, "`lots` is not an amount, which `cost` is: write pounds like 12.50"),
    ("when > soon", 7, "`soon` is not a day, which `when` is: write today, -30 days"),
    ("detail is broken", 10, "`detail` can be anything: it may only be `given`"),
    ("people has 80", 0, "`people` has one answer"),
]


@pytest.mark.parametrize(("text", "offset", "message"), WRONG)
def test_a_mistake_is_reported_with_its_offset(text: str, offset: int, message: str) -> None:
    with pytest.raises(WrongCondition) as wrong:
        parse_condition(text, SCOPE)
    assert wrong.value.offset == offset
    assert message in wrong.value.message


_ATOMS = st.sampled_from(
    [
        "room is bath",
        "room is not kitchen or bed",
        "since >= 5",
        "items has not sofa or bed",
        "detail is not given",
        "when < -6 weeks",
        "when is 2026-02-28",
        "cost <= 12.50",
        "urgent",
        "not urgent",
        "people is given",
    ]
)
_TEXTS = st.lists(st.lists(_ATOMS, min_size=1, max_size=4).map(" and ".join), min_size=1, max_size=4).map(" or ".join)


@given(_TEXTS)
def test_a_condition_is_printed_as_it_was_written(text: str) -> None:
    found = parse_condition(text, SCOPE)
    assert str(found) == text
    assert parse_condition(str(found), SCOPE) == found


_TOKENS = st.sampled_from(["room", "is", "or", "and", "not", "bath", ">", "3", "(", " ", "urgent", "\n"])


@given(st.lists(_TOKENS, max_size=12).map(" ".join))
def test_any_text_is_a_condition_or_a_mistake_within_it(text: str) -> None:
    try:
        parse_condition(text, SCOPE)
    except WrongCondition as wrong:
        assert 0 <= wrong.offset <= len(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", date(2026, 11, 23)),
        ("-30 days", date(2026, 10, 24)),
        ("1 week", date(2026, 11, 30)),
        ("3 months", date(2027, 2, 23)),
        ("-18 years", date(2008, 11, 23)),
        ("2026-02-28", date(2026, 2, 28)),
    ],
)
def test_a_bound_is_a_date(text: str, day: date) -> None:
    bound = parse_bound(text)
    assert bound and bound.on(TODAY) == day


def test_a_month_from_its_last_day_is_the_last_of_the_next() -> None:
    assert Bound(months=1).on(date(2026, 1, 31)) == date(2026, 2, 28)
    assert Bound(months=-12).on(date(2028, 2, 29)) == date(2027, 2, 28)


@pytest.mark.parametrize("text", ["", "soon", "2026-02-30", "5 fortnights", "99999 years", "999999 days"])
def test_a_malformed_bound_is_none(text: str) -> None:
    assert parse_bound(text) is None
