"""Send a redirect as text to a script that asks for it, so that it need not fetch the target only to learn its address.

On a line of 300 ms a script that follows a redirect itself, and then shows the page, waits for the same page twice.
"""

from aiohttp import web
from aiohttp.typedefs import Handler

URI_LIST = "text/uri-list"


@web.middleware
async def redirect_as_text(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Replace a redirect by a 200 with its Location as the body, if the request accepts only `text/uri-list`. It keeps the cookies."""
    if request.headers.get("Accept") != URI_LIST:
        return await handler(request)
    try:
        response = await handler(request)
    except web.HTTPRedirection as moved:
        response = moved
    if "Location" not in response.headers:
        return response
    as_text = web.Response(
        text=response.headers["Location"], content_type=URI_LIST, headers={"Cache-Control": "no-store"}
    )
    as_text.cookies.update(response.cookies)
    for cookie in response.headers.getall("Set-Cookie", ()):
        as_text.headers.add("Set-Cookie", cookie)
    return as_text
