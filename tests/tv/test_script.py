"""The television's script: ECMAScript 5, small, with variables for its family."""

import gzip
import re
import subprocess
import tomllib
from typing import Any

import pytest
from support.programs.system_programs import NODE, need

from channels.tv import CHANNEL
from channels.tv.families import TABLE, read_families
from channels.tv.script import script_name
from onestop.http.static_files import small


def acorn(script: str) -> "subprocess.CompletedProcess[str]":
    command = [need(NODE / ".bin" / "acorn"), "--ecma5", "--silent"]
    return subprocess.run(command, input=script, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", sorted(read_families()))
def test_the_script_is_ecmascript_5_within_its_budget(name: str) -> None:
    for language in ("en", "cy"):
        script = CHANNEL.assets[script_name(name, language)]
        ran = acorn(script.decode())
        assert ran.returncode == 0, ran.stderr
        assert len(gzip.compress(small(script), 9)) <= 2152


def test_the_script_of_questions_is_ecmascript_5_within_one_kilobyte() -> None:
    script = CHANNEL.assets["asking.js"]
    assert acorn(script.decode()).returncode == 0
    assert len(gzip.compress(small(script), 9)) <= 1024


def test_later_syntax_is_rejected() -> None:
    assert acorn("let a = 1;").returncode == 1


def test_a_script_has_only_the_variables_of_its_family() -> None:
    maple, hbbtv = (CHANNEL.assets[f"{name}.en.js"].decode() for name in ("maple", "hbbtv"))
    assert "29443" in maple and "29443" not in hbbtv
    assert "oipfApplicationManager" in hbbtv and "oipfApplicationManager" not in maple


@pytest.mark.parametrize("name", sorted(read_families()))
def test_every_key_code_has_the_index_of_its_key(name: str) -> None:
    """Indexes as in `act`: 0 to 3 arrows, 4 OK, 5 to 8 colours, 9 to 18 digits, Back from 19 to 23; a second table from 24 on."""
    found = re.match(r"var KEYS=\[([0-9,]+)\]", CHANNEL.assets[f"{name}.en.js"].decode())
    assert found
    places = {int(code): place for place, code in reversed(list(enumerate(found[1].split(",")))) if code}
    told = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    keys: dict[str, Any] | None = told["keys"][told["families"][name]["keys"]]
    while keys:
        for first, kind in ((0, "arrows"), (5, "colours"), (9, "digits")):
            assert [places[code] % 24 for code in keys[kind]] == [first + n for n in range(len(keys[kind]))]
        assert places[keys["ok"]] % 24 == 4
        assert all(19 <= places[code] % 24 < 24 for code in keys["back"])
        keys = told["keys"].get(keys.get("also"))


def test_the_no_connection_message_is_translated() -> None:
    assert "please wait" in CHANNEL.assets["browser.en.js"].decode()
    assert "arhoswch" in CHANNEL.assets["browser.cy.js"].decode()
    assert "proszę czekać" in CHANNEL.assets["browser.pl.js"].decode()
    assert script_name("browser", "de") == "browser.en.js"
