"""What a desk must have: nothing is sent without it, on any channel, and every channel can give it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest
from support.samples.small_journeys import ENGLISH, REMOTE, TODAY, TOUCH, around, journey_of, read

from channels.tv import CHANNEL
from onestop.journeys.journey import Journey
from onestop.journeys.kinds.place import FOUND_BY_DIGITS
from onestop.journeys.paths.paths import find_paths
from onestop.journeys.screens.endings import done_text, missing_screen
from onestop.journeys.source.folder import ReadJourneys
from onestop.journeys.values.answer import THIN, Answer
from onestop.journeys.walk.walk import Walk, walk
from onestop.screen import Action, Form, Means, Note, Place

BIN = """\
title: {en: Missed bin, cy: Bin}
needs: [home or spot, phone]
asks:
  - {ask: bin, text: {en: Which bin, cy: Pa fin}, pick: {grey: {en: Grey, cy: Llwyd}, flats: {en: Shared, cy: Fflatiau}}}
  - {ask: home, text: {en: The address, cy: Y cyfeiriad}, place: address, thin: {en: I will ring, cy: Ffoniaf}}
  - {ask: spot, text: {en: Where is it, cy: Ble mae}, place: spot, thin: {en: I will say, cy: Dywedaf}, if: home is not answered}
  - {ask: many, text: {en: How many, cy: Faint}, pick: {one: {en: One, cy: Un}, two: {en: Two, cy: Dau}}}
  - {ask: phone, text: {en: Your phone, cy: Eich ffôn}, phone: yes, thin: {en: I will ring, cy: Ffoniaf}, if: bin is flats}
done:
  say:
    - say: {en: We come back., cy: Deuwn yn ôl.}
    - {say: {en: "We ring {phone}.", cy: "Ffoniwn {phone}."}, if: phone is answered}
  send: [housing]
