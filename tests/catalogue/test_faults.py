"""Every fault of an author is reported with its exact position and a correction, all at once."""

from collections.abc import Callable
from pathlib import Path

import pytest
from support.samples.small_content import FILES, GRITTING, MISSED_BIN, MISSED_BIN_CY, TODAY

from onestop.catalogue.source.load import load

BIN, BIN_CY, GRIT = "services/bins/missed-bin.md", "services/bins/missed-bin.cy.md", "services/roads/gritting.md"
BINS, COUNCIL = "services/bins/section.yaml", "council.yaml"

Write = Callable[..., Path]


def changed(name: str, old: str, new: str) -> dict[str, str]:
    assert old in FILES[name]
    return {name: FILES[name].replace(old, new, 1)}


def line(text: str) -> int:
    """Return the number of the line of council.yaml that contains the text."""
    return FILES[COUNCIL].partition(text)[0].count("\n") + 1


def council(old: str, new: str, expected: str) -> tuple[dict[str, str], str]:
    return changed(COUNCIL, old, new), f"{COUNCIL}:{line(old)}:{expected}"


def told(folder: Path) -> list[str]:
    loaded = load(folder, TODAY)
    return [str(fault) for fault in loaded.faults]


def body(text: str) -> dict[str, str]:
    """Return the gritting service with this body, which begins in line 9."""
    return {GRIT: GRITTING.partition("We grit")[0] + text + "\n"}


