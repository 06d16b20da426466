"""The home that a browser remembers: its token is in a cookie, its address in the store."""

from dataclasses import dataclass

from aiohttp import web

from onestop.http.request.home_cookie import home_token, set_home_cookie
from onestop.site.context import RequestContext
from onestop.store.database import Database
from onestop.store.tables import homes
from onestop.store.tables.homes import StoredHome


@dataclass(frozen=True, slots=True)
class RememberedHome:
    """`token` is that of the cookie, "" on a shared device, which remembers none."""

    context: RequestContext
    database: Database

    @property
    def token(self) -> str:
        context = self.context
        return "" if context.channel.means.shared else home_token(context.request, secure=context.visitor.secure)

    async def find(self) -> StoredHome | None:
        """Return the home, used now; None if there is none, or if it was forgotten."""
        token, now = self.token, self.context.seconds
        home = await self.database.read(lambda tx: homes.find(tx, token, now)) if token else None
        if home and home.stale:
            await self.database.run(lambda tx: homes.touch(tx, home.id, now))
        return home

    async def make(self, uprn: int) -> str:
        """Store a property; return its token."""
        now = self.context.seconds
        return await self.database.run(lambda tx: homes.remember(tx, uprn, now))

    async def forget(self) -> None:
        token = self.token
        await self.database.run(lambda tx: homes.forget(tx, token))

    def set_cookie(self, response: web.StreamResponse, token: str) -> None:
        """Set the cookie for a year, or clear it for ""."""
        set_home_cookie(response, token, homes.UNUSED, secure=self.context.visitor.secure)
