"""Each request goes to the capability that declares its address, and everything else to the public pages."""

import pytest
from support.running_server import Web


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
async def test_an_address_is_answered_by_what_declares_it(path: str, status: int, server: Web) -> None:
    assert (await server.get(path)).status == status


@pytest.mark.parametrize(
    ("path", "status"), [("/bins", 405), ("/big/pad", 405), ("/livez", 405), ("/bins/bulky/ask", 404), ("/move", 403)]
)
async def test_a_post_is_taken_where_a_form_leads_only(path: str, status: int, server: Web) -> None:
    body = b"token=none"
    sent = await server.get(path, "POST", body, Content_Type="application/x-www-form-urlencoded")
    assert sent.status == status
