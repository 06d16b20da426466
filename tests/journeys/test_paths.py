"""Every path is counted and drawn, and can be walked by entering its answers."""

from collections.abc import Mapping

import pytest
from support.samples.small_journeys import (
    ENGLISH,
    KINDS,
    LANGUAGES,
    MEANS,
    REMOTE,
    REPAIR,
    SLOT,
    TODAY,
    TOUCH,
    WELSH,
    around,
    journey_of,
    remote_presses,
)

from onestop.authoring.faults import errors
from onestop.authoring.source import Source
from onestop.catalogue.source.load import LoadResult
from onestop.journeys.journey import Ask, Journey
from onestop.journeys.kind import Refused
from onestop.journeys.kinds.photo import PhotoKind
from onestop.journeys.paths.paths import MOST_PATHS, JourneyPath, TooManyPaths, Unanswerable, find_paths
from onestop.journeys.paths.presses import median_presses
from onestop.journeys.paths.tree import draw
from onestop.journeys.repeat import RepeatKind
from onestop.journeys.screens.question import QuestionState, question_screen
from onestop.journeys.source.folder import ReadJourneys
from onestop.journeys.source.journey_file import read_journey
from onestop.journeys.values.answer import SKIPPED, Answer, is_thin, items_of
from onestop.journeys.values.form_values import DO, FormValues
from onestop.journeys.values.property import is_property
from onestop.journeys.walk.submitted_answer import parse_answer
from onestop.journeys.walk.walk import walk
from onestop.screen import Means


def numbers(journey: Journey, means: Means) -> tuple[int, int, int, int, int, int]:
    """Paths, those to the end, fewest, median and most presses, and screens."""
    found = find_paths(journey, "touch" if means.upload else "remote", means, TODAY)
    ends = [path for path in found if not path.stopped]
    presses = [path.presses for path in ends]
    return (
        sum(path.count for path in found),
        sum(path.count for path in ends),
        min(presses),
        median_presses(ends),
        max(presses),
        max(path.screens for path in ends),
    )


def test_paths_and_presses_match_those_counted_by_hand() -> None:
    with_slot = journey_of(REPAIR.replace("facts:\n", SLOT))
    assert numbers(with_slot, REMOTE) == (55, 54, 5, 7, 11, 7)
    assert numbers(with_slot, Means(presses=remote_presses)) == (55, 54, 6, 8, 12, 8)
    assert numbers(journey_of(REPAIR), REMOTE) == (55, 54, 5, 6, 9, 6)


def test_options_that_make_no_difference_share_a_path() -> None:
    found = find_paths(journey_of(REPAIR), "remote", REMOTE, TODAY)
    assert len(found) == 17
    assert sum(path.count for path in found) == 55
    assert len({repr(path) for path in found}) == len(found)


def send(ask: Ask, answer: Answer) -> list[tuple[FormValues, Answer]]:
    """Yield the forms that give an answer, each with its photo."""
    if answer is SKIPPED:
        return [({DO: ("skip",)}, SKIPPED)]
    if is_thin(answer):
        return [({DO: ("thin",)}, SKIPPED)]
    kind = ask.kind.of if isinstance(ask.kind, RepeatKind) else ask.kind
    items = items_of(answer) if isinstance(ask.kind, RepeatKind) else (answer,)
    sent = [(kind.refill(item), item if isinstance(kind, PhotoKind) else SKIPPED) for item in items]
    finish: list[tuple[FormValues, Answer]] = [({DO: ("done",)}, SKIPPED)] if isinstance(ask.kind, RepeatKind) else []
    return [*sent, *finish]


def expect_path_is_walked(journey: Journey, channel: str, path: JourneyPath) -> None:
    """Walk a path by entering its answers, and check that it is that path."""
    answers: dict[str, Answer] = {}
    for step in path.steps:
        found = walk(journey, answers, channel, TODAY)
        ask = found.next
        assert ask and ask.name == step.ask.name and ask.kind == step.ask.kind
        assert [t.name for t in found.tells[ask.name]] == [t.name for t in step.tells]
        for number, (sent, photo) in enumerate(send(ask, step.answers[0])):
            before = answers.get(ask.name) if number else SKIPPED
            place = step.answers[0] if is_property(step.answers[0]) else SKIPPED
            answer = parse_answer(ask, sent, ENGLISH, TODAY, before=before, photo=photo, place=place)
            assert not isinstance(answer, Refused), (ask.name, sent, answer)
            answers[ask.name] = answer
        assert answers[ask.name] == step.answers[0]
    end = walk(journey, answers, channel, TODAY)
    assert end.next is None and end.complete != path.stopped and len(end.path) == len(path.steps)
    assert len(end.path) <= walk(journey, {}, channel, TODAY).most


