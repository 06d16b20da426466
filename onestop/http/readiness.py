"""Whether this server process can serve everything, and whether it is being stopped."""

from dataclasses import dataclass


@dataclass(slots=True)
class Readiness:
    """`troubles` are the reasons why journeys are unavailable; public pages are served all the same. `draining` is set on SIGTERM:
    the server still answers, and closes each connection after its response.
    """

    draining: bool = False
    troubles: tuple[str, ...] = ()
