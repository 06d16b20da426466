"""Whether this server process is being stopped."""

from dataclasses import dataclass


@dataclass(slots=True)
class Readiness:
    """`draining` is set when the server was told to stop: it still answers, and closes each connection after its response."""

    draining: bool = False
