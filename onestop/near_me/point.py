"""Where a query is on the map."""

from onestop.places.gazetteer.reader import Gazetteer
from onestop.places.near import Point, middle
from onestop.places.query import PlaceQuery


async def point_of(gazetteer: Gazetteer, query: PlaceQuery) -> Point | None:
    """Return where a query is: a point itself, one property, or the middle of a postcode or street."""
    if query.kind == "near":
        latitude, longitude = (float(part) for part in query.key.split(","))
        return Point(latitude, longitude)
    if query.kind == "home":
        home = await gazetteer.find(int(query.key))
        found = [home] if home else []
    elif query.kind == "street":
        found = list(await gazetteer.in_street(int(query.key)))
    else:
        found = list(await gazetteer.at_postcode(query.key))
    return middle(Point(one.premises.latitude, one.premises.longitude) for one in found)