HEADS = [
    (changed(BIN, "214", "608"), f"{GRIT}:2:9: the number 608 belongs to content/{BIN} already: take one that is free"),
    (
        changed(BIN, "214", "100"),
        f"{BIN}:2:9: the number 100 belongs to the home screen already: take one that is free",
    ),
    (
        changed(BIN, "214", "21a"),
        f"{BIN}:2:9: `number`: `21a` is not right: write three to six digits, the first not 0, like 214",
    ),
    (
        changed(BIN, "214", "0214"),
        f"{BIN}:2:9: `number`: `0214` is not right: write three to six digits, the first not 0",
    ),
    (changed(BIN, "214", "314"), f"{BIN}:2:9: 314 is outside its section's hundred: 200 has 201 to 299"),
    (changed(BIN, "214", "200"), f"{BIN}:2:9: the number 200 belongs to content/{BINS} already: take one that is free"),
    (changed(BIN, "number: 214\n", ""), f"{BIN}:2:1: `number` is missing: it must be given"),
    (changed(BIN, "Report a missed bin", ""), f"{BIN}:3:7: `title` is empty: write a text"),
    (
        changed(BIN, "Report a missed bin", "Bin " * 11 + "bins"),
        f"{BIN}:3:8: `title` is 48 characters long: at most 45",
    ),
    (changed(BIN, "a missed bin", "a missed bin."), f"{BIN}:3:8: `title` ends with a full stop: take it off"),
    (
        changed(BIN, "lgsl: 577", "lgsl: none"),
        f"{BIN}:5:7: `lgsl`: `none` is not right: write the digits of an LGSL id",
    ),
    (changed(BIN, "cost: Free", "lgsl: 12"), f"{BIN}:7:1: `lgsl` is here twice, first in line 5: keep one"),
    (changed(BIN, "cost: Free", "costs: Free"), f"{BIN}:7:1: there is no key `costs` here; did you mean `cost`?"),
    (
        changed(BIN, "phone: 01632 960 200", "phone: 01632"),
        f"{BIN}:9:45: `contact.phone`: `01632` is not right: write a UK number",
    ),
    (changed(BIN, "phone: 0", "fone: 0"), f"{BIN}:9:38: there is no key `fone` here; did you mean `phone`?"),
    (
        changed(BIN, "Mo-Fr 08:30", "Mo-Fri 08:30"),
        f"{BIN}:9:67: `contact.hours`: cannot read the hours `Mo-Fri 08:30-17:00`",
    ),
    (
        changed(BIN, "Sa 09:00-12:30", "Xx 09:00-12:30"),
        f"{BIN}:13:12: `places.1.hours`: `Xx` is not a day: the days are Mo Tu",
    ),
    (
        changed(BIN, "Sa 09:00-12:30", "Sa 09:00-25:30"),
        f"{BIN}:13:12: `places.1.hours`: cannot read the time `09:00-25:30`",
    ),
    (
        changed(BIN, "2026-10-01", "1 October"),
        f"{BIN}:14:11: `reviewed`: `1 October` is not a date: write year-month-day",
    ),
    (
        changed(BIN, "2026-10-01", "2026-02-30"),
        f"{BIN}:14:11: `reviewed`: `2026-02-30` is not a date: write year-month-day",
    ),
    (changed(BIN, "2026-10-01", "2026-11-24"), f"{BIN}:14:11: `reviewed` is in the future: today is 2026-11-23"),
    (
        changed(BIN, "[rubbish, refuse, wheelie, not collected]", "rubbish"),
        f"{BIN}:6:8: `words` must be a list, like [one, two]",
    ),
    (changed(BIN, "cost: Free", "cost: [Free]"), f"{BIN}:7:7: `cost` must be one text, not a list or a mapping"),
    (
        changed(BIN, "cost: Free", "cost: Free: always"),
        f"{BIN}:7:11: this is not YAML: mapping values are not allowed in this context",
    ),
    (
        changed(BIN, "cost: Free", "cost: &free Free"),
        f"{BIN}:7:7: `&name` and `*name` are not read: write the text out, or quote it",
    ),
    (
        changed(BIN, "cost: Free", "cost: *free"),
        f"{BIN}:7:7: `&name` and `*name` are not read: write the text out, or quote it",
    ),
    (
        changed(BIN, "cost: Free", "cost: !!int 3"),
        f"{BIN}:7:7: tags (`tag:yaml.org,2002:int`) are not read: take it out",
    ),
    (
        changed(BIN, "cost: Free", "cost: " + "[" * 50 + "]" * 50),
        f"{BIN}:7:13: too many levels: no key goes this deep",
    ),
    ({BIN: "Report a missed bin\n"}, f"{BIN}:1:1: the file must begin with a line `---`, its head, and another `---`"),
    ({BIN: "---\nnumber: 214\n"}, f"{BIN}:1:1: the head has no end: write a line `---` below it"),
    (changed(BINS, "200", "2o0"), f"{BINS}:1:9: `number`: `2o0` is not right: write three to six digits"),
    (
        changed(BINS, "cy: Biniau", "cym: Biniau"),
        f"{BINS}:2:33: `cym` is no language of council.yaml; did you mean `cy`?",
    ),
    (
        changed(BINS, "en: Bins and recycling", "en: Bins, recycling"),
        f"{BINS}:2:19: `recycling` is no language of council.yaml",
    ),
    (changed(BINS, "en: Bins and recycling, ", ""), f"{BINS}:2:1: `title` has no text in `en`: write it"),
    (
        changed(BINS, "trash-2", "Trash 2"),
        f"{BINS}:4:7: `icon`: `Trash 2` is not the name of a Lucide icon; did you mean `trash-2`?",
    ),
    ({BINS: None}, f"{BINS}:1:1: cannot be read: No such file or directory"),
    (changed(BIN_CY, "title: ", "number: 214\ntitle: "), f"{BIN_CY}:2:1: there is no key `number` here"),
    (
        changed(BIN_CY, "  - name: Siop", "  - name: Un\n  - name: Siop"),
        f"{BIN_CY}:7:3: `places` names 2 places where the original has 1",
    ),
    ({BIN: None}, f"{BIN_CY}:1:1: translates missed-bin.md, which is not there"),
    (
        {"services/bins/missed-bin.fr.md": MISSED_BIN_CY},
        "services/bins/missed-bin.fr.md:1:1: `fr` is no language to translate into",
    ),
    ({"services/bins/Missed.md": MISSED_BIN}, "services/bins/Missed.md:1:1: `Missed` cannot be part of an address"),
    ({"services/bins/2.md": MISSED_BIN}, "services/bins/2.md:1:1: `2` cannot be part of an address: use small letters"),
    ({"services/cy/section.yaml": FILES[BINS]}, "services/cy:1:1: `cy` cannot be part of an address"),
    ({"services/lost.md": MISSED_BIN}, "services/lost.md:1:1: is not in the folder of a section: put it into one"),
    (
        {"services/bins/notes.txt": "x"},
        "services/bins/notes.txt:1:1: is not section.yaml, a service.md, a translation.cy.md",
    ),
]

