"""The texts of a screen, changed all alike: for numbers inside a language that is written from right to left."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar, cast

TEXTS = frozenset(
    ["title", "text", "label", "short", "caption", "name", "status", "address", "hours", "rows", "summary", "description", "hint", "error",
     "unit", "question", "answer", "about", "digits", "progress", "sent", "submit"]
)  # fmt: skip
"""The fields that residents read. All others are addresses, codes and names of form fields."""
NAMES = frozenset(("name",))
"""A `name` is read in a place; in a form's field or button it is sent."""
Part = TypeVar("Part")


def with_texts(part: Part, change: Callable[[str], str]) -> Part:
    """Return a screen or a block with every text that residents read changed by `change`."""
    if not is_dataclass(part) or isinstance(part, type):
        return part
    new: dict[str, object] = {}
    for one in fields(part):
        value = getattr(part, one.name)
        read = (
            one.name in TEXTS
            and not (one.name in NAMES and not hasattr(part, "hours"))
            and not _is_path(one.name, part)
        )
        changed = _value(value, change, read=read)
        if changed is not value:
            new[one.name] = changed
    return cast(Part, replace(part, **new)) if new else part


def _is_path(name: str, part: object) -> bool:
    """Return whether a field is an address on the web: only that of a place is read."""
    return name == "address" and not hasattr(part, "hours")


def _value(value: object, change: Callable[[str], str], *, read: bool) -> object:
    if isinstance(value, str):
        changed = change(value) if read and value else value
        return changed if changed != value else value
    if isinstance(value, tuple):
        items = tuple(_value(item, change, read=read) for item in value)
        return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
    return with_texts(value, change)
