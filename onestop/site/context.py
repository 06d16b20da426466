"""The context of a request for a page: site, address, device and time, passed as one value."""

from dataclasses import dataclass, replace
from datetime import datetime

from aiohttp import web

from channels.contract import Channel, Device
from onestop.http.request.visitor import Visitor
from onestop.language import Words
from onestop.site.address import Address
from onestop.site.site import Site


@dataclass(frozen=True, slots=True)
class Context:
    """An address on one device at one moment (`now`, UTC). It holds nothing about the visitor: a page made from it may be cached."""

    site: Site
    address: Address
    device: Device
    now: datetime

    @property
    def channel(self) -> Channel:
        return self.address.channel

    @property
    def words(self) -> Words:
        return self.site.words_for(self.address)

    @property
    def rest(self) -> str:
        """The neutral address without its first segment: "bins" for /phone/bins."""
        return self.address.neutral[1:].partition("/")[2]

    def path(self, neutral: str) -> str:
        """Return the path of a neutral address on the same channel and device, in the same language."""
        return self.site.addresses.link(self.address, neutral)

    def at(self, address: Address) -> "Context":
        """Return the context of another address of the same channel and device."""
        return replace(self, address=address)


@dataclass(frozen=True, slots=True)
class RequestContext(Context):
    """A request of one visitor. `private` is whether a personal page may be sent over its connection. `listening` asks for the page
    itself instead of its markup, to be read aloud.
    """

    request: web.Request
    visitor: Visitor
    private: bool
    listening: bool = False

    @property
    def seconds(self) -> int:
        """`now` in seconds since 1970, as the store counts."""
        return int(self.now.timestamp())


@dataclass(frozen=True, slots=True)
class Redirect:
    """A redirect to another neutral address. `token` is the session token that the browser must send from now on, "" for the same."""

    neutral: str
    token: str = ""
