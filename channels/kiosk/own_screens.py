"""The screens that only a kiosk has: the number pad, the attract screen, and what its dialogs ask aloud."""

import re

from onestop.language import Words
from onestop.screen import Link, Paragraph, Run, Screen

# Entered digits follow "=": bare digits at the end of an address would be a page number.
NUMBER_ADDRESS = re.compile(r"/number(?:/=([0-9]{1,5}))?")
ATTRACT = "/attract"
STILL_THERE, ALOUD = "/spoken/still-there", "/spoken/aloud"


def own_screen(address: str, words: Words) -> Screen | None:
    if address == ATTRACT:
        keys = words("Or press Enter. The arrow keys move, and Enter chooses.")
        return Screen(
            words("Touch the screen to begin"), (Paragraph((Run(keys),)),), address, words.language, "attract"
        )
    if address == STILL_THERE:
        text = words("Press Enter if you need more time. If nobody does, we clear the screen.")
        return _spoken(words("Are you still there?"), text, address, words)
    if address == ALOUD:
        text = words("Press Enter to have it said aloud. Or put headphones in, and it begins.")
        return _spoken(words("This page says your answers aloud. Use headphones?"), text, address, words)
    if NUMBER_ADDRESS.fullmatch(address):
        title = words("Key in a number")
        return Screen(title, (), address, words.language, "number", trail=(Link(words("Home"), "/"),))
    return None


def _spoken(title: str, text: str, address: str, words: Words) -> Screen:
    """Return a screen that is only heard: what a dialog of a page asks."""
    return Screen(
        title, (Paragraph((Run(text),)),), address, words.language, "spoken", trail=(Link(words("Home"), "/"),)
    )


def entered_digits(address: str) -> str:
    """Return the digits entered so far, or "" on any other screen."""
    found = NUMBER_ADDRESS.fullmatch(address)
    return (found.group(1) or "") if found else ""
