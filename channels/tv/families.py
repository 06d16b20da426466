"""Television families: read families.toml, and find the family of a User-Agent."""

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
EITHER = "|"


@dataclass(frozen=True, slots=True)
class Family(Device):
    """One entry of `families.toml` with its field names; `not` is called `strangers` here.

    `keys` are the key codes of the remote control as the script reads them: one or more tables, each left, up, right, down, OK, red,
    green, yellow, blue, the digits, and every Back key. `plane` is width and height in px.
    """

    about: str = ""
    marks: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    doctype: str = ""
    keys: str = ""
    manager: bool = False
    registers: str = ""
    leaves: str = ""
    plane: tuple[int, int] = (1280, 720)
    gzip: bool = True
    tls: str = ""
    isrg: str = ""
    script: bool = True
    slow: bool = False
    caches: bool = True

    def why(self, agent: str) -> tuple[str, ...]:
        """Return the matching word of each mark in a User-Agent, or () if the family does not match."""
        found = tuple(next((word for word in mark.split(EITHER) if word in agent), "") for mark in self.marks)
        return found if all(found) and not any(stranger in agent for stranger in self.strangers) else ()


def read_families(file: Path = TABLE) -> Mapping[str, Family]:
    """Return every family by name, in matching order. Raise TypeError for an entry with an unknown field."""
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return MappingProxyType({name: _family(name, row, table["keys"]) for name, row in table["families"].items()})


def family_of(agent: str, families: Iterable[Family]) -> Family | None:
    """Return the first family that matches a User-Agent, or None if it is not a television."""
    return next((family for family in families if family.why(agent)), None)


def _family(name: str, row: Mapping[str, Any], keys: Mapping[str, Any]) -> Family:
    values: dict[str, Any] = {word: tuple(value) if isinstance(value, list) else value for word, value in row.items()}
    strangers = values.pop("not", ())
    return Family(name=name, strangers=strangers, **{**values, "keys": _keys(row["keys"], keys)})


def _keys(name: str, keys: Mapping[str, Any]) -> str:
    """Return key codes in few characters: "37-40 13 403-406 48-57 461"; a comma starts a second table."""
    table = keys[name]
    codes = [*table["arrows"], table["ok"], *table["colours"], *table["digits"], *table["back"]]
    also = f",{_keys(table['also'], keys)}" if "also" in table else ""
    return " ".join(_ranges(codes)) + also


def _ranges(codes: Sequence[int]) -> Iterable[str]:
    """Return codes with runs of consecutive numbers written as "first-last"."""
    for _, stretch in groupby(enumerate(codes), key=lambda pair: pair[1] - pair[0]):
        run = [code for _, code in stretch]
        yield str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}"
