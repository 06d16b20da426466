"""A resident's display preference for their device, stored in a cookie that holds nothing else."""

import re
from collections.abc import Mapping
from dataclasses import replace

from channels.contract import Channel, Device
from onestop.http.page_cache import RequestHeaders, VariantSelector
from onestop.http.prepared import PreparedResponse, prepare
from onestop.http.request.home_cookie import OWN_HOME, sends_home
from onestop.site.address import Address
from onestop.site.site import Site

NO_STORE = "no-store"
COOKIE = "wish"
MAX_AGE = 366 * 24 * 3600
"""Seconds after the last visit."""
STORED = re.compile(rf"(?:^|;\s*){COOKIE}=([a-z.]{{1,40}})(?:;|$)")
REDIRECTED = "~"
"""The prefix of a variant that is a redirect to the device named after it."""
HOUSEHOLD = "@"
"""The prefix of a variant that is a redirect to the household's own home screen, on the device named after it or the usual one."""


class PreferenceRecogniser(VariantSelector):
    """Selects the variant of a channel's home by the visitor's device and stored preference.

    The cookie is read on every request; its value is never remembered here.
    """

    def __init__(self, known: VariantSelector, devices: Mapping[str, Device]) -> None:
        super().__init__(known.names, known.decide)
        self.devices = devices

    def __call__(self, headers: RequestHeaders) -> str:
        device = super().__call__(headers)
        preferred = self.devices[device].preferences.get(_stored(headers), device)
        own = "" if preferred == device else preferred
        if sends_home(headers):
            return HOUSEHOLD + own
        return REDIRECTED + own if own else device


def preference_recogniser(channel: Channel, known: VariantSelector) -> PreferenceRecogniser | None:
    """Return the recogniser for a channel's home, or None if its devices have no preferences."""
    has_any = any(device.preferences for device in channel.devices.values())
    return PreferenceRecogniser(known, channel.devices) if has_any else None


def preferred_home(site: Site, address: Address, variant: str) -> PreparedResponse:
    """Return the redirect from home to the preferred device. It is never cached: the preference may change."""
    name = variant.removeprefix(REDIRECTED)
    target = site.addresses.write(replace(address, device=name))
    known = address.channel.devices[name].preferences
    preference = next(preference for preference, wanted in known.items() if wanted == name)
    headers = (("Location", target), ("Cache-Control", NO_STORE), ("Set-Cookie", cookie(address.channel, preference)))
    return prepare(302, headers, b"", label=(address.channel.name, ""))


def household_home(site: Site, address: Address, variant: str) -> PreparedResponse:
    """Return the redirect from home to the home screen of a household that has told its address."""
    target = site.addresses.write(replace(address.at(OWN_HOME), device=variant.removeprefix(HOUSEHOLD)))
    return prepare(302, (("Location", target), ("Cache-Control", NO_STORE)), b"", label=(address.channel.name, ""))


def cookie(channel: Channel, preference: str) -> str:
    """Return the Set-Cookie value that stores a preference, or erases it for "".

    It is not marked Secure: it is no secret, and some televisions open home over HTTP and continue over HTTPS.
    """
    age = MAX_AGE if preference else 0
    return f"{COOKIE}={preference}; Max-Age={age}; Path={channel.prefix or '/'}; HttpOnly; SameSite=Lax"


def _stored(headers: RequestHeaders) -> str:
    found = STORED.search(headers.get("Cookie", ""))
    return found[1] if found else ""
