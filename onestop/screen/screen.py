"""What a resident is shown, before any device is known."""

from dataclasses import dataclass
from datetime import datetime

from onestop.screen.blocks import Block


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    target: str


@dataclass(frozen=True, slots=True)
class Alert:
    """Something every resident should know today. `target` may be empty."""

    title: str
    text: str = ""
    target: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """One neutral screen.

    `kind` is home, section, service, search, letters, phone, problem, question, check, done, stop or move; a channel may have kinds
    of its own.
    `address` is neutral (``/bins/missed-bin``); `number` is the catalogue's. `trail` leads from home to the parent, the parent last;
    an empty trail is home itself. `languages` are the codes this screen can be had in, its own first. `valid_until` is when it
    stops being true (aware, UTC) or None. `status` is the HTTP status it is shown with. `data` is the screen said for machines: a
    JSON-LD document, or nothing.

    `personal` screens are one resident's: nobody keeps them, and where time is limited there is more of it. `progress` is how far a
    journey has come, in words. `watch` is a neutral address that says when the screen has moved to another apparatus, or "".
    `whole`: it answers a form that was sent, so there is no second page that could be asked for.
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
    whole: bool = False
