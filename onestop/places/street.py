"""A street of the gazetteer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Street:
    """`other` is its name in the other language of the area, or ""."""

    usrn: int
    name: str
    other: str = ""
    locality: str = ""
    town: str = ""
