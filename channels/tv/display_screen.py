"""The television's screen to choose larger text or strong contrast (a kiosk has buttons for them on every page)."""

from dataclasses import replace

from channels.tv.devices import CONTRAST, LARGER, PREFERENCES, TelevisionSet, preference
from onestop.language import Words
from onestop.screen import Block, Choice, Form, Link, Option, Paragraph, Run, Screen

ADDRESS, NUMBER = "/display", "991"
"""Its address, and the number to key in for it unless the council has given the number to a service."""
KIND = "display"
FIELD = "wish"


def own_screen(address: str, words: Words) -> Screen | None:
    """Return the screen at its address without a selection; None for any other address."""
    if address != ADDRESS:
        return None
    labels = {
        "": words("Usual text and colours"),
        LARGER: words("Larger text"),
        CONTRAST: words("Strong contrast"),
        preference((LARGER, CONTRAST)): words("Larger text and strong contrast"),
    }
    options = tuple(Option(combination, labels[combination]) for combination in PREFERENCES)
    kept = words("This set remembers it, in a cookie that says this and nothing about you.")
    blocks = (Form(ADDRESS, words("Continue"), Choice(FIELD, options)), Paragraph((Run(kept),)))
    title = words("Text size and contrast")
    return Screen(title, blocks, address, words.language, KIND, number=NUMBER, trail=(Link(words("Home"), "/"),))


def mark_current(screen: Screen, device: TelevisionSet, words: Words) -> Screen:
    """Return the screen with the modes of this set selected."""
    return replace(screen, blocks=tuple(_marked(block, device, words) for block in screen.blocks))


def _marked(block: Block, device: TelevisionSet, words: Words) -> Block:
    if not (isinstance(block, Form) and isinstance(block.field, Choice)):
        return block
    now = preference(device.modes)
    options = tuple(
        replace(option, chosen=True, hint=words("as it is now")) if option.value == now else option
        for option in block.field.options
    )
    return replace(block, field=replace(block.field, options=options))
