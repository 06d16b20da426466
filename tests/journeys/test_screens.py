"""The screens of a journey: the question, its field, and the buttons."""

from dataclasses import replace

import pytest
from journeys.repair_walk import WHOLE, at
from support.samples.small_journeys import ENGLISH, KINDS, REMOTE, TODAY, TOUCH, WELSH, around, journey_of

from onestop.journeys.journey import Ask
from onestop.journeys.repeat import RepeatKind
from onestop.journeys.screens.context import next_step
from onestop.journeys.screens.endings import check_screen, stop_screen
from onestop.journeys.screens.question import QuestionState, difference_screen, question_screen
from onestop.journeys.values.answer import THIN, Answer
from onestop.journeys.walk.walk import Walk, walk
from onestop.screen import (
    Action,
    AnswerRow,
    Answers,
    Choice,
    DateEntry,
    Entry,
    Form,
    Means,
    Note,
    Option,
    Screen,
    Upload,
)

EVERYTHING = journey_of(KINDS, {"touch": TOUCH})


def asked(found: Walk, name: str) -> Ask:
    ask = found.ask_on_path(name)
    assert ask
    return ask


def form_of(screen: Screen) -> Form:
    (form,) = [block for block in screen.blocks if isinstance(block, Form)]
    return form


def everything(name: str, showing: QuestionState | None = None) -> Form:
    found = walk(EVERYTHING, {}, "touch", TODAY)
    ask = EVERYTHING.ask(name)
    assert ask
    shown = Walk(EVERYTHING, (ask,), {}, ask, None, found.tells, TODAY)
    return form_of(question_screen(shown, ask, around(means=TOUCH), showing or QuestionState()))


def test_a_question_is_a_private_screen() -> None:
    found = at({"danger": "none", "room": "bed"})
    screen = question_screen(found, asked(found, "fault"), around())
    assert (screen.title, screen.kind, screen.personal) == ("What is wrong in the Bedroom?", "question", True)
    assert screen.progress == "Question 3 of at most 5"
    assert screen.address == "/homes/repairs/ask/fault"
    assert screen.watch == "/homes/repairs/ask/moved"
    assert screen.languages == ("en", "cy") and screen.trail[-1].target == "/homes/repairs"
    form = form_of(screen)
    assert (
        form.target == screen.address and form.hidden == (("token", "t"), ("seen", "7")) and form.submit == "Continue"
    )
    assert isinstance(form.field, Choice)
    assert [option.value for option in form.field.options] == ["leak", "heat", "lock", "other"]
    assert isinstance(screen.blocks[-1], Action) and screen.blocks[-1].target == "/homes/repairs/ask/move.3"
    assert screen.blocks[-1].label == "Continue on your phone"


def test_a_question_in_welsh() -> None:
    found = at({"danger": "none", "room": "kitchen"})
    screen = question_screen(found, asked(found, "fault"), around(WELSH, TOUCH))
    assert screen.title == "Beth sydd o'i le yn y gegin?" and screen.language == "cy"
    assert screen.progress == "Cwestiwn 3 o 5 ar y mwyaf"
    assert form_of(screen).submit == WELSH("Continue") != "Continue"
    assert isinstance(screen.blocks[-1], Action) and screen.blocks[-1].label == "Parhau ar sgrin arall"


def test_the_field_holds_the_answer_or_the_submitted_values() -> None:
    found = at(WHOLE)
    since = asked(found, "since")
    screen = question_screen(found, since, around(), QuestionState(answer=1))
    assert form_of(screen).field == Entry("answer", "number", "1", 2, "days")
    wrong = question_screen(
        found, since, around(), QuestionState(answer=1, sent={"answer": ("lots",)}, error="Enter a number")
    )
    assert form_of(wrong).field == Entry("answer", "number", "lots", 2, "days")
    assert form_of(wrong).error == "Enter a number"
    room = form_of(question_screen(found, asked(found, "room"), around(), QuestionState(answer="bath"))).field
    assert isinstance(room, Choice)
    assert [option.value for option in room.options if option.chosen] == ["bath"]


