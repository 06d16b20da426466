"""Browsers that an officer has signed in with before. Their attempts are counted apart, so that strangers cannot delay the officer."""

import hmac
import secrets

from aiohttp import web

from onestop.http.request.host_cookie import HostCookie
from onestop.http.request.visitor import Visitor
from onestop.store.encryption.master_keys import MasterKey, MasterKeys
from onestop.store.tables.staff.officers import OfficerRow
from onestop.tokens import base64url

KNOWN = HostCookie("desk-known", same_site="Strict")
MOST = 5
"""Officers who are known on one browser, such as that of a counter."""
YEAR = 365 * 86400
BETWEEN, MAC = "~", "."


def known_device(keys: MasterKeys, cookie: str, officer: OfficerRow) -> str:
    """Return the name of the browser as this officer's, or "" if it is none, or their password was reset since."""
    for entry in cookie.split(BETWEEN)[:MOST]:
        name, _, mac = entry.partition(MAC)
        if any(hmac.compare_digest(_mac(key, name, officer), mac) for key in keys.masters if entry.isascii()):
            return name
    return ""


def device_cookie(request: web.Request, secure: bool) -> str:
    return KNOWN.of(request, secure=secure)


def remember_device(
    response: web.StreamResponse, keys: MasterKeys, request: web.Request, cookie: Visitor, officer: OfficerRow
) -> None:
    """Make the browser known as this officer's for a year after they last signed in."""
    former = device_cookie(request, cookie.secure)
    name = secrets.token_urlsafe(12)
    kept = [entry for entry in former.split(BETWEEN) if entry and not known_device(keys, entry, officer)]
    value = BETWEEN.join((f"{name}{MAC}{_mac(keys.current, name, officer)}", *kept[: MOST - 1]))
    KNOWN.set(response, value, YEAR, secure=cookie.secure)


def _mac(key: MasterKey, name: str, officer: OfficerRow) -> str:
    text = f"{name} {officer.id} {officer.changed}"
    return base64url.encode(hmac.digest(key.secret("known devices of officers"), text.encode(), "sha256")[:16])
