"""The screens of Near me: the kinds of places, the question where the resident is, and the list."""

from collections.abc import Sequence

from onestop.catalogue.catalogue import NEAR_ME, NEAR_ME_NUMBER
from onestop.catalogue.screens.frame import alert_of, home_link
from onestop.language import Words
from onestop.lookup.finder import ListedChoice
from onestop.lookup.lookup_forms import DO, find_form, list_form, list_title
from onestop.near_me.wording import facility_name, facility_text
from onestop.places.near import NearFacility
from onestop.places.query import PlaceQuery
from onestop.screen import Block, Button, Link, Menu, MenuItem, Note, Paragraph, Picture, Run, Screen, Steps
from onestop.site.context import Context, RequestContext

EVERYWHERE, STEP_FREE = "all", "step-free"
MOST = 9
"""Places in a list: as many as the map has numbers for."""


def kind_names(words: Words) -> dict[str, str]:
    """Return the names of the kinds of places, in the order in which they are listed."""
    return {
        "library": words("Libraries"),
        "recycling": words("Recycling centres"),
        "one-stop-shop": words("One stop shops"),
        "pharmacy": words("Pharmacies"),
        "toilet": words("Public toilets"),
        "leisure": words("Leisure centres"),
        "family": words("Family hubs"),
    }


def kinds_screen(context: RequestContext) -> Screen:
    """Return the menu of kinds of places that this council has."""
    words = context.words
    there = {one.kind for one in context.site.local.places.facilities}
    items = tuple(MenuItem(name, f"{NEAR_ME}/{kind}") for kind, name in kind_names(words).items() if kind in there)
    lead = words("We say which is the nearest, whether it is open now, and how to get in.")
    return Screen(
        words("Near me"), (Paragraph((Run(lead),), lead=True), Menu(items)), NEAR_ME, words.language, "section", NEAR_ME_NUMBER,
        trail=(home_link(words),), alert=alert_of(context.site.catalogue, words), languages=context.site.catalogue.languages,
        personal=True,
    )  # fmt: skip


def where_screen(context: RequestContext, kind: str, token: str, typed: str = "", error: str = "") -> Screen:
    """Return the question where the resident is; its second button leads to the list without distances."""
    words = context.words
    everywhere = Button(DO, EVERYWHERE, words("Show all of them"), "list")
    form = find_form(context, f"{NEAR_ME}/{kind}", (("token", token),), typed, error, (everywhere,))
    title = words("Near which postcode or street?") if context.channel.means.keyboard else words("Near which postcode?")
    return _screen(context, title, kind, (form,), "question")


def choice_screen(
    context: RequestContext, kind: str, token: str, query: PlaceQuery, shown: Sequence[ListedChoice], error: str = ""
) -> Screen:
    """Return a list of postcodes or streets that fit; the form goes to the address of the list itself."""
    form = list_form(context, context.address.neutral, (("token", token),), shown, error)
    return _screen(context, list_title(context, query), kind, (form,), "question")


def list_screen(
    context: RequestContext,
    kind: str,
    found: Sequence[NearFacility],
    rest: str,
    *,
    step_free: bool,
    drawn: Picture | None,
) -> Screen:
    """Return the places of a kind. `rest` is the end of the address, a token or `EVERYWHERE`; `drawn` is their map."""
    words = context.words
    items = tuple(
        (Run(facility_name(one.facility, words), strong=True, target=one.facility.target, number=_number(context, one)),
         Run(". "), *facility_text(context, one))
        for one in found[:MOST]
    )  # fmt: skip
    blocks: tuple[Block, ...] = (
        *((Note((Run(words("Step-free places come first.")),)),) if step_free else ()),
        *((drawn,) if drawn else ()),
        Steps(items),
        Menu(tuple(_ways(context, kind, rest, step_free=step_free)), "related", words("Change this list")),
    )
    return _screen(context, kind_names(words)[kind], kind, blocks, "service")


def _ways(context: Context, kind: str, rest: str, *, step_free: bool) -> Sequence[MenuItem]:
    words, there = context.words, f"{NEAR_ME}/{kind}"
    order = (
        MenuItem(words("The nearest first"), f"{there}/{rest}")
        if step_free
        else MenuItem(words("Step-free places first"), f"{there}/{STEP_FREE}/{rest}")
    )
    return (
        order,
        MenuItem(words("Another postcode or street"), f"{there}/find"),
        MenuItem(words("Other places near me"), NEAR_ME),
    )


def _number(context: Context, one: NearFacility) -> str:
    return context.site.catalogue.number(one.facility.target) if one.facility.target else ""


def _screen(context: RequestContext, title: str, kind: str, blocks: tuple[Block, ...], drawn_as: str) -> Screen:
    words = context.words
    trail = (home_link(words), Link(words("Near me"), NEAR_ME))
    return Screen(
        title, blocks, context.address.neutral, words.language, drawn_as, trail=trail, languages=(words.language,), personal=True,
    )  # fmt: skip
