"""Faults of questions and of the paths between them."""

from dataclasses import replace

import pytest
from support.samples.small_journeys import MEANS, changed, only_fault, place, read

from onestop.screen import Means

ASKS = """\
title: {{en: Trial, cy: Prawf}}
asks:
  - {{ask: kind, text: {{en: Kind, cy: Math}}, pick: {{a: {{en: A, cy: Y}}, b: {{en: B, cy: Ail}}}}}}
  - {ask}
done: {{say: {{en: Done, cy: Wedi gorffen}}, send: [housing]}}
"""
TEXT = "text: {en: What, cy: Beth}"
AB = "{x: {en: Ex, cy: Ecs}, y: {en: Why, cy: Pam}}"

NINE = "{" + ", ".join(f"o{n}: {{en: O{n}, cy: P{n}}}" for n in range(10)) + "}"
# § stands where the fault is.
WRONG = [
    (f"§{{ask: more, {TEXT}}}", "says no kind of answer: write one of pick, picks, date"),
    (f"§{{ask: more, {TEXT}, numbr: {{}}}}", "says no kind of answer; did you mean `number`?"),
    (f"{{ask: more, {TEXT}, pick: {AB}, §words: {{}}}}", "has two kinds of answer, `pick` and `words`: keep one"),
    (f"{{ask: more, {TEXT}, §pick: {{x: {{en: Ex, cy: Ecs}}}}}}", "has 1 option: a choice needs at least 2"),
    (f"{{ask: more, {TEXT}, §pick: {{}}}}", "has 0 options: a choice needs at least 2"),
    (f"{{ask: more, {TEXT}, §picks: {NINE}}}", "has 10 options to tick: at most 6, or make it two questions"),
    (f"{{ask: more, {TEXT}, pick: {{x: {{en: A, cy: B}}, §y: {{en: A, cy: B}}}}}}", "reads like the option `x`"),
    (f"{{ask: §more, {TEXT}, words: {{}}}}", "cannot be answered on `remote`: give it a `thin` answer"),
    (f"{{ask: §more, {TEXT}, place: spot}}", "cannot be answered on `remote`: give it a `thin` answer"),
    (f"{{ask: §more, {TEXT}, file: image}}", "cannot be answered on `remote`: give it a `thin` answer"),
    (f"{{ask: more, {TEXT}, pick: {AB}, §thin: {{en: Ring, cy: Ffoniwch}}}}", "a choice needs no `thin`"),
    (f"{{ask: §more, {TEXT}, pick: {AB}, if: kind is a and kind is b}}", "is never reached: no answers lead here"),
    (
        f"{{ask: more, {TEXT}, pick: {{x: {{en: Ex, cy: Ecs}}, y: {{en: Why, cy: Pam}}, "
        "§z: {text: {en: Zed, cy: Sed}, if: kind is a and kind is b}}}",
        "is never offered: no answers lead to it",
    ),
    (
        f"{{ask: §more, {TEXT}, pick: {{x: {{en: Ex, cy: Ecs}}, y: {{text: {{en: Why, cy: Pam}}, if: kind is a}}}}}}",
        "offers only `x` when kind is b: a choice needs 2 options wherever it is asked",
    ),
    (f"{{ask: §more, text: {{en: Kind, cy: Math}}, pick: {AB}}}", "asks in the same words as `kind`"),
    (f"{{tell: more, {TEXT}, if: kind is §c}}", "`c` is no option of `kind`"),
    (f"{{tell: more, {TEXT}, stop: yes, §send: [housing]}}", "there is no key `send` here"),
    (f"{{ask: more, {TEXT}, each: {{max: §1, number: {{}}}}}}", "`1` must be a whole number from 2 to 20"),
    (f"{{ask: more, {TEXT}, each: §{{max: 3}}}}", "says no kind of answer"),
    (f"{{ask: more, {TEXT}, date: {{from: §soon}}}}", "`soon` is not a day: write today, -30 days"),
    (f"{{ask: more, {TEXT}, money: {{max: §lots}}}}", "`lots` is not an amount: write pounds like 12.50"),
    (f"{{ask: more, {TEXT}, name: §maybe}}", "`maybe` is none of yes, other"),
    (f"{{ask: more, text: §'', pick: {AB}}}", "`text` is empty: write a text"),
    (f"{{ask: more, §text: {{cy: Beth}}, pick: {AB}}}", "`text` has no text in `en`: write it"),
    (f"{{ask: more, text: §[a, b], pick: {AB}}}", "`text` must be one text: quote a text that has commas"),
    (f"{{ask: more, text: {{en: §{'W' * 141}, cy: Beth}}, pick: {AB}}}", "is 141 characters long: at most 140"),
    ("§{}", "`ask` is missing: it must be given"),
]


