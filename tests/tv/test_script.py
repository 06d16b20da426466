"""The one script a television gets: ECMAScript 5, small, and nothing that an old engine lacks."""

import gzip
import re
import subprocess

import pytest
from parts import NODE, need

from channels.tv import CHANNEL
from channels.tv.families import read_families
from channels.tv.script import FILE, script_name
from onestop.web.statics import small

TEXT = FILE.read_text(encoding="utf-8")
# What JavaScriptCore of 2012 and Presto have not got, or not as everybody else has.
LACKING = (
    "fetch('", "window.fetch", "Promise", "closest(", "classList", "=>", "`", "let ", "const ", "includes(", "dataset",
    "Object.assign", "addEventListener('key", ".remove()", "append(", "localStorage", "sessionStorage",
)  # fmt: skip


def acorn(script: str) -> "subprocess.CompletedProcess[str]":
    command = [need(NODE / ".bin" / "acorn"), "--ecma5", "--silent"]
    return subprocess.run(command, input=script, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", sorted(read_families()))
def test_what_a_set_gets_is_ecmascript_5_within_two_kilobytes(name: str) -> None:
    for language in ("en", "cy"):
        script = CHANNEL.assets[script_name(read_families()[name], language)]
        ran = acorn(script.decode())
        assert ran.returncode == 0, ran.stderr
        assert len(gzip.compress(small(script), 9)) <= 2048


def test_the_gate_is_shut_to_later_scripts() -> None:
    assert acorn("let a = 1;").returncode == 1


def test_a_set_is_told_of_its_own_keys_and_ways_only() -> None:
    maple, hbbtv = (CHANNEL.assets[f"{name}.en.js"].decode() for name in ("maple", "hbbtv"))
    # On Samsung's old sets 29443 is OK and 8 a digit; on HbbTV 461 is Back.
    assert "29443:4" in maple and "8:13" in maple and "29443" not in hbbtv
    assert "461:19" in hbbtv and "oipfApplicationManager" in hbbtv and "oipfApplicationManager" not in maple


def test_it_says_in_the_language_of_the_page_that_the_line_is_gone() -> None:
    assert "please wait" in CHANNEL.assets["browser.en.js"].decode()
    assert "arhoswch" in CHANNEL.assets["browser.cy.js"].decode()
    assert script_name(read_families()["browser"], "pl") == "browser.en.js"


@pytest.mark.parametrize("word", LACKING)
def test_it_uses_nothing_that_old_sets_lack(word: str) -> None:
    plain = re.sub(r"/\*.*?\*/", "", TEXT, flags=re.DOTALL)
    assert word not in plain


def test_keys_are_known_by_their_numbers_only() -> None:
    assert not re.search(r"event\.(key|code)\b", TEXT)
