"""The one script a television gets: ECMAScript 5, small, and nothing that an old engine lacks."""

import gzip
import re
import subprocess

import pytest
from parts import NODE, need

from channels.tv import CHANNEL
from onestop.web.statics import small

(SCRIPT,) = CHANNEL.assets
TEXT = SCRIPT.read_text(encoding="utf-8")
# What JavaScriptCore of 2012 and Presto have not got, or not as everybody else has.
LACKING = (
    "fetch(", "Promise", "closest(", "classList", "=>", "`", "let ", "const ", "includes(", "dataset",
    "Object.assign", "addEventListener('key", ".remove()", "append(", "localStorage", "sessionStorage",
)  # fmt: skip


def test_it_is_ecmascript_5() -> None:
    ran = subprocess.run(
        [need(NODE / ".bin" / "acorn"), "--ecma5", "--silent", str(SCRIPT)], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr


def test_the_gate_is_shut_to_later_scripts() -> None:
    ran = subprocess.run(
        [need(NODE / ".bin" / "acorn"), "--ecma5", "--silent"],
        input="let a = 1;",
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1


@pytest.mark.parametrize("word", LACKING)
def test_it_uses_nothing_that_old_sets_lack(word: str) -> None:
    plain = re.sub(r"/\*.*?\*/", "", TEXT, flags=re.DOTALL)
    assert word not in plain


def test_keys_are_known_by_their_numbers_only() -> None:
    assert not re.search(r"event\.(key|code)\b", TEXT)


def test_it_fits_two_kilobytes() -> None:
    assert len(gzip.compress(small(TEXT.encode()), 9)) <= 2048
