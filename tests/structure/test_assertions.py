"""Every test asserts something, directly or through a function whose name says so."""

import ast
from collections.abc import Iterator

from support.paths import ROOT

CHECKS = ("raises", "fail", "expect")
"""Of pytest and Playwright."""
PREFIXES = ("expect_", "assert_")
"""What the name of a checking function of our own begins with."""


def _calls(function: ast.AST) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node.func.attr
            elif isinstance(node.func, ast.Name):
                yield node.func.id


def checks_something(function: ast.AST) -> bool:
    """Return whether a function contains an assert, raises, or calls a function that checks something."""
    if any(isinstance(node, ast.Assert | ast.Raise) for node in ast.walk(function)):
        return True
    return any(name in CHECKS or name.startswith(PREFIXES) for name in _calls(function))


def _functions(source: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_every_test_and_every_checking_function_asserts_something() -> None:
    files = sorted((ROOT / "tests").rglob("*.py"))
    assert files
    silent = [
        f"{file.relative_to(ROOT)}:{function.lineno} {function.name}"
        for file in files
        for function in _functions(file.read_text(encoding="utf-8"))
        if function.name.startswith(("test_", *PREFIXES)) and not checks_something(function)
    ]
    assert not silent


def test_a_function_without_a_check_is_found() -> None:
    sources = {
        "def test_a(page): page.goto('/')": False,
        "def test_b(): check(1)": False,
        "def test_c(): assert 1": True,
        "def test_d():\n    with pytest.raises(ValueError): int('x')": True,
        "def test_e(page): expect(page).to_have_url('/')": True,
        "def test_f(page): expect_page(page, '/')": True,
    }
    assert {source: checks_something(ast.parse(source)) for source in sources} == sources