BODIES = [
    (body(""), f"{GRIT}:9:1: the body is empty: say what the service is and how to get it"),
    (body("## Roads\n\nText."), f"{GRIT}:9:1: the body begins with a heading: begin with a paragraph"),
    (
        body("See [bins](/bins/mised-bin)."),
        f"{GRIT}:9:12: there is no service `/bins/mised-bin`; did you mean `/bins/missed-bin`?",
    ),
    (body("Some text and\nsee [bins](/bin)."), f"{GRIT}:10:12: there is no service `/bin`; did you mean `/bins`?"),
    (
        body("See [bins](bins/missed-bin)."),
        f"{GRIT}:9:12: `bins/missed-bin` is not an address: write /section/service, https://",
    ),
    (body("See [bins](//evil.example)."), f"{GRIT}:9:12: `//evil.example` is not an address"),
    (
        body("See [bins](javascript:alert(1))."),
        f"{GRIT}:9:5: `[bins](javascript:alert` is not a link that can be followed",
    ),
    (body("See [](/bins)."), f"{GRIT}:9:6: the link has no words: write them in the brackets"),
    (body("Text <b>bold</b> text."), f"{GRIT}:9:6: `<b>` is HTML: write Markdown only"),
    (body("Text.\n\n<script>alert(1)</script>"), f"{GRIT}:11:1: `<script>` is HTML: write Markdown only"),
    (body("Text. <!-- secret -->"), f"{GRIT}:9:7: `<!--` is HTML: write Markdown only"),
    (body("Text.\n\n| a | b |\n|---|---|\n| 1 | 2 | 3 |"), f"{GRIT}:13:1: the row has 3 cells and the table 2 columns"),
    (
        body("Text.\n\n|  |  |\n|---|---|\n| 1 | 2 |"),
        f"{GRIT}:11:1: the table has no headings: write what each column holds",
    ),
    (body("Text.\n\n![](map.png)"), f"{GRIT}:11:1: the picture has no description: write it in the brackets"),
    (body("Text.\n\n![A map](map.png)"), f"{GRIT}:11:1: there is no picture `map.png` beside this file"),
    (body("Text ![A map](map.png)"), f"{GRIT}:9:6: a picture needs a paragraph of its own"),
    (body("Text.\n\n# Big"), f"{GRIT}:11:1: the title is the heading of level 1: write `##` or `###`"),
    (body("Text.\n\n## A **strong** one"), f"{GRIT}:11:1: a heading is plain text: take the link or the ** out"),
    (body("Text.\n\n##"), f"{GRIT}:11:1: the heading is empty: write it, or take the # away"),
    (body("Text *quite* so."), f"{GRIT}:9:6: italic is not shown on every screen: write plain or **strong** text"),
    (body("Text `code` so."), f"{GRIT}:9:6: code is not shown: take the ` marks away"),
    (body("Text.\n\n```\ncode\n```"), f"{GRIT}:11:1: code is not shown: write it as a paragraph"),
    (body("Text.\n\n- - -"), f"{GRIT}:11:1: a rule is not shown: use a heading"),
    (body("Text.\n\n1.\n2. two"), f"{GRIT}:11:1: the item is empty: write it, or take its mark away"),
    (
        body("Text.\n\n> [!DANGER]\n> Ice."),
        f"{GRIT}:11:3: `[!DANGER]` is not a kind of note: write [!WARNING] or [!NOTE]",
    ),
]

