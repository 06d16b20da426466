"""Who an attempt to sign in is counted under."""

from aiohttp import web

from onestop.http.client import counted_network
from onestop.settings import Settings
from onestop.store.tables.staff.attempts import AttemptLimit

OF_DEVICE, OF_ACCOUNT, OF_NETWORK, OF_CODE = 5, 10, 30, 5
"""Failures without a delay: of a known browser, of all strangers at one account, of one network, of the codes of one officer."""


def password_limits(request: web.Request, settings: Settings, sign_in: str, device: str) -> tuple[AttemptLimit, ...]:
    """Return the limits of an attempt with a password. The name may be of nobody: it is counted all the same."""
    if device:
        return (AttemptLimit(f"device {device}", OF_DEVICE),)
    network = counted_network(request, settings.trusted_proxies)
    networks = (AttemptLimit(f"network {network}", OF_NETWORK),) if network else ()
    return (AttemptLimit(f"account {sign_in}", OF_ACCOUNT), *networks)


def code_limits(officer: str) -> tuple[AttemptLimit, ...]:
    """Return the limits of an attempt with a code, which only somebody who has the password can make."""
    return (AttemptLimit(f"code {officer}", OF_CODE),)
