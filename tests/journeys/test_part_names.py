"""Conditions of journeys name wards, rounds and bins that other files of the content folder declare."""

from datetime import date

from support.paths import CONTENT

from onestop.catalogue.source.load import LoadResult
from onestop.journeys.journey import Ask, Ending, Journey
from onestop.journeys.kinds.place import AddressKind
from onestop.journeys.paths.part_names import part_name_faults
from onestop.journeys.source.condition_grammar import Scope, parse_condition
from onestop.site.local import local_content_of

TODAY = date(2026, 11, 28)


def test_a_journey_that_names_an_unknown_ward_round_or_bin_is_a_fault(borough: LoadResult) -> None:
    scope = Scope({"home": AddressKind(), "day": AddressKind()})
    text = "home.ward is E05099001 or E9 and home.round is moonday-1 and home.due is {day}-gray or home.bins is grey"
    rule = parse_condition(text, scope)
    ask = Ask("home", {"en": "Where?"}, AddressKind(), rule=rule)
    journey = Journey("one", "1", f"a: b\n  if: {text}", ("en",), {}, "anyone", 1, 1, (ask,), {}, Ending((), ()))
    local, _ = local_content_of(borough, CONTENT, TODAY)
    said = [str(fault) for fault in part_name_faults({"one": journey}, local.part_names, "content")]
    wrong = (("E9", "places/wards.yaml has no `E9`"),
             ("moonday-1", "collections/rounds.yaml has no `moonday-1`; did you mean `monday-1`?"),
             ("{day}-gray", "collections/rounds.yaml has no `gray`; did you mean `grey`?"))  # fmt: skip
    assert said == [f"content/journeys/one.yaml:2:{text.index(word) + 7}: {message}" for word, message in wrong]
