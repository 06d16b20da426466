"""The screens that only a kiosk has: the pad on which a number is keyed in, and the one that invites to touch."""

import re

from onestop.language import Words
from onestop.screen import Link, Screen

# What has been keyed in stands behind a mark: bare digits at the end of an address would be a page.
NUMBER_ADDRESS = re.compile(r"/number(?:/=([0-9]{1,5}))?")
ATTRACT = "/attract"


def own_screen(address: str, words: Words) -> Screen | None:
    if address == ATTRACT:
        return Screen(words("Touch the screen to begin"), (), address, words.language, "attract")
    if NUMBER_ADDRESS.fullmatch(address):
        title = words("Key in a number")
        return Screen(title, (), address, words.language, "number", trail=(Link(words("Home"), "/"),))
    return None


def entered_digits(address: str) -> str:
    """The digits keyed in so far."""
    found = NUMBER_ADDRESS.fullmatch(address)
    return (found.group(1) or "") if found else ""
