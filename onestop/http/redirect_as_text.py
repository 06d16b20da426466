"""A redirect for who asks where it leads: the address as text, so that a script need not fetch what is there only to find out.

On a line of 300 ms a script that follows a redirect itself, and then shows the page, waits for the same page twice.
"""

from aiohttp import web
from aiohttp.typedefs import Handler

URI_LIST = "text/uri-list"


@web.middleware
async def redirect_as_text(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answers redirects with 200 and their address if nothing but `text/uri-list` is accepted; kept by nobody, cookies as they are."""
    if request.headers.get("Accept") != URI_LIST:
        return await handler(request)
    try:
        response = await handler(request)
    except web.HTTPRedirection as moved:
        response = moved
    if "Location" not in response.headers:
        return response
    told = web.Response(text=response.headers["Location"], content_type=URI_LIST, headers={"Cache-Control": "no-store"})
    told.cookies.update(response.cookies)
    return told
