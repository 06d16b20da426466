"""The kinds of answer there are: every module of this folder that has DECLARATIONS."""

from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules

from onestop.authoring.node import Node
from onestop.journeys import kinds
from onestop.journeys.kind import Declaration

REPEAT = "each"
"""The keyword of a repeat, under which another kind is declared."""


@lru_cache(maxsize=1)
def find_kinds() -> Mapping[str, Declaration]:
    """Return every declaration by its keyword, in the order of the modules' names. Raise ValueError for a keyword declared twice."""
    found: dict[str, Declaration] = {}
    for name in sorted(module.name for module in iter_modules(kinds.__path__)):
        declarations: tuple[Declaration, ...] = getattr(import_module(f"{kinds.__name__}.{name}"), "DECLARATIONS", ())
        for declaration in declarations:
            if declaration.keyword in found:
                raise ValueError(f"two kinds of answer are declared by `{declaration.keyword}`")
            found[declaration.keyword] = declaration
    return found


def declared_node(ask: Node) -> Node:
    """Return the node at which an ask's kind is declared; of a repeat, the kind of its items."""
    node = ask / REPEAT if ask.has(REPEAT) else ask
    return next((node / keyword for keyword in find_kinds() if node.has(keyword)), node)
