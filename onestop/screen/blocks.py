"""The blocks a screen is made of: a closed set that every channel draws.

Targets are neutral addresses such as ``/bins/missed-bin``; the channel that draws a block adds its own prefix. A target with a
scheme (``https:``, ``tel:``, ``mailto:``) is an external link.
"""

from dataclasses import dataclass
from typing import Literal

from onestop.screen.questions import Answers, Form, Reference


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one style. `number` is the catalogue number of the service at `target`, or ""; `language` is the code of its
    language if it is not the screen's.
    """

    text: str
    strong: bool = False
    target: str = ""
    number: str = ""
    language: str = ""


Text = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: Text
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` is 2 or 3; the screen's title is level 1. `short` is a shorter text for where the headings are listed, or ""."""

    text: str
    level: int = 2
    short: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """A numbered list. `start` is the number of its first item, for a list continued on a second page."""

    items: tuple[Text, ...]
    start: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """`head` and every row have the same number of cells. The caption may be empty below a heading."""

    head: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    text: Text
    kind: Literal["note", "warning"] = "note"


@dataclass(frozen=True, slots=True)
class Facts:
    """A summary list of label and text: cost, time it takes, telephone."""

    rows: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """An office or a contact. `hours` are rows of days and times; `status` says whether it is open now, and holds until the
    screen's `valid_until`.
    """

    name: str
    address: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    hours: tuple[tuple[str, str], ...] = ()
    status: str = ""


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A link of a menu. `language` is the code of the label's language if it is not the screen's."""

    label: str
    target: str
    number: str = ""
    icon: str = ""
    summary: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """A list of links. `kind` says what they lead to: sections, services (also search results), letters of the A to Z, or related."""

    items: tuple[MenuItem, ...]
    kind: Literal["sections", "services", "letters", "related"] = "services"
    label: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """The main button of a screen. `own` is whether a whole address is one of this site, which every device can open."""

    label: str
    target: str
    icon: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """A search field. `query` is the last query; results are at `target`/<query>."""

    query: str = ""
    target: str = "/search"


@dataclass(frozen=True, slots=True)
class Picture:
    """`width` and `height` are in px; 0 is unknown."""

    source: str
    description: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code that holds the absolute URL `address`."""

    address: str
    caption: str


Block = (
    Paragraph
    | Heading
    | Bullets
    | Steps
    | Table
    | Note
    | Facts
    | Place
    | Menu
    | Action
    | Search
    | Picture
    | Code
    | Form
    | Answers
    | Reference
)
