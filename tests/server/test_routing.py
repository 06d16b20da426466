"""Each request goes to the capability that declares its address, and everything else to the public pages."""

import pytest
from aiohttp import ClientSession, web
from support.samples.small_borough import CHANNELS
from support.servers.running_server import Clock, RunningServer

from onestop.capability import Capability, Parts
from onestop.server.app import started
from onestop.server.join import join
from onestop.settings import Settings
from onestop.site.context import RequestContext
from server import CAPABILITIES


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/bins/bulky", 200),
        ("/big/bins/bulky", 200),
        ("/search/sofa", 200),
        ("/search/sofa/ask", 200),
        ("/phone/bins/bulky", 200),
        ("/phone/bins/ask", 404),
        ("/bins/bulky/ask", 404),
        ("/bins/nothing/ask", 404),
        ("/bins/ask", 404),
        ("/move", 200),
        ("/big/move", 200),
        ("/cy/move", 200),
        ("/move/more", 404),
        ("/leave", 303),
        ("/a-z/b", 200),
        ("/livez", 200),
        ("/big/livez", 404),
        ("/%6Divez", 404),
    ],
)
async def test_a_request_goes_to_the_capability_that_declares_its_address(
    path: str, status: int, server: RunningServer
) -> None:
    assert (await server.get(path)).status == status


@pytest.mark.parametrize(
    ("path", "status"), [("/bins", 405), ("/big/pad", 405), ("/livez", 405), ("/bins/bulky/ask", 404), ("/move", 403)]
)
async def test_a_post_is_accepted_only_at_the_address_of_a_form(path: str, status: int, server: RunningServer) -> None:
    body = b"token=none"
    sent = await server.get(path, "POST", body, Content_Type="application/x-www-form-urlencoded")
    assert sent.status == status


async def test_an_answer_may_be_declared_for_everything_below_an_address(settings: Settings, clock: Clock) -> None:
    async def rest(context: RequestContext, parts: Parts) -> web.StreamResponse:
        return web.Response(text=context.rest)

    desk = Capability("desk", answers={"/desk/": rest})
    parts = join(settings, CHANNELS, (*CAPABILITIES, desk), clock)
    parts.sites.take(parts.sites.read())
    async with started(parts) as runner, ClientSession() as browser:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        for path in ("/desk/cases/open", "/big/cy/desk/cases/open"):
            async with browser.get(f"http://127.0.0.1:{site.port}{path}") as response:
                assert await response.text() == "cases/open", path


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("/Bins/Bulky", "/bins/bulky"),
        ("/BINS", "/bins"),
        ("/Big/BINS/bulky?a=B", "/big/bins/bulky?a=B"),
        ("/CY/bins", "/cy/bins"),
        ("/Search?q=Sofa", "/search?q=Sofa"),
        ("/Move", "/move"),
        ("/Livez", "/livez"),
    ],
)
async def test_an_address_with_capitals_leads_to_the_one_in_small_letters(
    path: str, there: str, server: RunningServer
) -> None:
    answer = await server.get(path)
    assert (answer.status, answer.headers["Location"]) == (301, there)


@pytest.mark.parametrize("path", ["/Nothing", "/m/ABCDEFGHJKLMN", "/bins/%42ulky", "/Bins/%0D%0AX:1"])
async def test_no_other_address_with_capitals_is_redirected(path: str, server: RunningServer) -> None:
    assert (await server.get(path)).status == 404


async def test_a_form_is_not_redirected_to_small_letters(server: RunningServer) -> None:
    assert (await server.get("/Move", "POST")).status in (404, 405)
