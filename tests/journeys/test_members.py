"""Repeats of a group of asks: how many members there are, what is shown and sent of each, and what `check` refuses."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from support.samples.children import CHILDREN
from support.samples.small_journeys import ENGLISH, TODAY, TOUCH, WELSH, around, journey_of, only_fault

from onestop.journeys.screens.endings import check_screen
from onestop.journeys.screens.question import question_screen
from onestop.journeys.screens.receipt import Confirmation, done_screen, receipt_of
from onestop.journeys.source.folder import read_edition
from onestop.journeys.values.answer import THIN, Answer
from onestop.journeys.walk.payload import SubmissionDetails, payload
from onestop.journeys.walk.reusable_answers import reusable_answers
from onestop.journeys.walk.walk import Walk, walk
from onestop.screen import Answers, Heading, Note

MEANS = {"touch": TOUCH}
JOURNEY = journey_of(CHILDREN, MEANS)
SUBMISSION = SubmissionDetails("123 456 7890", datetime(2026, 11, 23, 9, 30, tzinfo=UTC), "touch", "cy")
ANN: Mapping[str, Answer] = {"child-1-name": "Ann", "child-1-born": "2019-05-03", "child-1-diet": "none"}
BEN: Mapping[str, Answer] = {"child-2-name": "Ben", "child-2-born": "2017-02-01", "child-2-diet": "some"}
LATER = "`start` is not known yet here: only what is asked above may be named; move this below it"
NUTS: Mapping[str, Answer] = {"child-2-detail": "No nuts"}
ADULT: Mapping[str, Answer] = {"adult-1-income": "paid", "adult-1-another": "no"}
TWO: Mapping[str, Answer] = {"children": 2, **ANN, **BEN, **NUTS, **ADULT, "start": "now"}


def at(answers: Mapping[str, Answer]) -> Walk:
    return walk(JOURNEY, answers, "touch", TODAY)


def following(answers: Mapping[str, Answer]) -> str:
    found = at(answers).next
    return found.name if found else ""


def texts(found: Walk) -> list[str]:
    """Return the headings, questions and notes of the check screen."""
    said: list[str] = []
    for block in check_screen(found, around(means=TOUCH), "touch").blocks:
        if isinstance(block, Heading):
            said.append(block.text)
        elif isinstance(block, Answers):
            said += [row.question for row in block.rows]
        elif isinstance(block, Note):
            said += [run.text for run in block.text]
    return said


def test_each_member_is_asked_in_turn_as_often_as_the_number_says() -> None:
    assert [ask.name for ask in at(TWO).path] == list(TWO)
    assert at(TWO).complete and following({"children": 0}) == "start"
    assert following({"children": 2, **ANN}) == "child-2-name"
    assert following({"children": 2, **ANN, **BEN}) == "child-2-detail"


def test_a_question_says_which_member_it_is_about() -> None:
    found = at({"children": 2, **ANN, "child-2-name": "Ben"})
    assert found.next
    screen = question_screen(found, found.next, around(means=TOUCH))
    assert screen.title == "Child 2 of 2: When was Ben born?" and not screen.blank_form
    welsh = question_screen(found, found.next, around(WELSH, TOUCH))
    assert welsh.title == "Plentyn 2 o 2: Pryd ganed Ben?"


def test_without_a_number_each_member_asks_for_another() -> None:
    paid: Mapping[str, Answer] = {"children": 1, **ANN, "adult-1-income": "paid"}
    assert following(paid) == "adult-1-another"
    more: Mapping[str, Answer] = {**paid, "adult-1-another": "yes"}
    found = at(more)
    assert found.next and question_screen(found, found.next, around()).title.startswith("Adult 2: ")
    assert following({**more, "adult-2-income": "paid", "adult-2-another": "yes", "adult-3-income": "paid"}) == "start"


def test_the_check_screen_has_a_heading_for_each_member() -> None:
    said = texts(at(TWO))
    assert [text for text in said if text.startswith(("Child", "Adult", "Your"))] == [
        "Child 1 of 2",
        "Child 2 of 2",
        "Adult 1 of 1",
        "Your other answers",
    ]
    assert said.index("When was Ben born?") > said.index("Child 2 of 2")
    rows = [
        row
        for block in check_screen(at(TWO), around(), "touch").blocks
        if isinstance(block, Answers)
        for row in block.rows
    ]
    born = next(row for row in rows if row.question == "When was Ben born?")
    assert (born.target, born.about) == ("/homes/repairs/ask/child-2-born", "Child 2 of 2")


def test_members_beyond_a_lowered_number_are_named_and_not_sent() -> None:
    fewer = at({**TWO, "children": 1})
    assert fewer.complete and texts(fewer)[-1] == "You changed how many there are, so this will not be sent: Child 2"
    sent = {answer["ask"]: answer["value"] for answer in payload(fewer, SUBMISSION, ENGLISH)["answers"]}  # type: ignore[attr-defined]
    assert sent["child"] == [{"name": "Ann", "born": "2019-05-03", "diet": "none"}]
    assert not any("will not be sent" in text for text in texts(at(TWO)))


def test_members_up_to_a_raised_number_are_asked_and_earlier_answers_are_kept() -> None:
    assert following({**TWO, "children": 3}) == "child-3-name"
    assert at({**TWO, "children": 1}).complete and at(TWO).complete


def test_a_group_is_sent_as_one_list_of_mappings() -> None:
    document = payload(at({**TWO, "child-1-born": THIN}), SUBMISSION, ENGLISH, WELSH)
    listed: list[dict[str, object]] = document["answers"]  # type: ignore[assignment]
    assert [answer["ask"] for answer in listed] == list(JOURNEY.answer_names) == ["children", "child", "adult", "start"]
    child = listed[1]
    assert child["value"] == [
        {"name": "Ann", "born": {"thin": "I will ring you with it"}, "diet": "none"},
        {"name": "Ben", "born": "2017-02-01", "diet": "some", "detail": "No nuts"},
    ]
    assert child["said"] == (
        "Child 1 of 2: Ann, I will ring you with it, No diet\nChild 2 of 2: Ben, 1 February 2017, A special diet, No nuts"
    )
    assert child["own_words"]["question"] == "Plentyn"  # type: ignore[index]
    assert child["members"][1][1]["question"] == "When was Ben born?"  # type: ignore[index]
    assert listed[2]["value"] == [{"income": "paid"}]


def test_the_receipt_has_the_headings_and_an_older_one_still_opens() -> None:
    shown = receipt_of(at(TWO), around(), "touch")
    sent = Confirmation("Meals", "123 456 7890", SUBMISSION.submitted, shown)
    headings = [block.text for block in done_screen(sent, around()).blocks if isinstance(block, Heading)]
    assert headings[-4:] == ["Child 1 of 2", "Child 2 of 2", "Adult 1 of 1", "Your other answers"]
    older = replace(sent, shown={"said": "", "rows": [["Which bin?", "Grey"]]})
    assert [block.rows[0].answer for block in done_screen(older, around()).blocks if isinstance(block, Answers)] == [
        "Grey"
    ]


def test_what_is_said_of_a_member_is_not_offered_as_the_residents_own() -> None:
    assert reusable_answers(at(TWO)) == {}


def test_a_draft_of_the_version_before_the_repeat_still_opens() -> None:
    start = CHILDREN.index("  - repeat: adult")
    older = read_edition("children", CHILDREN[:start] + CHILDREN[CHILDREN.index("  - ask: start") :], ("en", "cy"))
    assert older
    found = walk(older, {name: answer for name, answer in TWO.items() if name not in ADULT}, "touch", TODAY)
    assert found.complete and "adult-1-income" not in found.answers


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("number: {max: 4}", "number: {max: 40}", "`children` may be 40, and a repeat may have 20: give the number `max: 20` or less"),
        ("count: children", "count: childen", "there is no ask `childen` above; did you mean `children`?"),
        ("count: children", "count: children\n    max: 3", "`children` may be 4, and its `max` allows 3: give the number `max: 3` or less"),
        ("    count: children\n", "", "must have one of `count`, an earlier `number`, and `another`, which asks for one more member"),
        ("name: other", "name: yes", "in a repeat it is somebody else's: write `name: other`"),
        ("if: diet is some", "if: start is now", LATER),
        ("if: children > 0", "if: diet is some", "`diet` is asked of each `child`: only an ask below it in the same repeat may name it"),
        ("- ask: start", "- ask: child-2-born", "`child-2-born` is here twice: give each its own name"),
        ("max: 3\n", "max: 61\n", "`61` must be a whole number from 2 to 20"),
    ],
)  # fmt: skip
def test_check_refuses_with_the_line(old: str, new: str, fault: str) -> None:
    changed = CHILDREN.replace(old, new, 1)
    assert changed != CHILDREN
    found = only_fault(changed, MEANS)
    # A number above the repeat's is a fault of the `count`; a repeat without one, of the whole repeat.
    at = "count: children" if "{max:" in new else old if new else "repeat: child"
    line = CHILDREN[: CHILDREN.index(at)].count("\n") + 1
    assert found.startswith(f"{line}:") and found.partition(" ")[2] == fault, found


def test_a_fault_of_a_members_ask_is_at_its_own_line() -> None:
    changed = CHILDREN.replace("        if: diet is some\n", "        if: diet is some and children > 4\n")
    found = only_fault(changed, MEANS)
    line = changed.split("\n").index("      - ask: detail") + 1
    assert found.startswith(f"{line}:14: is never reached: "), found
