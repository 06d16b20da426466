"""Forms of a visitor with a session, whose secret may have changed since the form was shown."""

from onestop.http.request.form_body import FormBody
from onestop.http.request.upload import UploadBudget
from onestop.http.request.visitor import is_token_of
from onestop.pages.form import read_form
from onestop.site.context import RequestContext
from onestop.store.database import Database, Transaction
from onestop.store.errors import Unavailable
from onestop.store.tables import sessions
from onestop.store.tables.sessions import SentForm


async def read_session_form(context: RequestContext, uploads: UploadBudget, database: Database) -> FormBody:
    """Return what `read_form` does, for a token of the visitor's previous secret too."""
    return await read_form(context, uploads, lambda token: _was_valid(context, token, database))


def sent_form(context: RequestContext, mark: str) -> SentForm:
    """Return the identity of a form for the store; `mark` is secret to everybody who has not seen the form."""
    return SentForm(context.visitor.secret, mark, context.visitor.form_key)


async def _was_valid(context: RequestContext, token: str, database: Database) -> bool:
    """Return whether the form was shown shortly before this visitor's secret was changed, in another tab for instance."""
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
