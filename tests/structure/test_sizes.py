"""Small rooms: modules of at most 250 lines, functions of at most 30 or so, and no room without a name."""

import ast
import subprocess
from pathlib import Path

from support.paths import ROOT

PRODUCT = [p for folder in ("onestop", "channels", "tvapp", "bench") for p in sorted((ROOT / folder).rglob("*.py"))] + [
    ROOT / "server.py"
]
BANNED = ("utils", "helpers", "common", "manager", "misc")


def test_modules_stay_under_250_lines() -> None:
    long = {
        str(p.relative_to(ROOT)): n for p in PRODUCT if (n := len(p.read_text(encoding="utf-8").splitlines())) > 250
    }
    assert not long


def test_functions_stay_short() -> None:
    long = []
    for file in PRODUCT:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                if length > 34:
                    long.append(f"{file.relative_to(ROOT)}:{node.lineno} {node.name} {length}")
    assert not long, long


def test_every_module_says_which_question_it_answers() -> None:
    silent = [
        str(p.relative_to(ROOT))
        for p in PRODUCT
        if p.stat().st_size and not ast.get_docstring(ast.parse(p.read_text("utf-8")))
    ]
    assert not silent


def test_no_room_is_named_after_nothing() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert listed
    assert not [name for name in listed if Path(name).stem in BANNED]
