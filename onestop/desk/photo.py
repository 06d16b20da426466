"""The photos of a case, for the officers of its desk."""

from aiohttp import web

from onestop.audit.chain import record
from onestop.audit.entry import AuditAction, AuditEntry
from onestop.desk.cases_handler import CasesHandler
from onestop.store.database import Transaction
from onestop.store.tables import photos

HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Content-Disposition": "inline",
}


class CasePhoto(CasesHandler):
    """The picture /desk/photo/<case>/<desk>/<photo>."""

    async def get(self) -> web.StreamResponse:
        photo = self.segment(2)

        async def work(tx: Transaction) -> tuple[str, bytes]:
            case = await self.readable_case(tx)
            kind = next((one.kind for one in await photos.of(tx, case.case) if one.id == photo), "")
            content = await photos.content(tx, case.case, photo) if kind else None
            if content is None:
                raise web.HTTPNotFound
            await record(tx, AuditEntry(self.officer.id, AuditAction.READ, case.case, fields=("photo",)), self.now)
            return kind, content

        kind, content = await self.database.run(work)
        return web.Response(body=content, content_type=kind, headers=HEADERS)
