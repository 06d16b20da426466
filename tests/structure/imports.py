"""The import graph of the product, read from its source."""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from support.paths import ROOT

PRODUCT = ("onestop", "channels", "tvapp", "kiosk")


@cache
def modules() -> Mapping[str, Path]:
    """Return every module of the product by its dotted name."""
    files = [file for folder in PRODUCT for file in sorted((ROOT / folder).rglob("*.py"))]
    return {name_of(file): file for file in (*files, ROOT / "server.py")}


def name_of(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str:
    """Return the folder of a module."""
    return modules()[module].parent.relative_to(ROOT).as_posix()


@cache
def nodes(file: Path) -> tuple[ast.AST, ...]:
    """Return every node of a file's syntax tree, the module first: several tests look at them."""
    return tuple(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))


def module_of(file: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    module = nodes(file)[0]
    assert isinstance(module, ast.Module)
    return module


@cache
def imported(file: Path) -> tuple[str, ...]:
    """Return every name a file imports: "onestop.site" and "onestop.site.address" for `from onestop.site import address`."""
    return tuple(_imported(file))


def _imported(file: Path) -> Iterator[str]:
    for node in nodes(file):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative import"
            for alias in node.names:
                yield f"{node.module}.{alias.name}" if f"{node.module}.{alias.name}" in modules() else node.module or ""


@cache
def graph() -> Mapping[str, frozenset[str]]:
    """Return the modules that each module imports."""
    return {name: frozenset(imported(file)) & modules().keys() - {name} for name, file in modules().items()}


def circles(edges: Mapping[str, frozenset[str]]) -> list[str]:
    """Return every node on a cycle."""

    def reached(start: str) -> set[str]:
        found: set[str] = set()
        ahead = [*edges[start]]
        while ahead:
            node = ahead.pop()
            if node not in found:
                found.add(node)
                ahead += edges.get(node, ())
        return found

    return [node for node in edges if node in reached(node)]


def longest_chain(rooms: tuple[str, ...]) -> tuple[str, ...]:
    """Return the longest chain of imports inside some folders or files, the importing module first."""
    inside = {
        name
        for name, file in modules().items()
        if file.stem != "__init__" and file.relative_to(ROOT).as_posix().startswith(rooms)
    }

    @cache
    def chain(module: str) -> tuple[str, ...]:
        return (module, *max((chain(name) for name in graph()[module] & inside), key=len, default=()))

    return max(map(chain, inside), key=len)
