"""The picture of a map on a page, with what it shows in words."""

from collections.abc import Sequence

from onestop.language import Words
from onestop.near_me.near_screens import MOST, STEP_FREE
from onestop.near_me.wording import distance_text, facility_name
from onestop.places.map_svg import HEIGHT, WIDTH
from onestop.places.near import NearFacility, Point, direction
from onestop.screen import Picture
from onestop.site.context import RequestContext

MAP, NEAREST = "/near-me-map", "nearest"


def map_picture(
    context: RequestContext, kind: str, found: Sequence[NearFacility], here: Point | None, rest: str, *, step_free: bool
) -> Picture | None:
    """Return the map of a list, described in words; None where the device cannot show it."""
    if not context.channel.means.maps or not found:
        return None
    source = f"{MAP}/{STEP_FREE if step_free else NEAREST}/{kind}/{rest}.svg"
    return Picture(source, _described(found[:MOST], here, context.words), WIDTH, HEIGHT)


def _described(found: Sequence[NearFacility], here: Point | None, words: Words) -> str:
    told = (
        f"{number} {facility_name(one.facility, words)}{_where(one, here, words)}"
        for number, one in enumerate(found, 1)
    )
    return words("Map: {places}", places=". ".join(told))


def _where(one: NearFacility, here: Point | None, words: Words) -> str:
    """Return ", 450 m north-east" of where the resident is."""
    if here is None or one.metres is None:
        return ""
    names = {
        "N": words("to the north"), "NE": words("to the north-east"), "E": words("to the east"), "SE": words("to the south-east"),
        "S": words("to the south"), "SW": words("to the south-west"), "W": words("to the west"), "NW": words("to the north-west"),
    }  # fmt: skip
    return (
        f", {distance_text(one.metres)} {names[direction(here, Point(one.facility.latitude, one.facility.longitude))]}"
    )
