"""The television channel: pages that fit the display and never scroll, each with one link in focus."""

from collections.abc import Mapping
from functools import lru_cache

from channels.contract import Channel, Device, OwnScreen, Page
from channels.tv.devices import TelevisionSet, all_sets
from channels.tv.display_screen import KIND, mark_current, own_screen
from channels.tv.families import UNKNOWN, family_of, read_families
from channels.tv.key_presses import button_presses, field_presses, page_turn_presses
from channels.tv.layout import lay_out
from channels.tv.measures import PACKET
from channels.tv.script import ASKING, asking_script, scripts
from onestop.language import Words
from onestop.screen import Means, Screen

AGENT = "User-Agent"
AGENTS = 512
"""How many different ones are remembered."""


class Television(Channel):
    """Television sets, set-top boxes, and any browser at an address below /tv."""

    name = "tv"
    prefix = "/tv"
    template_sets: tuple[str, ...] = ("tv",)
    varies: tuple[str, ...] = (AGENT,)
    devices: Mapping[str, Device]
    means = Means(
        keyboard=False,
        upload=False,
        handheld=False,
        maps=False,
        presses=field_presses,
        other_presses=button_presses,
        page_turns=page_turn_presses,
        median=12,
        worst=20,
        most=150,
    )
    own_screens: Mapping[str, OwnScreen] = {"display": own_screen}
    packet = PACKET
    brings = ("tvapp.routes",)

    def __init__(self) -> None:
        self.families = read_families()
        # The patterns of all families take 0.1 ms, and a set sends the same header with every request.
        self._family = lru_cache(maxsize=AGENTS)(lambda agent: family_of(agent, self.families.values()))
        self.sets = all_sets(self.families)
        self.devices = self.sets
        self.assets = {**scripts(self.families), ASKING: asking_script()}

    def claims(self, headers: Mapping[str, str]) -> bool:
        return self._family(headers.get(AGENT, "")) is not None

    def recognise(self, headers: Mapping[str, str]) -> TelevisionSet:
        """Return the set without display modes: those are in the address, not in the headers."""
        family = self._family(headers.get(AGENT, ""))
        return self.sets[family.name if family else UNKNOWN]

    def lay_out(self, screen: Screen, device: Device, words: Words) -> tuple[Page, ...]:
        assert isinstance(device, TelevisionSet)
        return lay_out(mark_current(screen, device, words) if screen.kind == KIND else screen, device, words)


CHANNEL = Television()