@pytest.mark.parametrize("text", [REPAIR, REPAIR.replace("facts:\n", SLOT)])
@pytest.mark.parametrize("channel", sorted(MEANS))
def test_every_path_can_be_walked_by_entering_its_answers(text: str, channel: str) -> None:
    journey = journey_of(text)
    for path in find_paths(journey, channel, MEANS[channel], TODAY):
        expect_path_is_walked(journey, channel, path)


def test_every_kind_can_be_entered() -> None:
    journey = journey_of(KINDS, {"touch": TOUCH})
    found = find_paths(journey, "touch", TOUCH, TODAY)
    assert len(found) == 1 and len(found[0].steps) == 15
    expect_path_is_walked(journey, "touch", found[0])


def test_the_longest_path_is_the_longest_of_all_paths() -> None:
    journey = journey_of(REPAIR)
    for channel, means in MEANS.items():
        longest = max(len(path.steps) for path in find_paths(journey, channel, means, TODAY))
        assert walk(journey, {}, channel, TODAY).most == longest


CHOICE = "  - {ask: q%d, text: {en: Q%d, cy: C%d}, pick: {a: {en: A, cy: B}, b: {en: C, cy: D}}}\n"
HEAD = "title: {en: Many, cy: Llawer}\nasks:\n"
END = "done: {say: {en: Done, cy: Wedi}, send: [housing]}\n"


def test_answers_that_no_condition_compares_do_not_multiply_paths() -> None:
    text = HEAD + "".join(CHOICE % (n, n, n) for n in range(30)) + END
    found = find_paths(journey_of(text, {"touch": TOUCH}), "touch", TOUCH, TODAY)
    assert [path.count for path in found] == [2**30]


def test_too_many_paths_raise() -> None:
    asks = "".join(CHOICE % (n, n, n) for n in range(16))
    facts = "facts: {" + ", ".join(f"f{n}: q{n} is a" for n in range(16)) + "}\n"
    journey = _unchecked(HEAD + asks + facts + END)
    with pytest.raises(TooManyPaths):
        find_paths(journey, "touch", TOUCH, TODAY)
    assert MOST_PATHS < 2**16


def test_an_ask_that_a_device_cannot_answer_raises() -> None:
    ask = "  - {ask: why, text: {en: Why, cy: Pam}, words: {max: 100}}\n"
    journey = _unchecked(HEAD + ask + END)
    with pytest.raises(Unanswerable) as why:
        find_paths(journey, "remote", REMOTE, TODAY)
    assert why.value.ask.name == "why"


def _unchecked(text: str) -> Journey:
    source = Source("trial.yaml")
    journey, _ = read_journey(source, "trial", text, LANGUAGES)
    assert journey and not errors(source.faults), source.faults
    return journey


def test_the_paths_are_drawn_with_a_table_and_every_end() -> None:
    drawn = list(draw(journey_of(REPAIR), MEANS, TODAY))
    assert drawn[0].startswith("Order a housing repair (trial, edition ")
    assert [line.split() for line in drawn[3:5]] == [
        ["touch", "55", "54", "5", "6", "8", "8", "7"],
        ["remote", "55", "54", "5", "6", "9", "9", "6"],
    ]
    remote = drawn[drawn.index("On remote:") :]
    assert "  danger: gas -> stops, 1 press" in remote
    assert "      fault: other, detail: (Please ring me) -> sent, 5 presses, 2 paths" in remote
    assert sum("->" in line for line in remote) == len(find_paths(journey_of(REPAIR), "remote", REMOTE, TODAY))


def test_every_path_of_the_demonstration_journeys_can_be_walked(
    borough_journeys: ReadJourneys, means: Mapping[str, Means]
) -> None:
    walked = 0
    for journey in borough_journeys.journeys.values():
        for channel, those in means.items():
            for path in find_paths(journey, channel, those, TODAY):
                expect_path_is_walked(journey, channel, path)
                walked += 1
    assert len(borough_journeys.journeys) >= 12
    assert walked > 1000


def test_every_question_of_the_demonstration_journeys_has_a_screen(
    borough_journeys: ReadJourneys, borough: LoadResult, means: Mapping[str, Means]
) -> None:
    for journey in borough_journeys.journeys.values():
        for channel, those in means.items():
            for path in find_paths(journey, channel, those, TODAY)[:40]:
                found = walk(journey, path.answers, channel, TODAY)
                for ask in found.path:
                    for words in (ENGLISH, WELSH):
                        screen = question_screen(
                            found, ask, around(words, those), QuestionState(found.answers.get(ask.name))
                        )
                        assert "{" not in screen.title and screen.title
