"""The screens on which an address is found: the question, the lists, and what to do if it is not there."""

from collections.abc import Sequence

from onestop.catalogue.catalogue import AREA
from onestop.catalogue.screens.frame import home_link
from onestop.lookup.finder import ListedChoice
from onestop.lookup.lookup_forms import find_form, find_title, list_form, list_title, too_many_text
from onestop.places.query import PlaceQuery
from onestop.screen import Action, Block, Link, Paragraph, Run, Screen
from onestop.site.context import RequestContext

FIND, ABSENT = f"{AREA}/find", f"{AREA}/not-listed"


def find_screen(context: RequestContext, token: str, typed: str = "", error: str = "") -> Screen:
    """Return the question for an address."""
    form = find_form(context, FIND, (("token", token),), typed, error)
    return _screen(context, find_title(context), (form,), "question")


def list_screen(
    context: RequestContext, token: str, query: PlaceQuery, shown: Sequence[ListedChoice], error: str = ""
) -> Screen:
    """Return a list to choose from; the form goes to the address of the list itself."""
    form = list_form(context, context.address.neutral, (("token", token),), shown, error)
    return _screen(context, list_title(context, query), (form,), "question")


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
    block = Paragraph((Run(too_many_text(context)),), lead=True)
    return _screen(context, context.words("Not today"), (block,), "problem", 429)


def _screen(context: RequestContext, title: str, blocks: tuple[Block, ...], kind: str, status: int = 200) -> Screen:
    words = context.words
    trail = (home_link(words), Link(words("My area"), AREA))
    return Screen(
        title, blocks, context.address.neutral, words.language, kind, trail=trail, status=status, personal=True,
        languages=(words.language,),
    )  # fmt: skip
