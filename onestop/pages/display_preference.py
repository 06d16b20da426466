"""What a resident has asked of an apparatus and finds again there next time: a wish in a cookie, which says nothing else."""

import re
from collections.abc import Mapping
from dataclasses import replace

from channels.contract import Channel, Device
from onestop.http.page_cache import RequestHeaders, VariantSelector
from onestop.http.prepared import PreparedResponse, prepare
from onestop.site.address import Address
from onestop.site.site import Site

NO_STORE = "no-store"
COOKIE = "wish"
LASTS = 366 * 24 * 3600
"""Seconds after the last visit."""
WISH = re.compile(rf"(?:^|;\s*){COOKIE}=([a-z.]{{1,40}})(?:;|$)")
ELSEWHERE = "~"
"""Before the name of a device in what is said of a visitor who is sent on to it."""


class Starting(VariantSelector):
    """Tells visitors apart where a visit starts: by their apparatus, and by what was asked of it before.

    What a cookie says is looked at anew each time and remembered nowhere; other cookies stand beside it.
    """

    def __init__(self, known: VariantSelector, devices: Mapping[str, Device]) -> None:
        super().__init__(known.names, known.decide)
        self.devices = devices

    def __call__(self, headers: RequestHeaders) -> str:
        here = super().__call__(headers)
        there = self.devices[here].wishes.get(_wish(headers), here)
        return here if there == here else ELSEWHERE + there


def starting(channel: Channel, known: VariantSelector) -> Starting | None:
    """Who tells visitors of a channel apart at its home; None if nothing can be asked there."""
    return Starting(known, channel.devices) if any(device.wishes for device in channel.devices.values()) else None


def sent_on(site: Site, address: Address, device: str) -> PreparedResponse:
    """Home, as it was asked for. Kept by nobody, so that it can be taken back; the wish is remembered for another while."""
    name = device.removeprefix(ELSEWHERE)
    there = site.addresses.write(replace(address, device=name))
    known = address.channel.devices[name].wishes
    wish = next(wish for wish, wanted in known.items() if wanted == name)
    headers = (("Location", there), ("Cache-Control", NO_STORE), ("Set-Cookie", cookie(address.channel, wish)))
    return prepare(302, headers, b"", label=(address.channel.name, ""))


def cookie(channel: Channel, wish: str) -> str:
    """What has a browser remember a wish, or forget it. It is no secret, and the same whether the line is sealed or not: some sets
    come by one and go on by the other."""
    lasts = LASTS if wish else 0
    return f"{COOKIE}={wish}; Max-Age={lasts}; Path={channel.prefix or '/'}; HttpOnly; SameSite=Lax"


def _wish(headers: RequestHeaders) -> str:
    found = WISH.search(headers.get("Cookie", ""))
    return found[1] if found else ""
