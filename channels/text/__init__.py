"""How a screen becomes plain text for a terminal: `curl`, Wget and whatever else shows no markup."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from channels.contract import Device, Page
from channels.text.columns import columns
from channels.text.lines import facts, said, scan, table
from onestop.language import Words
from onestop.screen import Means, Screen

# Lynx asks for plain text too, but follows links in HTML only: it is better off where browsers go.
AGENTS = ("curl/", "Wget/", "HTTPie/")


@dataclass(frozen=True, slots=True)
class Terminal(Device):
    """`columns` is how many characters stand in a line."""

    media_type: str = "text/plain"
    columns: int = 72


WIDE = Terminal("wide")
NARROW = Terminal("narrow", columns=40)


class Text:
    """One page a screen; a terminal scrolls by itself."""

    name = "text"
    prefix = "/text"
    template_sets: tuple[str, ...] = ("text",)
    assets: Mapping[str, bytes] = MappingProxyType({})
    varies: tuple[str, ...] = ()
    devices: Mapping[str, Device] = MappingProxyType({device.name: device for device in (WIDE, NARROW)})
    means = Means(upload=False)
    rest = "/"
    packet = 0

    def claims(self, headers: Mapping[str, str]) -> bool:
        return headers.get("User-Agent", "").startswith(AGENTS)

    def recognise(self, headers: Mapping[str, str]) -> Device:
        """A terminal does not say how wide it is: whoever wants it narrow asks at /text/~narrow/."""
        return WIDE

    def lay_out(self, screen: Screen, device: Device, words: Words) -> tuple[Page, ...]:
        assert isinstance(device, Terminal)
        width = device.columns
        tools = {
            "said": said,
            "scan": scan,
            "table": partial(table, width=width),
            "facts": partial(facts, width=width),
            "columns": partial(columns, width=width),
        }
        return (Page(screen, device, screen.blocks, frame=tools),)

    def own_screen(self, address: str, words: Words) -> Screen | None:
        return None


CHANNEL = Text()
