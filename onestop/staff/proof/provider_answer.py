"""What an OpenID provider answers: JSON objects of a bounded size, in a bounded time."""

import json
from collections.abc import Mapping
from typing import Any

import aiohttp

LARGEST, SECONDS = 256_000, 10
"""Bytes of an answer of the provider, and seconds that a request may take."""


class OpenIdRefused(Exception):
    """The provider did not confirm who the officer is. The text is for the log: it holds nothing that the provider sent."""


async def fetch_object(address: str, form: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the JSON object at an address, or what a form is answered with. Redirects are not followed. Raises OpenIdRefused."""
    timeout = aiohttp.ClientTimeout(total=SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout, headers={"Accept": "application/json"}) as session,
            session.request("POST" if form else "GET", address, data=form, allow_redirects=False) as answer,
        ):
            body = await answer.content.read(LARGEST)
            # One read returns what has come so far.
            while len(body) < LARGEST and (more := await answer.content.read(LARGEST - len(body))):
                body += more
            if answer.status != 200 or len(body) >= LARGEST:
                raise OpenIdRefused(f"the provider answered with status {answer.status}")
    except (aiohttp.ClientError, TimeoutError, OSError) as why:
        raise OpenIdRefused(f"the provider does not answer: {type(why).__name__}") from None
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise OpenIdRefused("the provider sent no JSON") from None
    if not isinstance(found, dict):
        raise OpenIdRefused("the provider sent no JSON object")
    return found
