"""A resident's display preference for their device: kept in a cookie that says nothing else."""

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
MAX_AGE = 366 * 24 * 3600
"""Seconds after the last visit."""
WISH = re.compile(rf"(?:^|;\s*){COOKIE}=([a-z.]{{1,40}})(?:;|$)")
REDIRECTED = "~"
"""Stands before the name of a device in the variant of a visitor who is redirected to it."""


class PreferenceRecogniser(VariantSelector):
    """Tells visitors at a channel's home apart by their device and by their stored preference.

    The cookie is read on every request and never remembered here.
    """

    def __init__(self, known: VariantSelector, devices: Mapping[str, Device]) -> None:
        super().__init__(known.names, known.decide)
        self.devices = devices

    def __call__(self, headers: RequestHeaders) -> str:
        here = super().__call__(headers)
        there = self.devices[here].wishes.get(_stored(headers), here)
        return here if there == here else REDIRECTED + there


def preference_recogniser(channel: Channel, known: VariantSelector) -> PreferenceRecogniser | None:
    """Return the recogniser for a channel's home, or None if its devices have no preferences."""
    has_any = any(device.wishes for device in channel.devices.values())
    return PreferenceRecogniser(known, channel.devices) if has_any else None


def preferred_home(site: Site, address: Address, variant: str) -> PreparedResponse:
    """Return the redirect from home to the preferred device. It is never cached, so that the preference can be taken back."""
    name = variant.removeprefix(REDIRECTED)
    there = site.addresses.write(replace(address, device=name))
    known = address.channel.devices[name].wishes
    wish = next(wish for wish, wanted in known.items() if wanted == name)
    headers = (("Location", there), ("Cache-Control", NO_STORE), ("Set-Cookie", cookie(address.channel, wish)))
    return prepare(302, headers, b"", label=(address.channel.name, ""))


def cookie(channel: Channel, wish: str) -> str:
    """Return the Set-Cookie value that stores a preference, or erases it for "".

    It is not marked Secure: it is no secret, and some sets arrive over HTTP and go on over HTTPS.
    """
    age = MAX_AGE if wish else 0
    return f"{COOKIE}={wish}; Max-Age={age}; Path={channel.prefix or '/'}; HttpOnly; SameSite=Lax"


def _stored(headers: RequestHeaders) -> str:
    found = WISH.search(headers.get("Cookie", ""))
    return found[1] if found else ""
