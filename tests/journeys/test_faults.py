"""Everything an author can get wrong in a journey is told with its exact place and with what would be right."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from small_journeys import DESKS, LANGUAGES, MEANS, REPAIR, TODAY, read

from onestop.journeys.desks import read_desks
from onestop.journeys.load import ReadJourneys, Use, check_uses, read_edition, read_journeys
from onestop.screen import Means

LINES = REPAIR.split("\n")


def place(text: str, *, within: str = "") -> str:
    """Where a text stands in the repair: "12:9"; `within` is more of its line where it stands more than once."""
    found = [(number, line) for number, line in enumerate(LINES, 1) if text in line and within in line]
    assert len(found) == 1, (text, found)
    number, line = found[0]
    return f"{number}:{line.index(text) + 1}"


def changed(*changes: tuple[str, str]) -> str:
    text = REPAIR
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def test_the_repair_has_no_fault() -> None:
    assert read(REPAIR)[1] == []


# What is changed, and the fault: its place is where the changed text begins, so many characters into it.
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
    ("if: room is kitchen or bath", "if: room > 3", 4, "`room` is not a number, an amount or a day"),
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
def test_it_is_told_where_it_stands(old: str, new: str, offset: int, message: str) -> None:
    text = changed((old, new))
    before = text[: text.index(new) + offset]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    journey, faults = read(text)
    assert journey is None
    assert any(fault.startswith(f"{line}:{column}: {message}") for fault in faults), (f"{line}:{column}", faults)


def only_fault(text: str, means: Mapping[str, Means] = MEANS) -> str:
    journey, faults = read(text, means=means)
    assert journey is None and len(faults) == 1, faults
    return faults[0]


def test_one_mistake_is_one_fault_however_often_its_name_is_used() -> None:
    text = changed(("ask: danger", "ask: move"), ("urgent: danger is", "urgent: move is"))
    assert only_fault(text).startswith("5:10: `move` is a word of our own")


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
    (f"§{{ask: more, {TEXT}}}", "says no kind of answer: write one of pick, picks, number"),
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
def test_a_wrong_ask_is_told_where_it_is_wrong(ask: str, fault: str) -> None:
    column = 5 + ask.index("§")
    journey, faults = read(ASKS.format(ask=ask.replace("§", "")))
    assert journey is None
    assert any(one.startswith(f"4:{column}: {fault}") for one in faults), (column, faults)


def test_a_stop_on_every_path_is_refused() -> None:
    text = ASKS.format(ask=f"{{tell: more, {TEXT}, stop: yes}}")
    assert only_fault(text).startswith("5:1: is never reached on `touch`: every path stops before it")


def test_a_name_in_a_text_must_have_been_answered_on_every_way_there() -> None:
    optional = changed(("said: {en: kitchen", "hint: {en: K, cy: C}, said: {en: kitchen"))
    assert read(optional)[1] == []
    text = changed(("We will come within {within}.", "After {since} we come within {within}."))
    place_of_say = place("We will come").split(":")[0]
    assert only_fault(text).startswith(f"{place_of_say}:8: says {{since}}, which is not always answered before it")


def reached(thin: str, need: str = "") -> str:
    return f"""\
title: {{en: Trial, cy: Prawf}}
who: contact
asks:
  - {{ask: phone, text: {{en: Phone, cy: Rhif}}, phone: yes{thin}{need}}}
