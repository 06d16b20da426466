"""The capability: sign-in and account of officers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web

from onestop.capability import Answer, Capability, Parts
from onestop.journeys.source.desks import read_desks
from onestop.site.context import RequestContext
from onestop.staff.demonstration import keep_demonstration
from onestop.staff.forms.account import Account, ChangePassword, EndSession
from onestop.staff.forms.account_codes import BeginCodes, ConfirmCodes, RenewRecovery, StopCodes
from onestop.staff.forms.confirm import Confirm, ConfirmPasskey
from onestop.staff.forms.open_id_forms import OpenIdReturn, OpenIdSignIn
from onestop.staff.forms.passkeys import AddPasskey, PasskeySignIn, RemovePasskey
from onestop.staff.forms.sign_in import SignIn, SignOut
from onestop.staff.forms.steps import CodeStep, PasswordStep
from onestop.staff.handler import DeskHandler
from onestop.staff.pages import desk_templates
from onestop.store.database import Database


def answered_by(handler: type[DeskHandler]) -> Answer:
    """Return what answers an address with a handler of its own for each request."""

    async def answer(context: RequestContext, parts: Parts) -> web.StreamResponse:
        return await handler(context, parts).respond()

    return answer


@asynccontextmanager
async def prepared(parts: Parts, database: Database) -> AsyncIterator[None]:
    """Compile the templates before the first request, which would take too long; add or remove the demonstration officers."""
    await asyncio.to_thread(desk_templates, parts.templates, parts.files)
    # The catalogue is read after the start: only the keys of the desks are needed here.
    desks, _ = await asyncio.to_thread(read_desks, parts.settings.content, ("en",))
    await keep_demonstration(database, desks, int(parts.clock()), demo=parts.settings.demo)
    yield


HANDLERS = {
    "/desk/sign-in": SignIn,
    "/desk/sign-out": SignOut,
    "/desk/account": Account,
    "/desk/account/end-session": EndSession,
    "/desk/account/password": ChangePassword,
    "/desk/account/codes": BeginCodes,
    "/desk/account/confirm-codes": ConfirmCodes,
    "/desk/account/recovery": RenewRecovery,
    "/desk/account/stop-codes": StopCodes,
    "/desk/account/passkey": AddPasskey,
    "/desk/account/remove-passkey": RemovePasskey,
    "/desk/passkey": PasskeySignIn,
    "/desk/openid": OpenIdSignIn,
    "/desk/openid/return": OpenIdReturn,
    "/desk/code": CodeStep,
    "/desk/new-password": PasswordStep,
    "/desk/confirm": Confirm,
    "/desk/confirm/passkey": ConfirmPasskey,
}
CAPABILITY = Capability(
    "staff",
    answers={address: answered_by(handler) for address, handler in HANDLERS.items()},
    words=Path(__file__).parent.parent,
    tables=frozenset(("staff",)),
    running=prepared,
)
