"""Arbitrary file content loads with faults at positions inside the file, never with an exception."""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.samples.small_content import FILES, GRITTING, MISSED_BIN, TODAY, write_content

from onestop.authoring.tree import UnreadableError, read_tree
from onestop.catalogue.source.load import load

NAMES = sorted(FILES)
PIECES = st.sampled_from(
    [
        *(
            "---\n",
            "number: ",
            "214",
            "title:",
            "\n",
            " ",
            "- ",
            "[",
            "]",
            "{",
            "}",
            ": ",
            "'",
            '"',
            "&a ",
            "*a",
            "!!x ",
            "|\n",
            "? ",
        ),
        *(
            "> ",
            "# ",
            "## ",
            "| a |",
            "\n|---|\n",
            "**",
            "_",
            "`",
            "![",
            "](",
            "/bins",
            ")",
            "<b>",
            "&amp;",
            "\\",
            "1. ",
            "\t",
        ),
        *(
            "\u2028",
            "\u0085",
            "\ufeff",
            "é",
            "\U0001f5d1",
            "[!WARNING]",
            "<!--",
            "%YAML 1.1\n",
            "...\n",
            "=",
            "~",
            "<<: ",
        ),
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join)


def expect_faults_or_a_catalogue(name: str, raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        loaded = load(write_content(Path(folder) / "content", {name: raw}), TODAY)
    length = raw.count(b"\n") + raw.count(b"\r") + 1
    assert loaded.catalogue or loaded.faults
    for fault in loaded.faults:
        assert fault.line >= 1
        assert fault.column >= 1
        assert fault.message
        if fault.file == f"content/{name}":
            assert fault.line <= length


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(NAMES), st.binary(max_size=400))
def test_any_bytes_load_with_faults(name: str, raw: bytes) -> None:
    expect_faults_or_a_catalogue(name, raw)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(NAMES), TEXTS, st.integers(0, 400), st.integers(0, 40))
def test_a_valid_file_with_inserted_bytes_loads_with_faults(name: str, text: str, place: int, lost: int) -> None:
    good = FILES[name]
    expect_faults_or_a_catalogue(name, (good[:place] + text + good[place + lost :]).encode())


@settings(max_examples=150, deadline=None)
@given(TEXTS | st.text(max_size=300))
def test_any_markdown_body_is_a_service_or_has_faults(text: str) -> None:
    raw = (GRITTING.partition("We grit")[0] + text).encode("utf-8", "surrogatepass")
    expect_faults_or_a_catalogue("services/roads/gritting.md", raw)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"", "1:1: the file must begin with a line `---`"),
        (b"\xff\xfe", "1:1: the byte 0xff is not UTF-8: save the file as UTF-8"),
        (MISSED_BIN.encode() + b"\n\nOne \xe9t\xe9", "23:5: the byte 0xe9 is not UTF-8"),
        (MISSED_BIN.encode() + b"\n\nOne \x00", "23:5: the control character 0x00 cannot be shown: take it out"),
        (MISSED_BIN.encode() + "\u2028".encode(), "21:1: the control character 0x2028 cannot be shown"),
        (b"-" * 300_000, "1:1: is larger than 64 KB: cut it into several services"),
        (b"---\n" + b"[" * 50_000 + b"\n---\nText", "2:8: too many levels: no key goes this deep"),
        (b"---\n" + b"a: {" * 15_000 + b"\n---\nText", "2:28: too many levels: no key goes this deep"),
        (b"---\na: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n---\nText", "2:4: `&name` and `*name` are not read"),
        (b"---\n? [a]\n: b\n---\nText", "2:3: a key must be plain text: quote it"),
        (b"---\n- a\n---\nText", "2:1: expected `key: value` lines here"),
        (b"---\ntext\n---\nText", "2:1: expected `key: value` lines here"),
    ],
)
def test_hostile_bytes_are_reported_at_their_position(tmp_path: Path, raw: bytes, expected: str) -> None:
    loaded = load(write_content(tmp_path / "content", {"services/bins/missed-bin.md": raw}), TODAY)
    faults = [str(fault).removeprefix("content/services/bins/missed-bin.md:") for fault in loaded.faults]
    assert any(fault.startswith(expected) for fault in faults), faults


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_endings_of_other_systems_are_accepted(tmp_path: Path, ending: str) -> None:
    raw = MISSED_BIN.replace("title: Report", "titel: Report").replace("\n", ending).encode("utf-8-sig")
    loaded = load(write_content(tmp_path / "content", {"services/bins/missed-bin.md": raw}), TODAY)
    assert "content/services/bins/missed-bin.md:3:1: there is no key `titel` here; did you mean `title`?" in map(
        str, loaded.faults
    )


def test_any_file_name_is_accepted_or_reported(tmp_path: Path) -> None:
    folder = write_content(tmp_path / "content", {})
    for name in (b"caf\xe9.md", b"two\nlines.md", b"a b.png", b"x.cy.fr.md", b".hidden.md", b"old.md~"):
        (Path(os.fsdecode(os.fsencode(folder / "services" / "bins") + b"/" + name))).write_text("x")
    (folder / "services/bins/folder.md").mkdir()
    faults = [str(fault) for fault in load(folder, TODAY).faults]
    assert sorted({fault.rpartition("/bins/")[2].partition(":")[0] for fault in faults}) == [
        *("a b.png", "caf?.md", "folder.md", "two?lines.md", "x.cy.fr.md")
    ]
    assert "\n".join(faults).encode()


def test_everything_that_an_empty_folder_lacks_is_reported(tmp_path: Path) -> None:
    loaded = load(tmp_path / "nowhere", TODAY)
    assert loaded.catalogue is None
    assert [str(fault) for fault in loaded.faults] == [
        *(
            f"nowhere/{name}:1:1: cannot be read: No such file or directory"
            for name in ("alert.yaml", "council.yaml", "crest.svg", "holidays.yaml")
        ),
        "nowhere/services:1:1: is not there: make this folder, with a folder for each section",
    ]


def test_an_empty_document_is_an_empty_mapping() -> None:
    assert read_tree("").data == {}
    assert read_tree("# only a comment\n").data == {}


def test_two_yaml_documents_in_a_file_are_a_fault() -> None:
    with pytest.raises(UnreadableError, match="one document only"):
        read_tree("a: b\n---\nc: d\n")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
@pytest.mark.parametrize("name", ["services/bins/missed-bin.md", "services/bins/section.yaml", "alert.yaml"])
def test_a_pipe_is_a_fault_and_does_not_block(name: str, tmp_path: Path) -> None:
    folder = write_content(tmp_path / "content", {})
    (folder / name).unlink()
    os.mkfifo(folder / name)
    faults = load(folder, TODAY).faults
    assert any(fault.file == f"content/{name}" and "cannot be read" in fault.message for fault in faults)