@pytest.mark.parametrize(("ask", "fault"), WRONG)
def test_a_wrong_ask_is_reported_at_its_position(ask: str, fault: str) -> None:
    column = 5 + ask.index("§")
    journey, faults = read(ASKS.format(ask=ask.replace("§", "")))
    assert journey is None
    assert any(one.startswith(f"4:{column}: {fault}") for one in faults), (column, faults)


def test_a_stop_on_every_path_is_refused() -> None:
    text = ASKS.format(ask=f"{{tell: more, {TEXT}, stop: yes}}")
    assert only_fault(text).startswith("5:1: is never reached on `touch`: every path stops before it")


def reached(thin: str, need: str = "") -> str:
    return f"""\
title: {{en: Trial, cy: Prawf}}
who: contact
asks:
  - {{ask: phone, text: {{en: Phone, cy: Rhif}}, phone: yes{thin}{need}}}
done: {{say: {{en: Done, cy: Wedi gorffen}}, send: [housing]}}
"""


def test_a_contact_must_be_answered_on_every_path() -> None:
    assert read(reached(""))[1] == []
    for weak in (reached(", thin: {en: I will ring, cy: Ffoniaf}"), reached("", ", need: no")):
        assert only_fault(weak).startswith("2:6: `contact` needs a `phone` or an `email` that must be answered")


def test_a_demanded_contact_counts_only_for_the_budget_with_typing() -> None:
    tight = {**MEANS, "remote": replace(MEANS["remote"], most=12)}
    assert read(reached(""), means=tight)[1] == [
        "1:8: takes 13 presses on `remote` from its beginning: at most 12; `phone` takes 12, checking and sending 1: "
        "ask less there"
    ]
    anyone = reached("").replace("who: contact", "who: anyone")
    assert only_fault(anyone).startswith("1:8: takes 13 presses on `remote` on half of its paths: at most 12")


def test_a_text_of_a_fact_that_is_never_used_is_reported() -> None:
    text = changed(("if: urgent}", "if: danger is gas}"))
    line = place("within:").split(":")[0]
    assert only_fault(text).startswith(f"{line}:3: is never `24 hours`: no answers lead to it")


def test_a_journey_over_its_press_budget_is_refused() -> None:
    tight = {"remote": Means(keyboard=False, upload=False, presses=lambda field: 2, median=8, worst=8)}
    _, faults = read(changed(("only: [touch]", "only: [remote]")), means=tight)
    assert [fault.partition(": ")[0] for fault in faults] == ["1:8", "1:8"]
    assert faults[0].startswith("1:8: takes 10 presses on `remote` on half of its paths: at most 8; when danger is ")
    assert (
        "presses on `remote` when danger is water, room is kitchen, fault is heat: at most 8; `people` takes"
        in faults[1]
    )
    assert "`fault` takes 2" in faults[1] and "checking and sending 1: ask less there" in faults[1]


def test_a_path_without_a_question_is_refused() -> None:
    text = """\
title: {en: Trial, cy: Prawf}
asks:
  - {ask: more, text: {en: What, cy: Beth}, words: {}, only: [touch]}
done: {say: {en: Done, cy: Wedi gorffen}, send: [housing]}
"""
    assert only_fault(text).startswith(
        "4:1: can be reached on `remote` without a question: ask something on every path"
    )


def test_too_many_paths_are_refused() -> None:
    choice = "  - {ask: q%d, text: {en: Q%d, cy: C%d}, pick: {a: {en: A, cy: B}, b: {en: C, cy: D}}}\n"
    asks = "".join(choice % (n, n, n) for n in range(16))
    facts = "facts: {" + ", ".join(f"f{n}: q{n} is a" for n in range(16)) + "}\n"
    text = f"title: {{en: Many, cy: Llawer}}\nasks:\n{asks}{facts}done: {{say: {{en: D, cy: W}}, send: [housing]}}\n"
    assert only_fault(text).startswith("2:1: has more than 20000 paths, which nobody can look over: ask less")
