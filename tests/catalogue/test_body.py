"""Markdown constructs and the blocks they become."""

from pathlib import Path

import pytest
from support.small_content import GRITTING, TODAY, Changes, write_content

from onestop.catalogue.body import unpack
from onestop.catalogue.source.load import load
from onestop.screen import Block, Bullets, Heading, Note, Paragraph, Picture, Run, Steps, Table

BIN = Run("bins", target="/bins/missed-bin", number="214")


def plain(text: str) -> tuple[Run]:
    return (Run(text),)


def blocks(folder: Path, text: str) -> tuple[Block, ...]:
    changes: Changes = {
        "services/roads/gritting.md": GRITTING.partition("We grit")[0] + text,
        "services/roads/map.png": b"\x89PNG",
    }
    loaded = load(write_content(folder / "content", changes), TODAY)
    assert loaded.catalogue, [str(fault) for fault in loaded.faults]
    found = loaded.catalogue.services[-1]
    return unpack(found.text("en").body, loaded.catalogue.number)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One\ntwo  three.", (Paragraph(plain("One two three.")),)),
        ("A **strong** word", (Paragraph((Run("A "), Run("strong", True), Run(" word"))),)),
        ("**All**", (Paragraph((Run("All", True),)),)),
        ("See [bins](/bins/missed-bin).", (Paragraph((Run("See "), BIN, Run("."))),)),
        ("See **[bins](/bins/missed-bin)**", (Paragraph((Run("See "), Run("bins", True, "/bins/missed-bin", "214"))),)),
        (
            "[home](/) [all](/bins)",
            (Paragraph((Run("home", target="/"), Run(" "), Run("all", target="/bins", number="200"))),),
        ),
        ("[w](https://a.uk/b)", (Paragraph((Run("w", target="https://a.uk/b"),)),)),
        ("[m](mailto:a@b.uk)", (Paragraph((Run("m", target="mailto:a@b.uk"),)),)),
        ("[t](tel:01632960200)", (Paragraph((Run("t", target="tel:01632960200"),)),)),
        ("<https://a.uk/b>", (Paragraph((Run("https://a.uk/b", target="https://a.uk/b"),)),)),
        ("2 \\* 3, 5 < 6 & 7 > 1 &amp; \\<b>", (Paragraph(plain("2 * 3, 5 < 6 & 7 > 1 & <b>")),)),
        ("a_b_c 2*3*4?", None),
        ("Text\n\n## Two\n\n### Three ###", (Paragraph(plain("Text")), Heading("Two", 2), Heading("Three", 3))),
        ("- one\n- **two**\n  more", (Bullets((plain("one"), (Run("two", True), Run(" more")))),)),
        ("* one\n\n* two", (Bullets((plain("one"), plain("two"))),)),
        ("1. one\n2. two", (Steps((plain("one"), plain("two"))),)),
        ("3. one\n4. two", (Steps((plain("one"), plain("two")), 3),)),
        (
            "| A | B |\n|---|---|\n| 1 | [bins](/bins/missed-bin) |",
            (Table((plain("A"), plain("B")), ((plain("1"), (BIN,)),)),),
        ),
        (
            "| A | B |\n|---|---|\n| 1 |\n| a \\| b | |",
            (Table((plain("A"), plain("B")), ((plain("1"), ()), (plain("a | b"), ()))),),
        ),
        ("> Mind\n> the gap.\n>\n> Twice.", (Note(plain("Mind the gap.")), Note(plain("Twice.")))),
        ("> [!WARNING]\n> **Ice.** Slow", (Note((Run("Ice.", True), Run(" Slow")), "warning"),)),
        ("> [!note] Slow", (Note(plain("Slow")),)),
        ("Text\n\n![A map](map.png)", (Paragraph(plain("Text")), Picture("/pictures/roads/map.png", "A map"))),
        ("Rhew a\u0302 ŵ — “dim”", (Paragraph(plain("Rhew a\u0302 ŵ — “dim”")),)),
    ],
)
def test_markdown_becomes_blocks(tmp_path: Path, text: str, expected: tuple[Block, ...] | None) -> None:
    if expected is None:
        with pytest.raises(AssertionError, match="italic is not shown"):
            blocks(tmp_path, text)
    else:
        assert blocks(tmp_path, text) == expected


def test_a_picture_can_be_found_by_its_address(tmp_path: Path) -> None:
    folder = write_content(tmp_path / "content", {"services/roads/map.png": b"\x89PNG"})
    catalogue = load(folder, TODAY).catalogue
    assert catalogue
    assert catalogue.pictures == {"/pictures/roads/map.png": folder / "services/roads/map.png"}


def test_the_number_of_a_linked_service_follows_that_service(tmp_path: Path) -> None:
    folder = write_content(tmp_path / "content", {})
    missed = folder / "services/bins/missed-bin.md"
    missed.write_text(missed.read_text().replace("number: 214", "number: 215"))
    gritting = folder / "services/roads/gritting.md"
    gritting.write_text(GRITTING + "\nSee [bins](/bins/missed-bin).\n")
    catalogue = load(folder, TODAY).catalogue
    assert catalogue
    opened = unpack(catalogue.services[-1].text("en").body, catalogue.number)
    assert opened[-1] == Paragraph((Run("See "), Run("bins", target="/bins/missed-bin", number="215"), Run(".")))
