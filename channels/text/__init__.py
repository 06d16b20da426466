"""Plain text for a terminal: `curl`, Wget and whatever else shows no markup."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from channels.contract import Channel, Device, Page
from channels.text.columns import columns
from channels.text.lines import facts, scan, styled, table
from onestop.language import Words
from onestop.screen import Means, Screen

# Lynx accepts plain text too, but follows links in HTML only: it is better off where browsers go.
AGENTS = ("curl/", "Wget/", "HTTPie/")


@dataclass(frozen=True, slots=True)
class Terminal(Device):
    """`columns` is the number of characters in a line."""

    media_type: str = "text/plain"
    columns: int = 72


WIDE, NARROW = Terminal("wide"), Terminal("narrow", columns=40)


class TextChannel(Channel):
    """One page a screen; a terminal scrolls by itself."""

    name = "text"
    prefix = "/text"
    template_sets = ("text",)
    devices: Mapping[str, Device] = MappingProxyType({device.name: device for device in (WIDE, NARROW)})
    means = Means(upload=False, maps=False)

    def claims(self, headers: Mapping[str, str]) -> bool:
        return headers.get("User-Agent", "").startswith(AGENTS)

    def lay_out(self, screen: Screen, device: Device, words: Words) -> tuple[Page, ...]:
        assert isinstance(device, Terminal)
        fitted = {tool.__name__: partial(tool, width=device.columns) for tool in (table, facts, columns)}
        return (Page(screen, device, screen.blocks, frame={"styled": styled, "scan": scan, **fitted}),)


CHANNEL = TextChannel()
