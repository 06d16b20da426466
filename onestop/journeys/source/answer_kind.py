"""The kind of answer that an ask declares, read from its node."""

from collections.abc import Collection

from onestop.authoring.faults import nearest
from onestop.authoring.node import Node
from onestop.journeys.kind import Kind
from onestop.journeys.kinds.registry import REPEAT, find_kinds
from onestop.journeys.repeat import RepeatKind

USUAL_ITEMS, FEWEST_ITEMS, MOST_ITEMS = 5, 2, 20


def keywords() -> tuple[str, ...]:
    """Return every key that declares a kind."""
    return (*find_kinds(), REPEAT)


def read_kind(node: Node) -> Kind | None:
    """Return the kind that an ask declares, or report a fault and return None."""
    keyword = _keyword(node, keywords())
    if keyword == REPEAT:
        return _read_repeat(node / REPEAT)
    return find_kinds()[keyword].read(node / keyword) if keyword else None


def _read_repeat(node: Node) -> Kind | None:
    kinds = find_kinds()
    wrong = next((keyword for keyword, one in kinds.items() if not one.repeatable and node.has(keyword)), "")
    if wrong:
        message = (
            f"`{wrong}` takes several answers already and cannot be repeated: ask it by itself, or repeat a `pick`"
        )
        (node / wrong).fault(message, key=True)
        return None
    repeatable = [keyword for keyword, one in kinds.items() if one.repeatable]
    node.entries(("max", *repeatable))
    most = node.whole("max", USUAL_ITEMS, FEWEST_ITEMS, MOST_ITEMS)
    keyword = _keyword(node, repeatable)
    kind = kinds[keyword].read(node / keyword) if keyword else None
    return RepeatKind(most, kind) if kind else None


def _keyword(node: Node, allowed: Collection[str]) -> str:
    """Return the one key that declares a kind, or report a fault and return ""."""
    given = [keyword for keyword in allowed if node.has(keyword)]
    if len(given) == 1:
        return given[0]
    if given:
        (node / given[1]).fault(f"has two kinds of answer, `{given[0]}` and `{given[1]}`: keep one", key=True)
        return ""
    wrong = [key for key in node.entries() if nearest(key, allowed, 0.7)]
    hint = nearest(wrong[0], allowed) if wrong else f": write one of {', '.join(allowed)}"
    node.fault(f"says no kind of answer{hint}")
    return ""
