"""The forms in which an address is found, and the messages about what was typed."""

import re
from collections.abc import Sequence

from onestop.language import translated
from onestop.lookup.finder import ListedChoice, NotFound
from onestop.places.premises import spaced
from onestop.places.query import PlaceQuery
from onestop.screen import Button, Choice, Entry, EntryKind, Form, Option
from onestop.site.context import Context

ANSWER, DO, STREETS, NOT_LISTED = "answer", "do", "streets", "not-listed"
STREET_NAMES = "/api/streets"
MOST = 120
"""The most characters of a postcode, a street or a pasted address."""
PLACE = re.compile(r"[0-9]{1,5}")
"""A row of a list, as its form sends it."""
Hidden = tuple[tuple[str, str], ...]


def find_title(context: Context) -> str:
    words = context.words
    return (
        words("What is your postcode or street?") if context.channel.means.keyboard else words("What is your postcode?")
    )


def find_form(
    context: Context, target: str, hidden: Hidden, typed: str = "", error: str = "", also: tuple[Button, ...] = ()
) -> Form:
    """Return the form for an address: its postcode by digit keys where there is no keyboard, else postcode or street."""
    words = context.words
    if context.channel.means.keyboard:
        hint = words("Like EM4 2QT, or 14 Quay Street. You can also paste a whole address.")
        kind: EntryKind = "spot" if context.channel.means.handheld else "line"
        entry = Entry(ANSWER, kind, typed, MOST, complete="postal-code", completions=STREET_NAMES)
    else:
        hint = words("Press the digit keys of the postcode, each once. For EM4 2QT press 4 2 7 8, then OK.")
        entry = Entry(ANSWER, "code", typed, 7)
        also = (Button(DO, STREETS, words("Choose my street from a list")), *also)
    return Form(target, words("Continue"), entry, hint, error, hidden, also)


def list_form(context: Context, target: str, hidden: Hidden, shown: Sequence[ListedChoice], error: str = "") -> Form:
    """Return a list to choose from; its last button leads on if the address is not there."""
    options = tuple(Option(str(place), one.label) for place, one in enumerate(shown))
    also = (Button(DO, NOT_LISTED, context.words("My address is not here")),)
    return Form(target, context.words("Continue"), Choice(ANSWER, options), "", error, hidden, also)


def chosen_from(shown: Sequence[ListedChoice], answer: str) -> PlaceQuery | None:
    """Return where the chosen row of a list leads, or None if none was chosen."""
    return shown[int(answer)].leads if PLACE.fullmatch(answer) and int(answer) < len(shown) else None


def list_title(context: Context, query: PlaceQuery) -> str:
    words = context.words
    if query.kind == "postcode":
        return words("Which address in {postcode}?", postcode=spaced(query.key))
    titles = {
        "keys": words("Which postcode is yours?"),
        "streets": words("Which street is yours?"),
        "near": words("Which of these is your address?"),
    }
    return titles.get(query.kind, words("Which address is yours?"))


def is_elsewhere(context: Context, found: NotFound) -> bool:
    """Return whether the postcode is that of another council."""
    return bool(found.council) and own_name(context) not in found.council


def not_found_text(context: Context, found: NotFound) -> str:
    """Return the error message for what was typed."""
    words, council = context.words, own_name(context)
    if not context.channel.means.keyboard:
        return words("No postcode here has these keys. Press each key once: for EM4 2QT press 4 2 7 8")
    if is_elsewhere(context, found):
        return words(
            "{postcode} is in {council}. We can help only with addresses in {own}",
            postcode=spaced(found.postcode), council=found.council, own=council,
        )  # fmt: skip
    if found.postcode:
        return words("We have no address with the postcode {postcode}", postcode=spaced(found.postcode))
    return words("We know no such postcode or street in {own}. Check the spelling", own=council)


def too_many_text(context: Context) -> str:
    return context.words("Too many addresses were looked up from your network today. Please try again tomorrow.")


def own_name(context: Context) -> str:
    """Return the short name of this council."""
    return translated(context.site.catalogue.council.shorts, context.words.language)
