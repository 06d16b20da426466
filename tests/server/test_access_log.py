"""The access log holds no ticket and no word that somebody typed, however the address was written."""

import pytest
from aiohttp import web

from channels.registry import find_channels
from onestop.capability import Capability, Handler, Parts, Route, brought_by, private_segments
from onestop.server.access_log import logged_path, private_part
from onestop.site.context import RequestContext
from server import CAPABILITIES

PRIVATE = private_part(private_segments((*CAPABILITIES, *brought_by(find_channels()))))


@pytest.mark.parametrize(
    "path",
    [
        "/M/PLANTED", "//M/PLANTED", "/%4D/PLANTED", "/m/PLANTED", "http://x/M/PLANTED", "HTTP://x//M/PLANTED", "/%254D/PLANTED",
        "/search/PLANTED", "/SEARCH/PLANTED", "/search%2FPLANTED", "/tv/~x/cy/search/PLANTED", "/preview/search/PLANTED",
        "/speech/at/search/PLANTED.mp3", "/search?q=PLANTED", "/search%3Fq=PLANTED", "/bins#PLANTED", "//search//PLANTED",
        "/track/PLANTED", "/phone/track/PLANTED/events", "/T/PLANTED", "/my-area/PLANTED", "/cy/near-me/gp/PLANTED", "/my/PLANTED.ics",
        "/my/cy/PLANTED.ics", "/api/collections/PLANTED", "/near-me-map/nearest/gp/PLANTED.svg", "/OPEN311/v2/requests/PLANTED.json",
        "/bins/missed-bin/ask/home/PLANTED", "/preview/~draft/PLANTED",
        "/tv/%6Dy-area/PLANTED", "/speech/at/my-area/PLANTED.mp3", "/near-me%2Fgp/PLANTED",
    ],
)  # fmt: skip
def test_typed_text_is_not_logged(path: str) -> None:
    assert "PLANTED" not in logged_path(path, 200, PRIVATE)


def test_addresses_of_pages_are_logged_and_unknown_ones_are_not() -> None:
    assert logged_path("/tv/bins/missed-bin/2?x=1", 200, PRIVATE) == "/tv/bins/missed-bin/2"
    assert logged_path("/search", 200, PRIVATE) == "/search"
    assert logged_path("/search/", 200, PRIVATE) == "/search/..."
    assert logged_path("/my-name-is-PLANTED", 404, PRIVATE) == "/..."


@pytest.mark.parametrize("status", [301, 308, 400, 404, 405, 408, 412, 413, 414, 415, 417, 431, 501, 505])
def test_an_address_that_was_not_looked_up_is_not_logged(status: int) -> None:
    for path in ("/M\\PLANTED", "/M;/PLANTED/", "/M%2525252FPLANTED", "/m./PLANTED"):
        assert logged_path(path, status, PRIVATE) == "/..."


def test_whatever_a_capability_answers_for_one_visitor_is_private_without_a_list() -> None:
    async def answer(context: RequestContext, parts: Parts) -> web.StreamResponse:
        return web.Response()

    added = Capability(
        "added", answers={"/added": answer, "/added/": answer}, routes=(Route(("/ticket/{one}",), _made),)
    )
    private = private_part(private_segments((added,)))
    assert logged_path("/tv/added/PLANTED/more", 200, private) == "/tv/added/..."
    assert logged_path("/ticket/PLANTED", 302, private) == "/ticket/..."
    assert logged_path("/added", 200, private) == "/added"


def _made(parts: Parts) -> Handler:
    pytest.fail("the log asks a capability for its addresses only")
