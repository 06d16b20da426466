"""/messages/notify: GOV.UK Notify says what became of a message. It sends our own token, and may say the same several times."""

import hmac
import json
import re
from collections.abc import Callable

from aiohttp import web

from onestop.delivery.kinds.destination import DestinationContext
from onestop.delivery.kinds.secret_file import SecretMissing
from onestop.messages.notify import read_status, returned_letter
from onestop.messages.notify_token import CALLBACK_SECRET
from onestop.store.database import Database
from onestop.store.errors import Unavailable
from onestop.store.messages import queue

CALLBACK = "/messages/notify"
MOST_BYTES = 16_384
REFERENCE = re.compile(r"[0-9A-Za-z_-]{1,64}")
"""Of a message of ours: a database may refuse other characters."""


async def answer_callback(request: web.Request, database: Database, context: DestinationContext) -> web.StreamResponse:
    """Record a delivery receipt, or that a letter came back; return 204, or why it cannot be taken."""
    if request.method != "POST":
        raise web.HTTPMethodNotAllowed(request.method, ("POST",))
    if not is_bearer(request.headers.get("Authorization", ""), context):
        return web.Response(status=401, headers={"WWW-Authenticate": "Bearer"})
    found = await _read_object(request)
    if found is None:
        return web.Response(status=400)
    try:
        await _record(database, found, context.clock)
    except Unavailable:
        return web.Response(status=503)
    return web.Response(status=204)


def is_bearer(header: str, context: DestinationContext) -> bool:
    """Return whether a request has one of our tokens for callbacks; without such a secret none has."""
    try:
        tokens = context.secrets.of(CALLBACK_SECRET)
    except SecretMissing:
        return False
    scheme, _, given = header.partition(" ")
    sent = given.strip().encode(errors="surrogateescape")
    matches = [hmac.compare_digest(sent, token.encode()) for token in tokens]
    return scheme.lower() == "bearer" and any(matches)


async def _read_object(request: web.Request) -> dict[str, object] | None:
    """Return the JSON object in the body, or None for anything else."""
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > MOST_BYTES:
            return None
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


async def _record(database: Database, found: dict[str, object], clock: Callable[[], float]) -> None:
    """Record what became of a message, by our reference. Of one that is not ours, nothing is recorded."""
    reference, now = str(found.get("reference") or ""), int(clock())
    if not REFERENCE.fullmatch(reference):
        return
    if returned := returned_letter(found):
        await database.run(lambda tx: queue.record_return(tx, reference, returned, now))
    elif reference and found.get("status"):
        await database.run(lambda tx: queue.record(tx, reference, read_status(found), now))
