"""The form that a visitor sent to one of their own pages, read only after the checks that protect it."""

from aiohttp import web

from onestop.http.request.form_body import FormBody
from onestop.http.request.upload import UploadBudget
from onestop.http.visitor import is_token_of
from onestop.pages.form import read_public_form
from onestop.site.context import RequestContext
from onestop.store.database import Database, Transaction
from onestop.store.errors import Unavailable
from onestop.store.tables import sessions
from onestop.store.tables.sessions import SentForm


async def read_form(context: RequestContext, uploads: UploadBudget, database: Database) -> FormBody:
    """Return the form of a request.

    Raises HTTPForbidden without HTTPS, from another site or without a valid CSRF token, and what `read_form_body` raises.
    """
    if not context.private:
        raise web.HTTPForbidden
    form = await read_public_form(context, uploads)
    if not context.visitor.owns_token(form.first("token")) and not await _was_valid(
        context, form.first("token"), database
    ):
        raise web.HTTPForbidden
    return form


def sent_form(context: RequestContext, mark: str) -> SentForm:
    """Return what identifies a form of this visitor to the store; `mark` is known to nobody who has not seen the form."""
    return SentForm(context.visitor.secret, mark, context.visitor.form_key)


async def _was_valid(context: RequestContext, token: str, database: Database) -> bool:
    """Whether the form was shown shortly before this visitor's secret was changed, in another tab for instance."""
    if not context.visitor.has_cookie:
        return False

    async def work(tx: Transaction) -> bytes:
        session = await sessions.look_up(tx, context.visitor.secret, context.seconds)
        return await sessions.previous_form_key(tx, session.id, context.seconds) if session else b""

    try:
        return is_token_of(token, await database.read(work))
    except Unavailable:
        # A form that cannot be verified must not be shown again: another site could put its text on a page of ours.
        return False
