"""Which sets there are: every family of televisions, in every combination of what a resident may ask of it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from itertools import combinations
from types import MappingProxyType

from channels.contract import Slot
from channels.tv.families import Family
from channels.tv.sizes import LARGE, USUAL, Sizes

LARGER, CONTRAST = "large", "contrast"
MODES = (LARGER, CONTRAST)
"""Larger text and strong contrast; written in this order."""
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
"""What the council's own colours give way to when strong contrast is asked for. None is brighter than 235 or darker than 16 of 255 by
more than a shade: beyond that some sets flicker, others cut the level off. What is in focus is the one thing in colour."""

SLOT = Slot(1024, 300, 8_000)
"""For a picture: as wide as a line, and with a heading and some lines of text on its page."""
SET_FIELDS = ("name", "wishes", "slot")
"""Facts that a set has of its own, not of its family."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TelevisionSet(Family):
    """A family with what was asked of it. `family` is its name there. No `colours`: the council's own."""

    family: str
    modes: tuple[str, ...]
    sizes: Sizes
    colours: Mapping[str, str]


def preference(modes: tuple[str, ...]) -> str:
    """How a combination of modes is asked for: "large.contrast", or "" for none."""
    return ".".join(modes)


PREFERENCES = tuple(preference(modes) for count in range(len(MODES) + 1) for modes in combinations(MODES, count))
"""What may be asked, the usual first."""


def all_sets(families: Mapping[str, Family]) -> Mapping[str, TelevisionSet]:
    """Every family in every combination of modes, by name: "hbbtv" as it is usually, "hbbtv.large.contrast"."""
    made = [_set(family, tuple(filter(None, wish.split(".")))) for family in families.values() for wish in PREFERENCES]
    return MappingProxyType({one.name: one for one in made})


def _set(family: Family, modes: tuple[str, ...]) -> TelevisionSet:
    facts = {fact.name: getattr(family, fact.name) for fact in fields(Family) if fact.name not in SET_FIELDS}
    wishes = MappingProxyType({wish: ".".join(filter(None, (family.name, wish))) for wish in PREFERENCES})
    return TelevisionSet(
        **facts,
        name=wishes[preference(modes)],
        wishes=wishes,
        family=family.name,
        modes=modes,
        sizes=LARGE if LARGER in modes else USUAL,
        slot=None if family.slow else SLOT,
        colours=STRONG_CONTRAST if CONTRAST in modes else {},
    )
