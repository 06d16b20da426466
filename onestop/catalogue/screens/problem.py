"""The screen that says what went wrong, and the ways on from there."""

from collections.abc import Sequence

from onestop.catalogue.catalogue import Catalogue
from onestop.catalogue.screens.frame import alert_of, home_link
from onestop.language import Words
from onestop.screen import Block, Menu, MenuItem, Paragraph, Run, Screen, Search


def problem_screen(
    status: int, title: str, message: str, catalogue: Catalogue | None, suggestions: Sequence[MenuItem], words: Words
) -> Screen:
    """A problem with an HTTP status. `title` and `message` are in the resident's language already."""
    blocks: list[Block] = [Paragraph((Run(message),), lead=True)]
    if catalogue:
        blocks.append(Search())
    if suggestions:
        blocks.append(Menu(tuple(suggestions), "related", words("You may be looking for")))
    return Screen(
        title=title,
        blocks=tuple(blocks),
        address="/",
        language=words.language,
        kind="problem",
        trail=(home_link(words),),
        alert=alert_of(catalogue, words) if catalogue else None,
        languages=(words.language,),
        status=status,
    )
