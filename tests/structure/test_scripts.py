"""Browser scripts: of two functions with one name in one scope, the later silently replaces the earlier."""

import re
from collections import Counter
from pathlib import Path

import pytest
from support.paths import ROOT

SCRIPTS = [p for folder in ("channels", "kiosk", "templates", "tvapp") for p in sorted((ROOT / folder).rglob("*.js"))]
FUNCTION = re.compile(r"(?:async )?function\s*\*?\s*(\w+)\s*\(")


def repeated_functions(script: str) -> list[str]:
    """Return the names that one scope declares more than once. A scope is known by its indentation."""
    found: Counter[tuple[tuple[int, ...], str]] = Counter()
    scopes: list[tuple[int, int]] = []
    for number, line in enumerate(script.splitlines()):
        if not (text := line.lstrip()):
            continue
        indent = len(line) - len(text)
        while scopes and scopes[-1][0] >= indent:
            scopes.pop()
        if declared := FUNCTION.match(text):
            found[tuple(start for _, start in scopes), declared[1]] += 1
        if text.rstrip().endswith("{"):
            scopes.append((indent, number))
    return [name for (_, name), count in found.items() if count > 1]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_no_function_replaces_another_of_its_scope(script: Path) -> None:
    assert repeated_functions(script.read_text(encoding="utf-8")) == []


def test_a_replaced_function_is_found() -> None:
    script = "(function () {\n  function a() {\n    b();\n  }\n\n  function b() {}\n  function a() { b(); }\n}());\n"
    assert repeated_functions(script) == ["a"]


def test_scopes_of_their_own_may_share_a_name() -> None:
    script = "function a() {\n  function show() {}\n}\n\nfunction b() {\n  function show() {}\n}\n"
    assert repeated_functions(script) == []
