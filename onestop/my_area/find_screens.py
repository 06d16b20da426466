"""The screens on which an address is found: the question, the lists, and what to do if it is not there."""

from collections.abc import Sequence

from onestop.catalogue.catalogue import AREA
from onestop.catalogue.screens.frame import home_link
from onestop.language import translated
from onestop.my_area.finder import ListedChoice, NotFound
from onestop.places.premises import spaced
from onestop.places.query import PlaceQuery
from onestop.screen import Action, Block, Button, Choice, Entry, EntryKind, Form, Link, Option, Paragraph, Run, Screen
from onestop.site.context import RequestContext

FIND, ABSENT = f"{AREA}/find", f"{AREA}/not-listed"
ANSWER, DO, STREETS, NOT_LISTED = "answer", "do", "streets", "not-listed"
MOST = 120
"""The most characters of a postcode, a street or a pasted address."""


def find_screen(context: RequestContext, token: str, typed: str = "", error: str = "") -> Screen:
    """Return the question for an address: its postcode by digit keys where there is no keyboard, else postcode or street."""
    words, keyboard = context.words, context.channel.means.keyboard
    also: tuple[Button, ...] = ()
    if keyboard:
        title = words("What is your postcode or street?")
        hint = words("Like EM4 2QT, or 14 Quay Street. You can also paste a whole address.")
        kind: EntryKind = "spot" if context.channel.means.handheld else "line"
        entry = Entry(ANSWER, kind, typed, MOST, complete="postal-code")
    else:
        title = words("What is your postcode?")
        hint = words("Press the digit keys that carry its letters, each once. For EM4 2QT press 4 2 7 8, then OK.")
        entry = Entry(ANSWER, "code", typed, 7)
        also = (Button(DO, STREETS, words("Choose my street from a list")),)
    form = Form(FIND, words("Continue"), entry, hint, error, (("token", token),), also)
    return _screen(context, title, (form,), "question")


def list_screen(
    context: RequestContext, token: str, query: PlaceQuery, shown: Sequence[ListedChoice], error: str = ""
) -> Screen:
    """Return a list to choose from; the form goes to the address of the list itself."""
    words = context.words
    options = tuple(Option(str(place), one.label) for place, one in enumerate(shown))
    also = (Button(DO, NOT_LISTED, words("My address is not here")),)
    form = Form(
        context.address.neutral, words("Continue"), Choice(ANSWER, options), "", error, (("token", token),), also
    )
    return _screen(context, _list_title(context, query), (form,), "question")


def _list_title(context: RequestContext, query: PlaceQuery) -> str:
    words = context.words
    if query.kind == "postcode":
        return words("Which address in {postcode}?", postcode=spaced(query.key))
    titles = {
        "keys": words("Which postcode is yours?"),
        "streets": words("Which street is yours?"),
        "near": words("Which of these is your address?"),
    }
    return titles.get(query.kind, words("Which address is yours?"))


def not_found_text(context: RequestContext, found: NotFound) -> str:
    """Return the error message for what was typed."""
    words, council = context.words, _own(context)
    if not context.channel.means.keyboard:
        return words("No postcode here has these keys. Press each key once: for EM4 2QT press 4 2 7 8")
    if found.council and council not in found.council:
        return words(
            "{postcode} is in {council}. We can help only with addresses in {own}",
            postcode=spaced(found.postcode), council=found.council, own=council,
        )  # fmt: skip
    if found.postcode:
        return words("We have no address with the postcode {postcode}", postcode=spaced(found.postcode))
    return words("We know no such postcode or street in {own}. Check the spelling", own=council)


def not_listed_screen(context: RequestContext) -> Screen:
    """Return what to do if an address is in no list."""
    words, council = context.words, context.site.catalogue.council
    text = words(
        "New homes and new names can take some weeks to reach our list. Ring {phone} and we add yours.",
        phone=council.phone,
    )
    blocks = (Paragraph((Run(text),), lead=True), Action(words("Try another postcode or street"), FIND))
    return _screen(context, words("My address is not here"), blocks, "stop")


def no_gazetteer_screen(context: RequestContext) -> Screen:
    """Return the screen of a council that has not imported its addresses."""
    words = context.words
    text = words(
        "This council has not put its list of addresses here yet. Ring {phone}.",
        phone=context.site.catalogue.council.phone,
    )
    return _screen(context, words("My area"), (Paragraph((Run(text),), lead=True),), "stop")


def too_many_screen(context: RequestContext) -> Screen:
    """Return the screen for a network that has looked up too many addresses today."""
    text = context.words("Too many addresses were looked up from your network today. Please try again tomorrow.")
    return _screen(context, context.words("Not today"), (Paragraph((Run(text),), lead=True),), "problem", 429)


def _screen(context: RequestContext, title: str, blocks: tuple[Block, ...], kind: str, status: int = 200) -> Screen:
    words = context.words
    trail = (home_link(words), Link(words("My area"), AREA))
    return Screen(
        title, blocks, context.address.neutral, words.language, kind, trail=trail, status=status, personal=True,
        languages=(words.language,),
    )  # fmt: skip


def _own(context: RequestContext) -> str:
    """Return the short name of this council."""
    return translated(context.site.catalogue.council.shorts, context.words.language)
