"""What load balancers are told: whether this process lives, and whether it should get requests."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from aiohttp import web

NO_STORE = {"Cache-Control": "no-store"}


@dataclass(slots=True)
class Readiness:
    """`draining` is set when the server was told to stop: it still answers, and closes each connection after its response."""

    draining: bool = False

    def routes(self, loaded: Callable[[], bool]) -> Iterable[web.AbstractRouteDef]:
        """Return the routes: `/livez` always answers 200, `/readyz` 503 while there is no catalogue or while draining."""

        async def live(request: web.Request) -> web.Response:
            return web.json_response({"live": True}, headers=NO_STORE)

        async def ready(request: web.Request) -> web.Response:
            now = loaded() and not self.draining
            return web.json_response(
                {"ready": now, "draining": self.draining}, status=200 if now else 503, headers=NO_STORE
            )

        return (web.get("/livez", live), web.get("/readyz", ready))
