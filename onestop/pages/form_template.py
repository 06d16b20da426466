"""Pages of forms without what is one visitor's: the hidden values of a question, the query of a search. It is inserted when a page is
sent.
"""

import re
from dataclasses import dataclass, replace

from markupsafe import escape

from onestop.catalogue.screens import SEARCHED
from onestop.http.plain_text import encode_page
from onestop.http.prepared import PreparedResponse
from onestop.language import direction
from onestop.pages.page_template import PageTemplate, Values, page_template
from onestop.screen import Form, Screen, Search
from onestop.site.address import Address, in_path
from onestop.site.context import Context

VISITOR_VALUES = ("token", "draft")
"""The hidden fields whose values belong to one visitor."""
QUERY, QUERY_ADDRESS = "query", "address of the query"
QUERY_MARKS = {QUERY: "TheQueryThatWasSearchedFor", QUERY_ADDRESS: "/search/the-address-of-the-query"}
"""Placeholders by the name of the value: the query in a text, and its neutral address in a path."""
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


@dataclass(frozen=True, slots=True)
class MaskedResults:
    """The results of a search with placeholders for the query, in the context of a masked address."""

    context: Context
    screen: Screen


def without_query(context: Context, screen: Screen) -> MaskedResults | None:
    """Return results of a search without their query; None if a query of another length would change more of their page."""
    # From right to left, the numbers and Latin words of each text are isolated, and so those of the query.
    if not (screen.searched and context.channel.fluid and direction(screen.language) == "ltr"):
        return None
    query, address = QUERY_MARKS[QUERY], context.address.at(QUERY_MARKS[QUERY_ADDRESS])
    blocks = tuple(replace(block, query=query) if isinstance(block, Search) else block for block in screen.blocks)
    title = context.words(SEARCHED, query=query)
    return MaskedResults(context.at(address), replace(screen, title=title, address=address.neutral, blocks=blocks))


def query_values(address: Address) -> Values:
    """Return the values to insert for the results at an address, escaped as in a page."""
    query = " ".join(address.neutral.removeprefix("/search/").split())[:100]
    return {QUERY: encode_page(str(escape(query))).decode(), QUERY_ADDRESS: in_path(address.neutral)}
