"""The capability: sign-in and account of officers."""

from pathlib import Path

from aiohttp import web

from onestop.capability import Answer, Capability, Parts
from onestop.site.context import RequestContext
from onestop.staff.account import Account, EndSession
from onestop.staff.handler import DeskHandler
from onestop.staff.pages import templates_ready
from onestop.staff.sign_in import SignIn, SignOut


def answered_by(handler: type[DeskHandler]) -> Answer:
    """Return what answers an address with a handler of its own for each request."""

    async def answer(context: RequestContext, parts: Parts) -> web.StreamResponse:
        return await handler(context, parts).respond()

    return answer


HANDLERS = {
    "/desk/sign-in": SignIn,
    "/desk/sign-out": SignOut,
    "/desk/account": Account,
    "/desk/account/end-session": EndSession,
}
CAPABILITY = Capability(
    "staff",
    answers={address: answered_by(handler) for address, handler in HANDLERS.items()},
    words=Path(__file__).parent,
    tables=frozenset(("staff",)),
    running=templates_ready,
)