def test_a_reusable_answer_is_offered_to_be_confirmed() -> None:
    form = everything("name", QuestionState(known="Sam Rees"))
    assert form.field == Entry("answer", "name", "Sam Rees", 100, complete="name")
    ask = EVERYTHING.ask("name")
    assert ask
    shown = Walk(EVERYTHING, (ask,), {}, ask, None, {}, TODAY)
    screen = question_screen(shown, ask, around(), QuestionState(known="Sam Rees"))
    assert isinstance(screen.blocks[0], Note)
    again = question_screen(shown, ask, around(), QuestionState(answer="Mair", known="Sam Rees"))
    assert not any(isinstance(block, Note) for block in again.blocks)
    assert form_of(again).field == Entry("answer", "name", "Mair", 100, complete="name")


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("one", Choice("answer", (Option("a", "First"), Option("b", "Second")))),
        ("count", Entry("answer", "number", most=3, unit="days")),
        ("cost", Entry("answer", "money", most=9, unit="£")),
        ("when", DateEntry("answer")),
        ("born", DateEntry("answer", complete="bday")),
        ("detail", Entry("answer", "line", most=20)),
        ("child", Entry("answer", "name", most=100)),
        ("phone", Entry("answer", "phone", most=30, complete="tel")),
        ("email", Entry("answer", "email", most=200, complete="email")),
        ("home", Entry("answer", "address", most=200, complete="address-line1")),
        ("spot", Entry("answer", "spot", most=200)),
        ("photo", Upload("answer", 10 * 1024 * 1024)),
        ("ages", Entry("answer", "number", most=3)),
    ],
)
def test_each_kind_has_its_field(name: str, field: object) -> None:
    assert everything(name).field == field


def test_the_thin_button_is_shown_only_without_a_keyboard() -> None:
    found = at({"danger": "none", "room": "bed", "fault": "other"})
    detail = asked(found, "detail")
    remote = form_of(question_screen(found, detail, around(means=REMOTE)))
    assert [(b.name, b.value, b.label) for b in remote.also] == [("do", "thin", "Please ring me")]
    assert form_of(question_screen(found, detail, around(means=TOUCH))).also == ()
    assert [(b.value, b.label) for b in everything("photo").also] == [("skip", "Skip this question")]


def test_a_repeat_lists_its_items_and_can_be_ended() -> None:
    found = at(WHOLE)
    people = asked(found, "people")
    screen = question_screen(found, people, around(), QuestionState(answer={"open": [80, 3]}))
    assert screen.blocks[0] == Answers(
        (
            AnswerRow("Answer 1", "80", "/homes/repairs/ask/people.1"),
            AnswerRow("Answer 2", "3", "/homes/repairs/ask/people.2"),
        )
    )
    form = form_of(screen)
    assert form.field == Entry("answer", "number", "", 3)
    assert [button.value for button in form.also] == ["done"]
    second = question_screen(found, people, around(), QuestionState(answer=[80, 3], item=2))
    assert second.address == form_of(second).target == "/homes/repairs/ask/people.2"
    assert form_of(second).field == Entry("answer", "number", "3", 3)
    assert [button.value for button in form_of(second).also] == ["remove"]
    full = form_of(question_screen(found, people, around(), QuestionState(answer=[1, 2, 3, 4])))
    assert full.field is None and full.also == ()


def test_a_stored_photo_is_mentioned() -> None:
    sent = everything("photo", QuestionState(answer={"file": "f"})).field
    assert isinstance(sent, Upload) and sent.sent == "A photo has been added"


def test_skipping_a_question_with_a_photo_says_that_it_is_removed() -> None:
    assert [button.label for button in everything("photo").also] == ["Skip this question"]
    added = everything("photo", QuestionState(answer={"file": "f"}))
    assert [(button.value, button.label) for button in added.also] == [("skip", "Take the photo out")]


@pytest.mark.parametrize(
    ("answer", "submit", "sends", "hint", "also"),
    [
        (None, "Skip this question", (("do", "skip"),), "A picture can be sent from a phone.", []),
        ({"file": "f"}, "Continue", (), "A photo has been added", ["skip"]),
    ],
)
def test_without_upload_a_photo_question_is_skipped(
    answer: Answer, submit: str, sends: tuple[tuple[str, str], ...], hint: str, also: list[str]
) -> None:
    photo = EVERYTHING.ask("photo")
    assert photo
    shown = Walk(EVERYTHING, (photo,), {}, photo, None, {}, TODAY)
    form = form_of(question_screen(shown, photo, around(means=REMOTE), QuestionState(answer=answer)))
    assert (form.field, form.submit, form.hint) == (None, submit, hint)
    assert [button.value for button in form.also] == also
    assert form.hidden == (*around().hidden, *sends)


@pytest.mark.parametrize(
    ("theirs", "told", "kept"),
    [
        ({"file": "f"}, "In another window another photo was added.", "Keep the photo added there"),
        (None, "In another window this was left without a photo.", "Leave it without a photo"),
    ],
)
def test_a_conflict_of_two_photos_says_which_is_which(theirs: Answer, told: str, kept: str) -> None:
    photo = EVERYTHING.ask("photo")
    assert photo
    shown = Walk(EVERYTHING, (photo,), {}, photo, None, {}, TODAY)
    screen = difference_screen(shown, photo, around(), {}, "A photo", theirs)
    note = screen.blocks[0]
    assert isinstance(note, Note)
    assert note.text[0].text == f"{told} To use the one you chose here, choose it once more."
    assert form_of(screen).also[0].label == kept


