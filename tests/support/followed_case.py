"""A report that a household sends, and somebody who follows it with its reference and PIN."""

import re

from support.household import HBBTV, Household
from support.servers.borough_server import Borough

PIN = re.compile(r"(?:reference and|cyfeirnod a) PIN (\d{4})")
REFERENCE = re.compile(r"\b(\d{3} \d{3} \d{4})\b")


def household(server: Borough, network: str = "198.51.100.7") -> Household:
    made = Household(server)
    made.headers |= {"X-Forwarded-For": network, "X-Forwarded-Proto": "https"}
    return made


async def sent(server: Borough, channel: str = "") -> tuple[Household, str, str]:
    """Send a report of a missed bin; return its household, reference and PIN."""
    resident = household(server)
    await resident.get(f"{channel}/bins/missed-bin/ask")
    for answer in ("today", "grey", "out", "none", "Planted Cottage, 12 High Street, EM4 2QT"):
        await resident.send(answer=answer)
    if resident.path.endswith("/stands"):
        await resident.send(do="skip")
    await resident.send(answer="none")
    await resident.send()
    assert re.search("Thank you|Diolch", resident.body), resident.body[-2000:]
    body = resident.body + (await resident.get(f"{resident.path}/2") if "PIN" not in resident.body else "")
    found, pin = REFERENCE.search(body), PIN.search(body)
    assert found and pin, body
    return resident, found[1], pin[1]


async def follow(server: Borough, reference: str, pin: str, channel: str = "") -> Household:
    """Key in a reference and a PIN."""
    stranger = household(server, "203.0.113.9")
    if channel == "/tv":
        stranger.headers["User-Agent"] = HBBTV
    await stranger.get(f"{channel}/102")
    assert stranger.path == f"{channel}/track"
    await stranger.send(answer=reference)
    await stranger.send(answer=pin)
    return stranger