done: {{say: {{en: Done, cy: Wedi gorffen}}, send: [housing]}}
"""


def test_who_can_be_reached_must_have_said_how_on_every_path() -> None:
    easy = {**MEANS, "remote": replace(MEANS["remote"], median=0)}
    assert read(reached(""), means=easy)[1] == []
    for weak in (reached(", thin: {en: I will ring, cy: Ffoniaf}"), reached("", ", need: no")):
        assert only_fault(weak).startswith("2:6: `contact` needs a `phone` or an `email` that must be answered")


def test_what_is_no_yaml_is_told_with_what_may_be_to_blame() -> None:
    for bad in ("title: {en: It's, this, cy: 'Hyn}", "title: {en: {size}, cy: x}}", "title: a: b"):
        (fault,) = read(bad)[1]
        assert (
            "this is not YAML" in fault and "`: `" in fault and "comma or a brace inside `{en: ..., cy: ...}`" in fault
        )


def test_an_outcome_nobody_comes_to_is_told() -> None:
    text = changed(("if: urgent}", "if: danger is gas}"))
    line = place("within:").split(":")[0]
    assert only_fault(text).startswith(f"{line}:3: is never `24 hours`: no answers lead to it")


def test_a_journey_over_its_presses_is_refused_with_the_way_that_takes_most() -> None:
    tight = {"remote": Means(keyboard=False, upload=False, presses=lambda field: 2, median=8, worst=8)}
    _, faults = read(changed(("only: [touch]", "only: [remote]")), means=tight)
    assert [fault.partition(": ")[0] for fault in faults] == ["1:8", "1:8"]
    assert faults[0].startswith("1:8: takes 10 presses on `remote` on half of its paths: at most 8; when danger is ")
    assert (
        "presses on `remote` when danger is water, room is kitchen, fault is heat: at most 8; `people` takes"
        in faults[1]
    )
    assert "`fault` takes 2" in faults[1] and "checking and sending 1: ask less there" in faults[1]


def test_a_journey_with_a_path_that_asks_nothing_is_refused() -> None:
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


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "1:1: `asks` is missing: it must be given"),
        ("title: {en: T, cy: T}\nasks: none\ndone: {say: x, send: [housing]}", "2:7: `asks` must be a list"),
        ("title: {en: T, cy: T}\nasks: [a]\n", "2:8: `0` must be a mapping"),
        ("title: [", "1:1: this is not YAML"),
        ("- a\n- b", "1:1: expected `key: value` lines here"),
        ("done: {say: x}\nasks: []", "1:7: `send` is missing: name the desks it is sent to"),
    ],
)
def test_a_file_that_is_no_journey_is_told(text: str, fault: str) -> None:
    journey, faults = read(text)
    assert journey is None
    assert any(one.startswith(fault) for one in faults), faults


def test_a_missing_translation_is_a_warning_and_a_language_nobody_wrote_is_one() -> None:
    journey, faults = read(changed(("text: {en: Add a photo, cy: Ychwanegu llun}", "text: Add a photo")))
    assert journey
    assert faults == [f"{place('text: {en: Add a photo')}: warning: `text` has no text in `cy`: write it"]
    english = "title: T\nasks:\n  - {ask: one, text: T, pick: {a: A, b: B}}\ndone: {say: D, send: [housing]}\n"
    journey, faults = read(english)
    assert journey and faults == ["1:1: warning: is not translated: no text has `cy`"]


def write(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "content").mkdir(exist_ok=True)
    return folder / "content"


def test_a_folder_without_journeys_has_none(tmp_path: Path) -> None:
    folder = write(tmp_path, {})
    assert read_desks(folder, LANGUAGES) == ({}, ())
    assert read_journeys(folder, LANGUAGES, {}, MEANS, TODAY) == ReadJourneys({}, (), {})


def test_every_file_is_read_and_named_in_its_faults(tmp_path: Path) -> None:
    files = {"journeys/repair.yaml": REPAIR, "journeys/broken.yaml": "title: [", "journeys/.repair.yaml.swp": "x"}
    read_all = read_journeys(write(tmp_path, files), LANGUAGES, DESKS, MEANS, TODAY)
    assert list(read_all.journeys) == ["repair"] and read_all.sources["repair"] == REPAIR
    assert [(fault.file, fault.line, fault.column) for fault in read_all.faults] == [
        ("content/journeys/broken.yaml", 1, 1)
    ]


def test_desks_have_names_in_every_language(tmp_path: Path) -> None:
    folder = write(
        tmp_path, {"desks.yaml": "housing: {en: Housing, cy: Tai}\nwaste: Waste\nBad Name: {en: B, cy: D}\n"}
    )
    desks, faults = read_desks(folder, LANGUAGES)
    assert desks["housing"] == {"en": "Housing", "cy": "Tai"} and desks["waste"] == {"en": "Waste"}
    assert sorted(map(str, faults)) == [
        "content/desks.yaml:2:1: warning: `waste` has no text in `cy`: write it",
        "content/desks.yaml:3:1: `Bad Name` is no name: write at most 30 small letters, digits and hyphens",
    ]


def test_a_service_must_lead_to_a_journey_that_is_there_and_each_should_be_led_to() -> None:
    read_all = ReadJourneys({}, (), {"housing-repair": "", "missed-bin": ""})
    uses = (Use("missed-bin", "content/a.md", (3, 10)), Use("housing-repairs", "content/b.md", (5, 10)))
    assert list(map(str, check_uses(uses, read_all, "content"))) == [
        "content/b.md:5:10: there is no journey `housing-repairs`; did you mean `housing-repair`?",
        "content/journeys/housing-repair.yaml:1:1: warning: no service leads to this journey: "
        "write `journey: housing-repair` in the head of one",
    ]


def test_an_edition_is_read_again_without_the_channels_and_desks_of_its_time() -> None:
    journey, _ = read(REPAIR)
    again = read_edition("trial", REPAIR, LANGUAGES)
    assert journey and again
    assert (again.edition, again.steps, again.facts) == (journey.edition, journey.steps, journey.facts)
    assert read_edition("trial", "title: [", LANGUAGES) is None
