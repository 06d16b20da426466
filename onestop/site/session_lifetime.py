"""How long a resident's session lasts."""

from onestop.screen import Means

DAY = 86400
SHARED_IDLE, SHARED_WHOLE = 300, 4 * 3600
"""Seconds on a device that strangers share: after the last request, and in all."""
OWN_IDLE, OWN_WHOLE = 31 * DAY, 366 * DAY


def session_lifetime(means: Means) -> tuple[int, int]:
    """Return the seconds a session lasts when idle, and in all."""
    return (SHARED_IDLE, SHARED_WHOLE) if means.shared else (OWN_IDLE, OWN_WHOLE)
