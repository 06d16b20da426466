"""How many connections fit the process: every connection, file and database handle takes one descriptor."""

import resource
from dataclasses import dataclass

LARGEST = 1 << 20
"""More than this no server of ours can use; some systems have no limit at all."""
RESERVED = 1024
"""Descriptors kept back for the store, the outbox, recordings and connections that are being refused."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """`connections` open at once, beyond which they are refused; `backlog` waiting to be accepted; `waiting` refused ones whose request
    has not arrived yet."""

    connections: int
    backlog: int
    waiting: int


def raise_limit() -> int:
    """Raise the soft limit of descriptors to the hard limit, and return it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = LARGEST if hard == resource.RLIM_INFINITY else min(hard, LARGEST)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        return wanted
    return LARGEST if soft == resource.RLIM_INFINITY else soft


def capacity(limit: int, backlog: int = 1024) -> Capacity:
    """Return what a limit of descriptors allows. A whole backlog may be accepted in one turn of the event loop, so it must fit too."""
    reserved = min(RESERVED, limit // 3)
    backlog = min(backlog, reserved // 2)
    return Capacity(limit - reserved - backlog, backlog, reserved // 4)
