"""Whether this server process can serve everything, and whether it is being stopped."""

from dataclasses import dataclass


@dataclass(slots=True)
class Readiness:
    """`troubles` are the reasons why journeys cannot be answered now; pages are. `draining` is set when the server was told
    to stop: it still answers, and closes each connection after its response.
    """

    draining: bool = False
    troubles: tuple[str, ...] = ()
