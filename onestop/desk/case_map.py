"""The map of a case, for the officers of its desk: the streets around the property or the spot that its resident named."""

from collections.abc import Iterator, Mapping, Sequence

from aiohttp import web

from onestop.audit.chain import record
from onestop.audit.entry import AuditAction, AuditEntry
from onestop.casework.case import Json
from onestop.desk.cases_handler import CasesHandler
from onestop.places.gazetteer.reader import Gazetteer
from onestop.places.map_svg import view_of
from onestop.places.near import Point
from onestop.store.database import Transaction
from onestop.store.tables import cases

HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
}
SVG = "image/svg+xml"


class CaseMap(CasesHandler):
    """The picture /desk/map/<case>/<desk>."""

    async def get(self) -> web.StreamResponse:
        async def work(tx: Transaction) -> Mapping[str, Json]:
            at_desk = await self.readable_case(tx)
            case = await cases.get(tx, at_desk.case)
            await record(tx, AuditEntry(self.officer.id, AuditAction.READ, at_desk.case, fields=("map",)), self.now)
            return case.payload if case else {}

        point = await point_of_case(self.parts.gazetteer, await self.database.run(work))
        if point is None:
            raise web.HTTPNotFound
        drawn = await self.parts.gazetteer.drawn(view_of((point,)), (), point)
        return web.Response(text=drawn, content_type=SVG, headers=HEADERS)


async def point_of_case(gazetteer: Gazetteer, payload: Mapping[str, Json]) -> Point | None:
    """Return where the first answer is that names a spot or a property, or None; also None if there are no streets to draw."""
    for answer in _places(payload) if gazetteer.exists else ():
        at, uprn = answer.get("at"), answer.get("uprn")
        if isinstance(at, Sequence) and len(at) == 2:
            return Point(float(str(at[0])), float(str(at[1])))
        home = await gazetteer.find(uprn) if isinstance(uprn, int) else None
        if home:
            return Point(home.premises.latitude, home.premises.longitude)
    return None


def _places(payload: Mapping[str, Json]) -> Iterator[Mapping[str, Json]]:
    """Yield the answers that may have a position."""
    answers = payload.get("answers")
    for one in answers if isinstance(answers, list) else ():
        value = one.get("value") if isinstance(one, Mapping) else None
        if isinstance(value, Mapping) and ("at" in value or "uprn" in value):
            yield value