def test_items_of_a_repeat_are_labelled_by_kind() -> None:
    for name, label in (("child", "Name 1"), ("phone", "Phone number 1"), ("home", "Address 1"), ("photo", "Photo 1")):
        one = EVERYTHING.ask(name)
        assert one
        several = replace(one, kind=RepeatKind(4, one.kind))
        shown = Walk(EVERYTHING, (several,), {}, several, None, {}, TODAY)
        (answers,) = [
            block
            for block in question_screen(shown, several, around(), QuestionState(answer={"open": ["x"]})).blocks
            if isinstance(block, Answers)
        ]
        assert answers.rows[0].question == label


def test_before_the_first_answer_the_service_itself_moves_to_another_device() -> None:
    def ways(way: Walk, means: Means) -> list[str]:
        assert way.next
        screen = question_screen(way, way.next, around(means=means))
        return [block.target for block in screen.blocks if isinstance(block, Action)]

    assert ways(at({}), REMOTE) == ["/phone/homes/repairs"]
    assert ways(at({}), TOUCH) == []
    for means in (REMOTE, TOUCH):
        assert ways(at({"danger": "none"}), means) == ["/homes/repairs/ask/move.2"]


def test_a_conflict_shows_both_answers() -> None:
    found = at(WHOLE)
    since = asked(found, "since")
    screen = difference_screen(found, since, around(), {"answer": ("9",)}, "9 days", 1)
    note = screen.blocks[0]
    assert isinstance(note, Note) and "“1 day”" in note.text[0].text and "“9 days”" in note.text[0].text
    form = form_of(screen)
    assert form.field == Entry("answer", "number", "9", 2, "days"), "what was entered here is not lost"
    assert form.also[0].value == "keep" and form.also[0].label == "Keep “1 day”"


def test_the_check_screen_lists_every_answer() -> None:
    photo: Answer = {"file": "f"}
    found = at({**WHOLE, "photo": photo})
    screen = check_screen(found, around(), "remote")
    (answers,) = [block for block in screen.blocks if isinstance(block, Answers)]
    assert [(row.question, row.answer, row.target.rpartition("/")[2]) for row in answers.rows] == [
        ("Can you smell gas, or is water near electrics?", "Neither", "danger"),
        ("Where is the problem?", "Kitchen", "room"),
        ("What is wrong in the kitchen?", "No heating or hot water", "fault"),
        ("How many days has it been like this?", "1 day", "since"),
        ("Add a photo", "A photo", ""),
        ("Is anyone over 75 or under 1? Their ages", "80 and 3", "people"),
    ]
    form = form_of(screen)
    assert (screen.kind, screen.title, form.submit, form.field) == ("check", "Check your answers", "Send", None)
    assert form.target == screen.address == "/homes/repairs/ask/check"


def test_a_stop_screen_leads_back_to_the_answer() -> None:
    found = at({"danger": "gas"})
    assert found.stop
    screen = stop_screen(found, found.stop, around())
    assert screen.kind == "stop" and screen.title == "Order a housing repair"
    assert isinstance(screen.blocks[0], Note) and screen.blocks[0].kind == "warning"
    assert screen.blocks[0].text[0].text == "Leave now and ring 0800 111 999."
    assert not any(isinstance(block, Form) for block in screen.blocks), "nothing can be sent from here"
    assert isinstance(screen.blocks[-1], Action) and screen.blocks[-1].target == "/homes/repairs/ask/danger"


def test_a_shared_device_asks_before_unsent_answers_are_cleared() -> None:
    shared = replace(TOUCH, shared=True, handheld=False)
    found = at({"danger": "none"})
    assert question_screen(found, asked(found, "room"), around(means=shared)).unsent == "/homes/repairs/ask/unsent"
    assert check_screen(at(WHOLE), around(means=shared), "remote").unsent == "/homes/repairs/ask/unsent"
    assert question_screen(found, asked(found, "room"), around(means=TOUCH)).unsent == ""
    assert question_screen(at({}), asked(at({}), "danger"), around(means=shared)).unsent == ""


@pytest.mark.parametrize(
    ("answers", "address"),
    [({}, "danger"), ({"danger": "none"}, "room"), ({"danger": "gas"}, "stop"), (WHOLE, "check")],
)
def test_the_address_of_the_next_screen(answers: dict[str, Answer], address: str) -> None:
    assert next_step(at(answers)) == address


def test_a_thin_answer_leaves_the_field_empty() -> None:
    assert everything("name", QuestionState(answer=THIN)).field == Entry("answer", "name", "", 100, complete="name")
    assert ENGLISH.language == "en"
