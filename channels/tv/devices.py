"""The television devices: every family in every combination of display modes."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from itertools import combinations
from types import MappingProxyType

from channels.contract import Slot
from channels.tv.families import Family
from channels.tv.sizes import LARGE, USUAL, Sizes

LARGER, CONTRAST = "large", "contrast"
MODES = (LARGER, CONTRAST)
"""Larger text and strong contrast; device names list them in this order."""
STRONG_CONTRAST: Mapping[str, str] = {
    "dark_ground": "#111111",
    "dark_text": "#eeeeee",
    "dark_quiet": "#eeeeee",
    "dark_teal": "#eeeeee",
    "dark_rule": "#eeeeee",
    "dark_box": "#333333",
    "dark_focus": "#eedd33",
    "dark_focus_text": "#111111",
}
"""Colours that replace the council's own in the strong contrast mode.

They stay close to the video range of 16 to 235: beyond it some sets flicker and others clip. Only the focus has a colour.
"""

SLOTS = {sizes: Slot(sizes.panel, 300, 8_000) for sizes in (USUAL, LARGE)}
"""The largest picture: as wide as the text of a service, with room for a heading and some lines on its page."""
SET_FIELDS = ("name", "preferences", "slot", "sheet")
"""Fields that differ between the sets of a family."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TelevisionSet(Family):
    """A family with display modes. `family` is the name of the family. Empty `colours` stand for the council's own."""

    family: str
    modes: tuple[str, ...]
    sizes: Sizes
    colours: Mapping[str, str]


def preference(modes: tuple[str, ...]) -> str:
    """Return the form and cookie value of a combination of modes: "large.contrast", or "" for none."""
    return ".".join(modes)


PREFERENCES = tuple(preference(modes) for count in range(len(MODES) + 1) for modes in combinations(MODES, count))
"""Every combination of modes, the default first."""


def all_sets(families: Mapping[str, Family]) -> Mapping[str, TelevisionSet]:
    """Return every family in every combination of modes, by device name: "hbbtv", "hbbtv.large.contrast"."""
    made = [
        _set(family, tuple(filter(None, combination.split("."))))
        for family in families.values()
        for combination in PREFERENCES
    ]
    return MappingProxyType({one.name: one for one in made})


def _set(family: Family, modes: tuple[str, ...]) -> TelevisionSet:
    facts = {fact.name: getattr(family, fact.name) for fact in fields(Family) if fact.name not in SET_FIELDS}
    preferences = MappingProxyType(
        {combination: ".".join(filter(None, (family.name, combination))) for combination in PREFERENCES}
    )
    sizes = LARGE if LARGER in modes else USUAL
    return TelevisionSet(
        **facts,
        name=preferences[preference(modes)],
        preferences=preferences,
        family=family.name,
        modes=modes,
        sizes=sizes,
        slot=None if family.slow else SLOTS[sizes],
        sheet=".".join(("tv", *modes, "css")) if family.caches else "",
        colours=STRONG_CONTRAST if CONTRAST in modes else {},
    )
