"""What one channel would show as it is written is a fault with its place; so is what YAML would cut off or change."""

from pathlib import Path

import pytest
from support.samples.small_content import GRITTING, TODAY, write_content

from onestop.catalogue.source.load import load

GRIT = "services/roads/gritting.md"


def faults_of(folder: Path, text: str) -> list[str]:
    loaded = load(write_content(folder / "content", {GRIT: text}), TODAY)
    name = f"content/{GRIT}:"
    return [str(fault).removeprefix(name) for fault in loaded.faults if fault.file == name[:-1]]


@pytest.mark.parametrize(
    "line",
    [
        "It is ~~free~~ dear.",
        "- [ ] Ring us",
        "- [x] Ring us",
        "Ring us.[^1]",
        "[^1]: In the week.",
        "See [the bins][bins].",
        "See [the bins][].",
        "[bins]: /bins/missed-bin",
        "See [[bins]].",
        "Grit\n: Salt and sand",
        "Grit\n====",
        "Grit\n---\n\nSalt.",
        "*[LGSL]: a list",
        "::: note",
        "{{< contact >}}",
        "Salt {.big}",
        "It is ==new==.",
        "It is ++new++.",
        "Well done :smile: all.",
        "$$x = y$$",
        "20 m^2^ of it",
        "H~2~O",
        "##Salt",
        "[TOC]",
        "| A | B |\n| 1 | 2 |",
        "An ^[inline] note",
        "Some `code`",
        "<b>Salt</b>",
        "####### Salt",
        "{: .big}",
        "!!! note",
        "??? note",
        "[!NOTE] Salt",
        "\u2022 Salt\n\u2022 Sand",
        "[Salt] (https://salt.example)",
        "(Salt)[https://salt.example]",
        "$x^2$ of salt",
        "**Salt",
        "Salt**",
        "** Salt **",
        "A ` of salt",
        "Salt &salty; sand",
        "| Salt",
        "---|---",
        "[Salt]()",
        "[Salt](salt.docx)",
        "Bring\n2. salt\n3. sand",
        "a. salt\nb. sand",
        "(i) salt\n(ii) sand",
        "\u2013 salt\n\u2013 sand",
        "0. salt\n1. sand",
        "1. salt\n3. sand",
        "\uf0b7 salt",
        "Salt \u202edna sand",
        "Salt\ufffd",
    ],
)
def test_marks_that_no_channel_draws_are_faults(tmp_path: Path, line: str) -> None:
    found = faults_of(tmp_path, GRITTING + "\n" + line + "\n")
    assert found and all(int(fault.partition(":")[0]) >= 11 for fault in found), found


@pytest.mark.parametrize(
    "line",
    [
        "At 10:30: ring us. It costs £4 ~ £5, or 2 + 2 = 4, a = b == c.",
        "Bins #4 and #5, C++ or 3^2, [a] or (b): {one} of | two.",
        "Ring 01632 960 100 [free]. Times: 9:00 to 17:00:00.",
        "*While stocks last. Fill in ____ here, for $5 or $6. Salt & sand; R&D; &amp; \\*\\* so on! Why?",
    ],
)
def test_ordinary_signs_are_text(tmp_path: Path, line: str) -> None:
    assert faults_of(tmp_path, GRITTING + "\n" + line + "\n") == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "title: Gritting and winter repairs",
            'title: "Grit\\u0007ting"',
            "3:8: the control character 0x07 cannot be shown: take it out",
        ),
        ("title: Gritting and winter repairs", "title: “Gritting”", "3:8: the quotes “ ” are part of the text"),
        ("summary: Which", "summary: Take bus #4 to which", "4:18: `#4 to which roads and paths we treat whe` is read"),
        ("lgsl: 600", "\tlgsl: 600", "5:1: there is a tab: write spaces instead"),
        ("lgsl: 600", "lgsl:\t600", ""),
        ("lgsl: 600", "  lgsl: 600", "5:3: the line is not below the one it belongs to"),
        ("title: Gritting", 'title: "Gritting', "3:8: the quote that begins here has no end"),
        ("title: Gritting", "title: 'Gritting", "3:8: the quote that begins here has no end"),
        ("summary: Which", "summary: Send **-11** to which", "4:10: `**-11**` would be shown as it is written"),
        ("title: Gritting", "title: Gritting &amp; salting", "3:8: `&amp;` would be shown as it is written"),
        ("title: Gritting", "title: _Gritting_", "3:8: `_Gritting_` would be shown as it is written"),
        (
            "lgsl: 600",
            'lgsl: 600\ncost: "[Free](https://free.example)"',
            "6:7: `[Free](https://free.example)` would be shown",
        ),
        ("lgsl: 600", "lgsl: 600\nonline: https://a.example/_b_/*c*", ""),
        ("title: Gritting", "title: Grit\u200bting", ""),
    ],
)
def test_slips_in_a_head_are_explained(tmp_path: Path, old: str, new: str, fault: str) -> None:
    found = faults_of(tmp_path, GRITTING.replace(old, new))
    assert any(one.startswith(fault) for one in found) if fault else found == [], found


def test_a_comment_is_still_a_comment(tmp_path: Path) -> None:
    assert faults_of(tmp_path, GRITTING.replace("lgsl: 600", "lgsl: 600  # the list of services")) == []


@pytest.mark.parametrize("name", ["alert.yml", "services/roads/section.yml", "journeys/repair.yml"])
def test_a_file_that_ends_in_yml_is_reported(tmp_path: Path, name: str) -> None:
    loaded = load(write_content(tmp_path / "content", {name: "on: yes\n"}), TODAY)
    assert f"content/{name}:1:1: is not read: the name must end in .yaml" in map(str, loaded.faults)
