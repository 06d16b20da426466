"""The screen of an HTTP error, with links onwards."""

from collections.abc import Sequence

from onestop.catalogue.catalogue import Catalogue
from onestop.catalogue.screens.frame import alert_of, home_link
from onestop.language import Words
from onestop.screen import Block, Menu, MenuItem, Paragraph, Run, Screen, Search


def problem_screen(
    status: int, title: str, message: str, catalogue: Catalogue | None, suggestions: Sequence[MenuItem], words: Words
) -> Screen:
    """Return the screen of an error. `title` and `message` are already translated; `catalogue` is None before it is read."""
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
