"""The form in the body of a request, read only after the checks that protect it."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from onestop.http.request.form_body import FormBody, read_form_body
from onestop.http.request.upload import UploadBudget
from onestop.http.request.visitor import is_same_origin_post
from onestop.site.context import RequestContext


async def read_form(
    context: RequestContext, uploads: UploadBudget, was_valid: Callable[[str], Awaitable[bool]] | None = None
) -> FormBody:
    """Return the form in the body of a request for a personal page.

    Raises HTTPForbidden without HTTPS, if another site sent it, or without a valid CSRF token; and what `read_form_body` raises.
    `was_valid` decides about a token that is not of the visitor's present secret.
    """
    if not context.private:
        raise web.HTTPForbidden
    form = await read_public_form(context, uploads)
    token = form.first("token")
    if not context.visitor.owns_token(token) and not (was_valid and await was_valid(token)):
        raise web.HTTPForbidden
    return form


async def read_public_form(context: RequestContext, uploads: UploadBudget) -> FormBody:
    """Return a form that needs no CSRF token, because it only sets a cookie. Raises HTTPForbidden if another site sent it."""
    if not is_same_origin_post(context.request):
        raise web.HTTPForbidden
    return await read_form_body(context.request, uploads)
