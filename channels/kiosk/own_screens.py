"""The screens that only a kiosk has: the number pad and the attract screen."""

import re

from onestop.language import Words
from onestop.screen import Link, Screen

# Entered digits follow "=": bare digits at the end of an address would be a page number.
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
    """Return the digits entered so far, or "" on any other screen."""
    found = NUMBER_ADDRESS.fullmatch(address)
    return (found.group(1) or "") if found else ""
