"""The council's name, crest and colours in one language, for every page's header and style."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Brand:
    """`colours` are ``#rrggbb`` by role (see `content/council.yaml`); `crest` is SVG markup; `address` is the site's origin."""

    name: str
    short: str
    address: str
    phone: str
    colours: Mapping[str, str]
    crest: str