SETTINGS = [
    council('ground: "#001133"', 'ground: "001133"', "13: `colours.dark.ground`: `001133` is not right: write #"),
    council('text: "#eeeeff"', 'text: "#40506a"', "11: `text` on `ground` has a contrast of 2.3:1: it needs 7:1"),
    council('quiet: "#56667a"', 'quiet: "#8f9aa8"', "12: `quiet` on `ground` has a contrast of 2.9:1: it needs 4.5:1"),
    council("    box:", "    boxes:", "5: there is no colour `boxes` in `dark`; did you mean `box`?"),
    (
        changed(COUNCIL, '    box: "#113366"\n', ""),
        f"{COUNCIL}:{line('  dark:')}:3: the colour `box` is missing in `dark`",
    ),
    council("  night:", "  nigth:", "3: there is no theme `nigth`; did you mean `night`?"),
    council("Europe/London", "Europe/Eastmere", "7: `zone`: `Europe/Eastmere` is not a time zone"),
    council("languages: [en, cy]", "languages: [en, Welsh]", "17: `Welsh` is not a language code"),
    council("address: https", "address: ftp", "10: `address`: `ftp://www.eastmere.example` is not right"),
    council("phone: 01632 960 100", "phone: ask", "8: `phone`: `ask` is not right: write a UK number"),
    ({COUNCIL: None}, f"{COUNCIL}:1:1: cannot be read: No such file or directory"),
    (changed("alert.yaml", "\non: yes", "\non: maybe"), "alert.yaml:2:5: `on`: `maybe` is neither yes nor no"),
    (
        changed("alert.yaml", "/roads/gritting", "/roads/grit"),
        "alert.yaml:5:9: there is no service `/roads/grit`; did you mean",
    ),
    (changed("holidays.yaml", "2026-04-03", "2026-01-01"), "holidays.yaml:5:12: 2026-01-01 is here twice: keep one"),
    (
        changed("holidays.yaml", "2026-04-03", "3 April"),
        "holidays.yaml:5:12: `holidays.2.date`: `3 April` is not a date",
    ),
    (
        changed("crest.svg", "<path", "<script/><path"),
        "crest.svg:1:1: the crest must be one <svg> element without scripts",
    ),
]


@pytest.mark.parametrize(("changes", "expected"), [*HEADS, *BODIES, *SETTINGS])
def test_a_fault_is_reported_at_its_position(write: Write, changes: dict[str, str], expected: str) -> None:
    faults = told(write(changes))
    assert any(fault.startswith(f"content/{expected}") for fault in faults), faults


def test_a_folder_without_faults_has_none(write: Write) -> None:
    assert told(write()) == []


def test_a_missing_translation_is_only_a_warning(write: Write) -> None:
    loaded = load(write({BIN_CY: None}), TODAY)
    assert loaded.catalogue
    assert [str(fault) for fault in loaded.faults] == [
        f"content/{BIN}:1:1: warning: is not translated: write missed-bin.cy.md"
    ]


def test_all_faults_are_reported_together(write: Write) -> None:
    bin_text = FILES[BIN].replace("214", "21").replace("title: Report a missed bin", "titel: x").replace("## B", "# B")
    faults = told(
        write({BIN: bin_text, **changed(BINS, "200", "2"), **body("<i>"), **changed(COUNCIL, "#eeeeff", "#40506a")})
    )
    assert {tuple(fault.split(":")[:3]) for fault in faults} >= {
        (f"content/{COUNCIL}", str(line("#eeeeff")), "11"),
        (f"content/{BINS}", "1", "9"),
        (f"content/{BIN}", "2", "9"),
        (f"content/{BIN}", "3", "1"),
        (f"content/{BIN}", "18", "1"),
        (f"content/{GRIT}", "9", "1"),
    }


def test_a_faulty_head_does_not_hide_faults_between_files(write: Write) -> None:
    faults = told(write({BIN: FILES[BIN].replace("214", "608").replace("lgsl: 577", "lgsl: x")}))
    assert [fault for fault in faults if "608 belongs to" in fault]
    assert [fault for fault in faults if "lgsl" in fault]


def test_a_fault_in_a_service_is_not_repeated_for_links_to_it(write: Write) -> None:
    faults = told(write(changed(GRIT, "lgsl: 600", "lgsl: x")))
    assert len(faults) == 1


def test_yaml_scalars_in_a_head_stay_text(write: Write) -> None:
    loaded = load(write(changed(BIN, "cost: Free", "cost: no\ntakes: 12:30\neligibility: 0123")), TODAY)
    assert loaded.catalogue
    text = loaded.catalogue.services[0].text("en")
    assert (text.cost, text.takes, text.eligibility) == ("no", "12:30", "0123")


def test_a_reserved_section_name_is_rejected(write: Write) -> None:
    folder = write()
    catalogue = load(folder, TODAY, reserved=frozenset({"roads"})).catalogue
    assert catalogue and not catalogue.find("/roads")
    told_of = [str(fault) for fault in load(folder, TODAY, reserved=frozenset({"roads"})).faults]
    assert any(
        fault.startswith("content/services/roads:1:1: `roads` cannot be part of an address") for fault in told_of
    )