"""
TYPED = {"touch": TOUCH, "remote": Means(keyboard=False, upload=False, handheld=False)}
HOME, SPOT = "12 High Street, EM4 2QT", {"words": "By the church"}


@pytest.fixture(scope="module")
def journey() -> Journey:
    return journey_of(BIN, TYPED)


def at(journey: Journey, answers: Mapping[str, Answer]) -> Walk:
    return walk(journey, answers, "remote", TODAY)


@pytest.mark.parametrize(
    ("answers", "complete"),
    [
        ({"bin": "grey", "home": HOME, "many": "one"}, True),
        ({"bin": "grey", "home": THIN, "spot": SPOT, "many": "one"}, True),
        ({"bin": "grey", "home": THIN, "spot": THIN, "many": "one"}, False),
        ({"bin": "flats", "home": HOME, "many": "one", "phone": THIN}, False),
        ({"bin": "flats", "home": HOME, "many": "one", "phone": "01632 960001"}, True),
    ],
)
def test_answers_may_be_sent_once_a_desk_has_what_it_needs(
    journey: Journey, answers: Mapping[str, Answer], complete: bool
) -> None:
    assert at(journey, answers).complete is complete


def test_what_is_missing_is_said_as_soon_as_nothing_more_can_give_it(journey: Journey) -> None:
    first = at(journey, {"bin": "grey", "home": THIN})
    assert first.missing is None and first.next and first.next.name == "spot"
    found = at(journey, {"bin": "grey", "home": THIN, "spot": THIN})
    assert found.next is None and found.missing and not found.complete
    assert [ask.name for ask in found.missing.asks] == ["home", "spot"]


def test_a_question_that_the_answers_leave_out_is_not_needed(journey: Journey) -> None:
    assert at(journey, {"bin": "grey", "home": HOME, "many": "two"}).complete


def test_the_screen_says_that_nothing_was_sent_and_offers_the_phone_the_question_and_a_number(journey: Journey) -> None:
    found = at(journey, {"bin": "grey", "home": THIN, "spot": THIN})
    assert found.missing
    contact = Place("Waste", phone="01632 960 200")
    screen = missing_screen(found, found.missing, replace(around(ENGLISH, REMOTE), find_contact=lambda: contact))
    assert isinstance(screen.blocks[0], Note)
    said = "".join(run.text for run in screen.blocks[0].text)
    assert said.startswith("Nothing has been sent.") and "The address / Where is it" in said
    ways = [block.target for block in screen.blocks if isinstance(block, Action)]
    assert ways == ["/homes/repairs/ask/move", "/homes/repairs/ask/home"]
    assert contact in screen.blocks and not any(isinstance(block, Form) for block in screen.blocks)


def test_the_receipt_says_only_what_was_answered(journey: Journey) -> None:
    without = at(journey, {"bin": "grey", "home": HOME, "many": "one"})
    assert done_text(without, around(), TODAY) == "We come back."
    reached = at(journey, {"bin": "flats", "home": HOME, "many": "one", "phone": "01632 960001"})
    assert done_text(reached, around(), TODAY) == "We come back. We ring 01632 960001."


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("[home or spot, phone]", "[home or spat, phone]", "2:17: there is no ask or fact `spat`"),
        ("[home or spot, phone]", "bin is grey", "2:8: names no answer that a desk must have"),
        (
            "thin: {en: I will ring, cy: Ffoniaf}, if: bin is flats}",
            "only: [touch], if: bin is flats}",
            "2:1: `phone is answered` cannot be given on `remote` when bin is flats, many is one",
        ),
        ("if: phone is answered}", "if: many is one}", "says {phone}, which is not always answered before it"),
    ],
)
def test_wrong_needs_are_refused(old: str, new: str, fault: str) -> None:
    found, faults = read(BIN.replace(old, new), means=TYPED)
    assert found is None
    assert any(fault in one for one in faults), faults


def test_the_real_answer_counts_and_leaving_it_out_sends_nothing(journey: Journey) -> None:
    means = Means(keyboard=False, upload=False, handheld=False, presses=lambda field: 30, most=80)
    found = find_paths(journey, "remote", means, TODAY)
    # Two answers of 30 and an address that is found by its digits.
    assert min(path.presses for path in found if not path.stopped) >= 60 + FOUND_BY_DIGITS
    assert all(path.missing for path in found if path.stopped)
    _, faults = read(BIN, means={"remote": means})
    assert any("presses on `remote`" in fault and "at most 80" in fault for fault in faults)


MUST = {
    "bulky-waste": ("home", "phone/email"),
    "complaint": ("story", "phone/email"),
    "contact-councillor": ("ward/home", "message", "phone/email"),
    "council-tax-discount": ("home", "detail"),
    "housing-repair": ("home", "detail"),
    "library-renewal": ("number/name", "number/home", "titles"),
    "missed-bin": ("home",),
    "moving-home": ("new/home", "old", "name/names", "day"),
    "parking-permit": ("plate", "name", "home", "phone/email"),
    "planning-comment": ("number", "comment", "name", "home"),
    "school-place": ("first", "child", "birthday/starter", "name", "home", "phone/email"),
    "street-problem": ("spot", "what"),
}
"""What the desk of each journey of the borough cannot do without: one answer of each group whose questions are asked."""


def _pressing_ok(journey: Journey) -> Iterator[Mapping[str, Answer]]:
    """Yield the answers of every path on which each question that takes letters or digits is left out where it can be."""
    for path in find_paths(journey, "tv", CHANNEL.means, TODAY):
        yield path.answers
        yield {
            name: THIN if ask and ask.thin else answer
            for name, answer in path.answers.items()
            for ask in (journey.ask(name),)
        }


def test_no_answers_left_out_on_a_television_make_a_case_that_a_desk_cannot_act_on(
    borough_journeys: ReadJourneys,
) -> None:
    assert set(borough_journeys.journeys) == set(MUST)
    for journey in borough_journeys.journeys.values():
        assert journey.needs, f"{journey.name} says not what its desk must have"
        for answers in _pressing_ok(journey):
            found = walk(journey, answers, "tv", TODAY)
            if found.complete and answers.get("kind") != "thanks":
                for group in MUST[journey.name]:
                    asked = [name for name in group.split("/") if name in found.answers]
                    assert not asked or any(found.answers[name] not in (None, THIN) for name in asked), (
                        journey.name,
                        group,
                        found.answers,
                    )
