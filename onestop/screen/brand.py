"""The council's own face: its name, crest and colours, in one language."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Brand:
    """`colours` are ``#rrggbb`` by role (see `content/council.yaml`); `crest` is SVG markup; `address` the site's origin."""

    name: str
    short: str
    address: str
    phone: str
    colours: Mapping[str, str]
    crest: str
