"""Which televisions there are: the table of families as devices, and which family a set's User-Agent belongs to."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Any

from channels.contract import Device

TABLE = Path(__file__).parent / "families.toml"
UNKNOWN = "browser"


@dataclass(frozen=True, slots=True)
class Family(Device):
    """`marks` and `strangers` must and must not stand in its User-Agent. `keys` is its remote control as the script reads it:
    tables one after the other, each of them left, up, right, down, OK, red, green, yellow, blue, the digits, and every Back."""

    marks: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    doctype: str = ""
    keys: str = ""
    manager: bool = False

    def fits(self, agent: str) -> bool:
        return all(mark in agent for mark in self.marks) and not any(mark in agent for mark in self.strangers)


def read_families(file: Path = TABLE) -> Mapping[str, Family]:
    """Every family by its name."""
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return MappingProxyType({name: _family(name, row, table["keys"]) for name, row in table["families"].items()})


def family_of(agent: str, families: Iterable[Family]) -> Family | None:
    """The family with the most marks in a User-Agent; None if no family with marks has all of its own there."""
    fitting = [family for family in families if family.marks and family.fits(agent)]
    return max(fitting, key=lambda family: len(family.marks), default=None)


def _family(name: str, row: Mapping[str, Any], keys: Mapping[str, Any]) -> Family:
    return Family(
        name,
        row.get("media_type", "text/html"),
        tuple(row.get("marks", ())),
        tuple(row.get("not", ())),
        row.get("doctype", ""),
        _keys(row["keys"], keys),
        row.get("manager", False),
    )


def _keys(name: str, keys: Mapping[str, Any]) -> str:
    """A remote control in few characters: "37-40 13 403-406 48-57 461"; a second table goes on after a comma."""
    table = keys[name]
    codes = [*table["arrows"], table["ok"], *table["colours"], *table["digits"], *table["back"]]
    also = f",{_keys(table['also'], keys)}" if "also" in table else ""
    return " ".join(_ranges(codes)) + also


def _ranges(codes: Sequence[int]) -> Iterable[str]:
    """Codes with stretches of neighbours, each one more than the one before, written as their ends."""
    for _, stretch in groupby(enumerate(codes), key=lambda pair: pair[1] - pair[0]):
        run = [code for _, code in stretch]
        yield str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}"
