"""The walk: the order of answers makes no difference, answers off the path are never sent, and no journey loops."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.samples.small_journeys import ENGLISH, REPAIR, TODAY, WELSH, around, journey_of

from onestop.journeys.journey import Ask, Journey, Who
from onestop.journeys.kind import Refused
from onestop.journeys.screens.endings import done_text
from onestop.journeys.values.answer import THIN, Answer
from onestop.journeys.walk.answer_text import text_of
from onestop.journeys.walk.payload import SubmissionDetails, payload
from onestop.journeys.walk.reusable_answers import reusable_answers
from onestop.journeys.walk.submitted_answer import parse_answer
from onestop.journeys.walk.walk import Walk, walk

JOURNEY = journey_of(REPAIR)
WHOLE: Mapping[str, Answer] = {"danger": "none", "room": "kitchen", "fault": "leak", "since": 3}
SUBMISSION = SubmissionDetails("123 456 7890", datetime(2026, 11, 23, 9, 30, tzinfo=UTC), "remote", "cy")


def names(found: Walk) -> list[str]:
    return [ask.name for ask in found.path]


def at(answers: Mapping[str, Answer], channel: str = "remote", journey: Journey = JOURNEY) -> Walk:
    return walk(journey, answers, channel, TODAY)


def test_a_walk_begins_with_the_first_question() -> None:
    found = at({})
    assert names(found) == ["danger"] and found.next and found.next.name == "danger"
    assert not found.complete and found.stop is None and found.answers == {}


def test_a_walk_is_complete_when_every_question_is_answered() -> None:
    found = at(WHOLE)
    assert names(found) == ["danger", "room", "fault", "since"]
    assert found.complete and found.most == 4
    assert found.facts["urgent"] is False
    assert found.facts["within"] == {"en": "20 days", "cy": "20 diwrnod"}


def test_a_stop_ends_the_walk_with_its_text() -> None:
    found = at({**WHOLE, "danger": "gas"})
    assert names(found) == ["danger"] and found.next is None and not found.complete
    assert found.stop and found.stop.ask == "danger" and found.stop.text["en"].startswith("Leave now")


def test_a_changed_answer_leads_to_the_missing_question_and_keeps_later_answers() -> None:
    changed = {**WHOLE, "fault": "other"}
    found = at(changed)
    assert found.next and found.next.name == "detail" and "since" not in found.answers
    back = at({**changed, "fault": "leak"})
    assert back.complete and back.answers["since"] == 3


def test_an_option_that_is_no_longer_offered_does_not_count_as_answered() -> None:
    found = at({**WHOLE, "fault": "drain", "room": "bed"})
    assert found.next and found.next.name == "fault"
    assert "drain" not in [option.name for option in found.next.kind.options]
    assert at({**WHOLE, "fault": "drain"}).complete


@pytest.mark.parametrize(
    ("name", "answer"),
    [("room", "moon"), ("room", None), ("room", THIN), ("room", ["kitchen"]), ("since", None), ("since", THIN)],
)
def test_an_answer_that_an_ask_cannot_have_does_not_count(name: str, answer: Answer) -> None:
    found = at({**WHOLE, name: answer})
    assert (found.next and found.next.name == name) or answer == ["kitchen"]


def test_a_repeat_counts_as_answered_once_it_is_finished() -> None:
    heat = {**WHOLE, "fault": "heat"}
    for answer, done in (({"open": [80]}, False), ([80], True), (None, True)):
        found = at({**heat, "people": answer})
        assert found.complete == done
        assert found.facts["urgent"] is (answer == [80])


def test_a_question_of_another_channel_is_on_the_path_only_if_answered() -> None:
    photo: Answer = {"file": "f1", "kind": "image/jpeg", "size": 9}
    assert names(at(WHOLE, "touch"))[-1] == "photo"
    assert "photo" not in names(at(WHOLE))
    kept = at({**WHOLE, "photo": photo})
    assert kept.complete and kept.answers["photo"] == photo


@pytest.mark.parametrize("order", list(permutations(WHOLE))[::3])
def test_the_order_of_answering_makes_no_difference(order: tuple[str, ...]) -> None:
    found, whole = at({name: WHOLE[name] for name in order}), at(WHOLE)
    assert (found.path, found.answers, found.facts) == (whole.path, whole.answers, whole.facts)


def test_placeholders_are_filled_in_the_language_of_the_resident() -> None:
    found = at(WHOLE)
    fault = found.ask_on_path("fault")
    assert fault
    assert text_of(found, fault.text, ENGLISH) == "What is wrong in the kitchen?"
    assert text_of(found, fault.text, WELSH) == "Beth sydd o'i le yn y gegin?"
    assert done_text(found, around(), TODAY) == "We will come within 20 days."
    urgent = at({**WHOLE, "danger": "water"})
    assert done_text(urgent, around(WELSH), TODAY) == "Byddwn yn dod o fewn 24 awr."


TELLS = """\
title: {en: Bulky waste, cy: Gwastraff swmpus}
asks:
  - {ask: since, text: {en: Days, cy: Dyddiau}, number: {min: 0, max: 99}}
  - {tell: late, text: {en: "After {since} it is late.", cy: "Ar ôl {since}."}, if: since > 7}
  - {tell: over, text: {en: Too late, cy: Rhy hwyr}, if: since > 28, stop: yes}
  - {ask: when, text: {en: When, cy: Pryd}, date: {from: today, to: 1 month}}
  - {tell: soon, text: {en: That is soon, cy: Mae hynny'n fuan}, if: when < 3 days}
done: {say: {en: Done, cy: Wedi gorffen}, send: [housing]}
"""


def test_a_tell_is_shown_before_the_next_question_or_the_check() -> None:
    journey = journey_of(TELLS)
    assert [t.name for t in at({"since": 8}, journey=journey).tells["when"]] == ["late"]
    assert at({"since": 7}, journey=journey).tells["when"] == ()
    assert [t.name for t in at({"since": 8, "when": "2026-11-24"}, journey=journey).tells[""]] == ["soon"]
    assert at({"since": 8, "when": "2026-11-26"}, journey=journey).tells[""] == ()
    stopped = at({"since": 29}, journey=journey)
    assert stopped.stop and stopped.stop.ask == "since" and stopped.stop.text["en"] == "Too late"


_ANYTHING: st.SearchStrategy[Answer] = st.one_of(
    st.sampled_from(["gas", "water", "none", "kitchen", "bed", "leak", "heat", "drain", "other", "moon", ""]),
    st.integers(-5, 200),
    st.none(),
    st.just(THIN),
    st.lists(st.integers(0, 120), max_size=5),
    st.builds(lambda items: {"open": items}, st.lists(st.integers(0, 120), max_size=3)),
)
_ANSWERS = st.dictionaries(st.sampled_from([*(ask.name for ask in JOURNEY.asks), "nonsense"]), _ANYTHING)


@given(_ANSWERS, st.sampled_from(["touch", "remote"]))
def test_any_answers_make_a_path_in_order_and_only_its_answers_are_sent(
    answers: Mapping[str, Answer], channel: str
) -> None:
    found = at(answers, channel)
    order = [ask.name for ask in JOURNEY.asks]
    places = [order.index(name) for name in names(found)]
    assert places == sorted(set(places))
    assert set(found.answers) <= set(names(found)) and all(
        answers[name] == found.answers[name] for name in found.answers
    )
    assert (found.next is None) == (found.complete or found.stop is not None)
    assert at(found.answers, channel) == found or found.next is None or "photo" in answers
    sent = payload(found, SUBMISSION, ENGLISH)
    assert isinstance(sent["answers"], list)
    assert [row["ask"] for row in sent["answers"]] == [name for name in names(found) if name in found.answers]


def _one(ask: Ask, chance: st.DataObject) -> Answer:
    """Some answer to an ask as it is offered."""
    if ask.name in ("photo", "people"):
        return chance.draw(st.sampled_from([None, [3, 80]] if ask.name == "people" else [None, {"file": "f"}]))
    if ask.name == "since":
        return chance.draw(st.integers(0, 99))
    if ask.name == "detail":
        return "It hums"
    return chance.draw(st.sampled_from([option.name for option in ask.kind.options]))


@given(st.data(), st.sampled_from(["touch", "remote"]))
def test_a_walk_never_loops_and_the_most_questions_never_grow(chance: st.DataObject, channel: str) -> None:
    answers: dict[str, Answer] = {}
    found, most = at(answers, channel), 99
    for _ in range(len(JOURNEY.asks) + 1):
        assert len(found.path) <= found.most <= most
        most = found.most
        if found.next is None:
            break
        assert found.number(found.next) == len(found.path)
        answers[found.next.name] = _one(found.next, chance)
        found = at(answers, channel)
    assert found.next is None
    assert found.complete or found.stop
    assert not found.complete or found.most == len(found.path)


def test_the_most_questions_are_those_of_the_longest_path() -> None:
    assert at({}).most == 5
    assert at({}, "touch").most == 6
    assert at({"danger": "none", "room": "bed", "fault": "lock"}).most == 4
    assert at({"danger": "none", "room": "bed", "fault": "heat"}).most == 5


def test_the_payload_also_has_the_answers_in_the_residents_language() -> None:
    answers = payload(at(WHOLE), SUBMISSION, ENGLISH, WELSH)["answers"]
    assert isinstance(answers, list)
    assert (answers[1]["question"], answers[1]["said"]) == ("Where is the problem?", "Kitchen")
    assert answers[1]["own_words"] == {"question": "Ble mae'r broblem?", "said": "Cegin"}
    same = payload(at(WHOLE), SUBMISSION, ENGLISH, ENGLISH)["answers"]
    assert isinstance(same, list) and not [one for one in same if "own_words" in one]


def test_the_payload_has_the_path_in_the_default_language() -> None:
    photo: Answer = {"file": "f1", "kind": "image/jpeg", "size": 9}
    found = at({**WHOLE, "fault": "other", "detail": THIN, "photo": photo, "people": [3]})
    sent = payload(found, SUBMISSION, ENGLISH)
    assert sent["answers"][1:] == [  # type: ignore[index]
        {"ask": "room", "question": "Where is the problem?", "said": "Kitchen", "value": "kitchen"},
        {"ask": "fault", "question": "What is wrong in the kitchen?", "said": "Something else", "value": "other"},
        {
            "ask": "detail",
            "question": "Tell us about it",
            "said": "Please ring me",
            "value": {"thin": "Please ring me"},
        },
        {"ask": "photo", "question": "Add a photo", "said": "A photo", "value": photo},
    ]
    del sent["answers"]
    assert sent == {
        "reference": "123 456 7890",
        "journey": "trial",
        "edition": JOURNEY.edition,
        "title": "Order a housing repair",
        "submitted": "2026-11-23T09:30:00+00:00",
        "channel": "remote",
        "language": "cy",
        "assurance": "tenant",
        "desks": ["housing"],
        "facts": {"urgent": False, "within": "20 days"},
        "files": [{"ask": "photo", "file": "f1", "kind": "image/jpeg", "size": 9}],
    }


@pytest.mark.parametrize(
    ("who", "phone", "told"),
    [
        ("contact", "01632 960001", "contact"),
        ("contact", THIN, "anyone"),
        ("contact", None, "anyone"),
        ("tenant", THIN, "tenant"),
        ("anyone", "01632 960001", "anyone"),
    ],
)
def test_the_assurance_is_no_higher_than_the_answers_allow(who: Who, phone: Answer, told: str) -> None:
    text = """\
title: {en: Trial, cy: Prawf}
asks:
  - {ask: phone, text: {en: Phone, cy: Rhif}, phone: yes, need: no, thin: {en: I will ring, cy: Ffoniaf}}
done: {say: {en: Done, cy: Wedi gorffen}, send: [housing]}
"""
    journey = replace(journey_of(text), who=who)
    assert payload(walk(journey, {"phone": phone}, "remote", TODAY), SUBMISSION, ENGLISH)["assurance"] == told


def test_each_photo_of_a_repeat_is_a_file_of_the_payload() -> None:
    journey = journey_of(REPAIR.replace("    file: image\n", "    each: {max: 3, file: image}\n"))
    found = walk(journey, {**WHOLE, "photo": [{"file": "a"}, {"file": "b"}]}, "touch", TODAY)
    assert payload(found, SUBMISSION, ENGLISH)["files"] == [
        {"ask": "photo", "file": "a"},
        {"ask": "photo", "file": "b"},
    ]
    photo = found.ask_on_path("photo")
    assert photo
    assert parse_answer(photo, {}, ENGLISH, TODAY, photo={"file": "c"}) == {"open": [{"file": "c"}]}
    assert parse_answer(photo, {}, ENGLISH, TODAY, before={"open": [{"file": "c"}]}) == [{"file": "c"}]
    assert not isinstance(parse_answer(photo, {}, ENGLISH, TODAY), Refused)


def test_only_answers_about_the_resident_are_reusable() -> None:
    text = """\
title: {en: Who, cy: Pwy}
asks:
  - {ask: child, text: {en: Child, cy: Plentyn}, name: other, need: no}
  - {ask: me, text: {en: Me, cy: Fi}, name: yes, thin: {en: Ask me, cy: Gofynnwch}}
  - {ask: home, text: {en: Home, cy: Cartref}, place: address, need: no}
  - {ask: born, text: {en: Born, cy: Ganed}, date: {birth: yes}, need: no}
done: {say: {en: Done, cy: Wedi gorffen}, send: [housing]}
"""
    journey = journey_of(text)
    found = at({"child": "Mair", "me": "Sam Rees", "home": None, "born": "1984-06-05"}, journey=journey)
    assert reusable_answers(found) == {"name": "Sam Rees", "birth": "1984-06-05"}
    assert reusable_answers(at({"me": THIN, "child": None}, journey=journey)) == {}
