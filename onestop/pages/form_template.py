"""Question pages without a visitor's hidden form values, which are inserted when a page is sent."""

import re
from dataclasses import replace

from onestop.http.prepared import PreparedResponse
from onestop.pages.page_template import PageTemplate, Values, page_template
from onestop.screen import Form, Screen

VISITOR_VALUES = ("token", "draft")
"""The hidden fields whose values belong to one visitor."""
SAFE = re.compile(r"[A-Za-z0-9_-]{16,64}")
"""Values that HTML does not escape, and long enough for a placeholder of the same length."""


def without_values(screen: Screen) -> tuple[Screen, Values] | None:
    """Return the screen with placeholders for the visitor's hidden values, and the values; None if it shows other data of theirs."""
    if not screen.blank_form:
        return None
    values: dict[str, str] = {}
    blocks = []
    for block in screen.blocks:
        if isinstance(block, Form):
            values |= {name: value for name, value in block.hidden if name in VISITOR_VALUES}
            block = replace(block, hidden=tuple((name, _placeholder(name, value)) for name, value in block.hidden))
        blocks.append(block)
    if not values or not all(map(SAFE.fullmatch, values.values())):
        return None
    return replace(screen, blocks=tuple(blocks)), values


def form_template(ready: PreparedResponse, values: Values) -> PageTemplate | None:
    """Return the template of a page rendered with placeholders; None if it has no placeholder (values are for their lengths)."""
    marks = {name: _placeholder(name, value) for name, value in values.items()}
    template = page_template(ready, marks, {name: len(value) for name, value in values.items()})
    return template if len(template.plain) > 1 else None


def _placeholder(name: str, value: str) -> str:
    return f"ValueOf{name}".ljust(len(value), "_")[: len(value)] if name in VISITOR_VALUES else value
