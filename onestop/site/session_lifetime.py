"""The lifetime of a session, by device."""

from onestop.screen import Means

DAY = 86400
SHARED_IDLE, SHARED_WHOLE = 300, 4 * 3600
"""Seconds on a shared device: after the last request, and in all."""
OWN_IDLE, OWN_WHOLE = 31 * DAY, 366 * DAY


def session_lifetime(means: Means) -> tuple[int, int]:
    """Return the idle timeout and the absolute timeout of a session, in seconds."""
    return (SHARED_IDLE, SHARED_WHOLE) if means.shared else (OWN_IDLE, OWN_WHOLE)
