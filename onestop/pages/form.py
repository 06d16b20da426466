"""The form in the body of a request, read only after the checks that protect it."""

from aiohttp import web

from onestop.http.request.form_body import FormBody, read_form_body
from onestop.http.request.upload import UploadBudget
from onestop.http.visitor import is_same_origin_post
from onestop.site.context import RequestContext


async def read_public_form(context: RequestContext, uploads: UploadBudget) -> FormBody:
    """Return a form that needs no CSRF token, because it only sets a cookie. Raises HTTPForbidden if another site sent it."""
    if not is_same_origin_post(context.request):
        raise web.HTTPForbidden
    return await read_form_body(context.request, uploads)
