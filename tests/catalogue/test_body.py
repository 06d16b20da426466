"""Markdown constructs and the blocks they become."""

from pathlib import Path

import pytest
from support.samples.small_content import GRITTING, TODAY, Changes, write_content

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
        "services/roads/form.pdf": b"%PDF" * 700,
    }
    loaded = load(write_content(folder / "content", changes), TODAY)
    assert loaded.catalogue and not loaded.held, [str(fault) for fault in loaded.faults]
    found = loaded.catalogue.services[-1]
    return unpack(found.text("en").body, loaded.catalogue.reference)


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
        ("[m](mailto:a@b.uk)", (Paragraph((Run("m (a@b.uk)", target="mailto:a@b.uk"),)),)),
        ("[t](tel:01632960200)", (Paragraph((Run("t (01632960200)", target="tel:01632960200"),)),)),
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
        ("Text\n\n#### Small", (Paragraph(plain("Text")), Heading("Small", 3))),
        ("1 High Street  \nMarket\\\nEM1 1AA.  \nRing.", (Paragraph(plain("1 High Street, Market, EM1 1AA. Ring.")),)),
        ("- one\n\n  more\n- two:\n  - a\n  - b.", (Bullets((plain("one more"), plain("two: a; b."))),)),
        ("1. one\n   - a\n2. two", (Steps((plain("one a"), plain("two"))),)),
        (
            "> [!WARNING]\n> Take:\n>\n> - one\n> - **two**",
            (Note((*plain("Take: one; "), Run("two", True)), "warning"),),
        ),
        ("> 1. one", (Note(plain("one")),)),
        (
            "Text\n\n## Fees\n\nSee [fees](#fees).",
            (Paragraph(plain("Text")), Heading("Fees"), Paragraph(plain("See fees."))),
        ),
        ("[bins](/bins/missed-bin#before)", (Paragraph((Run("bins", target="/bins/missed-bin", number="214"),)),)),
        ("[Form](form.pdf)", (Paragraph((Run("Form (PDF, 3 kB)", target="/pictures/roads/form.pdf"),)),)),
        (
            "| A | B |\n|---|---|\n| 1 | " + "long " * 9 + "|",
            (Paragraph((Run("A: 1", True),)), Bullets(((Run("B: ", True), Run("long " * 8 + "long")),))),
        ),
        (
            "|A|B|C|D|E|\n|---|---|---|---|---|\n|1|2||4|5|",
            (
                Paragraph((Run("A: 1", True),)),
                Bullets(tuple((Run(f"{head}: ", True), Run(cell)) for head, cell in ("B2", "C–", "D4", "E5"))),
            ),
        ),
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
    opened = unpack(catalogue.services[-1].text("en").body, catalogue.reference)
    assert opened[-1] == Paragraph((Run("See "), Run("bins", target="/bins/missed-bin", number="215"), Run(".")))


def test_a_heading_may_have_a_short_name(tmp_path: Path) -> None:
    shown = blocks(tmp_path, "Text.\n\n## When we come back {Back when}\n\nText.\n\n## Plain\n\nText.")
    found = [(block.text, block.short) for block in shown if isinstance(block, Heading)]
    assert found == [("When we come back", "Back when"), ("Plain", "")]
