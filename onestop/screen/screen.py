"""The screen: what is shown to a resident, independent of the device."""

from dataclasses import dataclass
from datetime import datetime

from onestop.screen.blocks import Block, Menu, MenuItem, Place


@dataclass(frozen=True, slots=True)
class Link:
    """`language` is the code of the label's language if it is not that of the interface."""

    label: str
    target: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Alert:
    """A message shown on every screen. `target` and `number` are those of a service to read more at, or "". `language` is the code of its
    language if it is not that of the interface.
    """

    title: str
    text: str = ""
    target: str = ""
    number: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen, before a channel lays it out into pages.

    - `kind`: home, section, service, search, results (of a complete query), letters, phone, problem, question, check, done, stop or
      move; channels may add their own.
    - `address`: the neutral address (``/bins/missed-bin``). `number`: its number in the catalogue, or "".
    - `trail`: links from home to the parent, the parent last; empty for home itself.
    - `language`: of its title and blocks; where they are not translated, it is not that of the interface around them.
    - `languages`: codes of the languages this screen exists in, its own first.
    - `valid_until`: when the content expires (aware, UTC), or None if it does not.
    - `status`: the HTTP status. `data`: the screen as a JSON-LD document, or "".
    - `personal`: it shows one resident's data, is never cached, and expires on a shared device.
    - `progress`: how far the journey has come, in words.
    - `watch`: a neutral address to poll for whether the journey has moved to another device, or "".
    - `live`: `watch` tells when this screen has changed, also as server-sent events.
    - `unsent`: a neutral address that asks what becomes of answers which were not sent, before a shared device is left, or "".
    - `blank_form`: it is a question that shows no data of a resident but the form's hidden fields; its page may be kept without those.
    - `searched`: it shows what a query found, and the query itself only in title, address and search field.
    - `most_used`: on home, the services that residents use most; `opening`: whether the council's telephone is answered now, in
      words. A channel shows them where it has room.
    - `one_page`: it is the response to a POST and must not be split, because a second page would have no address.
    """

    title: str
    blocks: tuple[Block, ...]
    address: str
    language: str
    kind: str = "service"
    number: str = ""
    summary: str = ""
    trail: tuple[Link, ...] = ()
    alert: Alert | None = None
    languages: tuple[str, ...] = ()
    valid_until: datetime | None = None
    status: int = 200
    reviewed: str = ""
    data: str = ""
    personal: bool = False
    progress: str = ""
    watch: str = ""
    live: bool = False
    unsent: str = ""
    one_page: bool = False
    blank_form: bool = False
    searched: bool = False
    most_used: tuple[MenuItem, ...] = ()
    opening: str = ""


def split_ending(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Return the text of a screen, its first block at least, and the places and menus at its end."""
    end = len(blocks)
    while end > 1 and isinstance(blocks[end - 1], Place | Menu):
        end -= 1
    return blocks[:end], blocks[end:]
