"""Wrong names, numbers and texts in a journey are reported with their position and a correction."""

import pytest
from support.samples.small_journeys import REPAIR, changed, only_fault, place, read


def test_the_repair_has_no_fault() -> None:
    assert read(REPAIR)[1] == []


# The text to replace, its replacement, the offset of the fault from its beginning, and the message.
CHANGES: list[tuple[str, str, int, str]] = [
    ("who: tenant", "whom: tenant", 0, "there is no key `whom` here; did you mean `who`?"),
    ("who: tenant", "who: tennant", 5, "`tennant` is none of anyone, contact, tenant, voter; did you mean `tenant`?"),
    ("who: tenant", "who: contact", 5, "`contact` needs a `phone` or an `email` that must be answered; "),
    ("draft: 30 days", "draft: a month", 7, "`a month` is no length of time: write one like 30 days"),
    ("ask: danger", "ask: Danger", 5, "`Danger` is no name: write at most 30 small letters, digits and hyphens"),
    ("ask: danger", "ask: check", 5, "`check` is a word of our own: take another name"),
    ("ask: since", "ask:  room", 6, "`room` is here twice: give each its own name"),
    ("words: {max: 300}", "wrods: {max: 300}", 0, "there is no key `wrods` here; did you mean `words`?"),
    ("words: {max: 300}", "words: {most: 300}", 8, "there is no key `most` here"),
    ("words: {max: 300}", "words: 300", 7, "`300` says not what it is: write `words: {max: 300}`"),
    ("words: {max: 300}", "words: some", 7, "`some` says not what it is: write `words: {max: 300}`"),
    (
        "each: {max: 4, number: {min: 0, max: 120}}",
        "each: {max: 4, picks: {a: B, c: D}}",
        15,
        "`picks` takes several answers",
    ),
    ("words: {max: 300}", "words: {max: lots}", 13, "`lots` must be a whole number from 1 to 4000"),
    ("number: {min: 0, max: 99,", "number: {min: 100, max: 99,", 0, "has a `min` above its `max`: no answer is right"),
    ("file: image", "file: sound", 6, "`sound` is none of image"),
    ("need: no\n    only", "need: perhaps\n    only", 6, "`perhaps` is none of yes, no"),
    ("only: [touch]", "only: [tuoch]", 7, "there is no channel `tuoch`; did you mean `touch`?"),
    ("if: room is kitchen or bath", "if: rom is kitchen", 4, "there is no ask or fact `rom`; did you mean `room`?"),
    (
        "if: room is kitchen or bath",
        "if: room is kitchen or bat",
        23,
        "`bat` is no option of `room`; did you mean `bath`?",
    ),
    (
        "if: room is kitchen or bath",
        "if: 'room is kitchen or bat'",
        24,
        "`bat` is no option of `room`; did you mean `bath`?",
    ),
    (
        "if: room is kitchen or bath",
        "if: people is given",
        4,
        "`people` is not known yet here: only what is asked above",
    ),
    ("if: room is kitchen or bath", "if: fault is leak", 4, "`fault` is not known yet here"),
    ("if: room is kitchen or bath", "if: urgent", 4, "`urgent` is not known yet here"),
    ("if: room is kitchen or bath", "if: room > 3", 4, "the answers of `room` have no order"),
    ("if: fault is not other", "if: fault is not (other)", 17, "brackets are not read"),
    ("if: fault is not other", "if: fault is", 12, "the condition ends where what `fault` must be should stand"),
    ("wrong in the {room}", "wrong in the {rom}", 13, "`{rom}` is neither an ask nor a fact; did you mean `room`?"),
    ("wrong in the {room}", "wrong in the {people}", 13, "`{people}` is not known yet here: only what is asked above"),
    ("wrong in the {room}", "wrong in the {urgent}", 13, "`{urgent}` is not known yet here"),
    ("within {within}.", "within {urgent}.", 7, "`{urgent}` is yes or no: it cannot be said; make a fact with texts"),
    ("within {within}.", "within {photo}.", 7, "`{photo}` is a picture: it cannot be said"),
    ("urgent: danger is water", "room: danger is water", 0, "`room` is the name of an ask: give the fact another"),
    ("if: urgent}", "if: otherwise}", 4, "`otherwise` must be the last: what stands below it never holds"),
    ("if: urgent}", "if: within is given}", 4, "`within` is not known yet here"),
    ("send: [housing]", "send: [houses]", 7, "there is no desk `houses` in desks.yaml; did you mean `housing`?"),
    ("send: [housing]", "send: []", 6, "is an empty list: name at least one desk"),
    ("stop: {en: Leave now", "stop: {send: x, en: Leave now", 7, "a stop sends nothing: take `send` out"),
    (
        "said: {en: kitchen, cy: gegin}",
        "say: {en: kitchen, cy: gegin}",
        0,
        "there is no key `say` here; did you mean `said`?",
    ),
    ("title: {en: Order", "title: {fr: Commander, en: Order", 8, "`fr` is no language of council.yaml"),
]


@pytest.mark.parametrize(("old", "new", "offset", "message"), CHANGES)
def test_a_mistake_is_reported_at_its_position(old: str, new: str, offset: int, message: str) -> None:
    text = changed((old, new))
    before = text[: text.index(new) + offset]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    journey, faults = read(text)
    assert journey is None
    assert any(fault.startswith(f"{line}:{column}: {message}") for fault in faults), (f"{line}:{column}", faults)


def test_a_mistake_in_a_name_is_one_fault() -> None:
    text = changed(("ask: danger", "ask: move"), ("urgent: danger is", "urgent: move is"))
    assert only_fault(text).startswith("5:10: `move` is a word of our own")


def test_a_placeholder_must_be_answered_on_every_path() -> None:
    optional = changed(("said: {en: kitchen", "hint: {en: K, cy: C}, said: {en: kitchen"))
    assert read(optional)[1] == []
    text = changed(("We will come within {within}.", "After {since} we come within {within}."))
    place_of_say = place("We will come").split(":")[0]
    assert only_fault(text).startswith(f"{place_of_say}:8: says {{since}}, which is not always answered before it")
