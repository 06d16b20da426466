"""What can stand on a screen: the closed set of blocks every channel draws.

Targets are neutral addresses such as ``/bins/missed-bin``; the channel that draws a block adds its own prefix. Anything with a
scheme (``https:``, ``tel:``, ``mailto:``) leads outside.
"""

from dataclasses import dataclass
from typing import Literal

from onestop.screen.questions import Answers, Form, Reference


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one kind. `number` is the number of the service that `target` leads to, if it is one."""

    text: str
    strong: bool = False
    target: str = ""
    number: str = ""


Text = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: Text
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` is 2 or 3; 1 is the title of the screen."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """Numbered steps; `start` is the number of the first, so that a list cut in two goes on counting."""

    items: tuple[Text, ...]
    start: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """`head` has as many cells as each row. The caption may be empty when a heading stands above."""

    head: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    text: Text
    kind: Literal["note", "warning"] = "note"


@dataclass(frozen=True, slots=True)
class Facts:
    """A summary list: what it costs, how long it takes, the telephone."""

    rows: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere to go, or somebody to ring. `status` says whether it is open now; it is true until the screen's `valid_until`."""

    name: str
    address: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    hours: tuple[tuple[str, str], ...] = ()
    status: str = ""


@dataclass(frozen=True, slots=True)
class MenuItem:
    label: str
    target: str
    number: str = ""
    icon: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """Ways on. `kind` says what they are: sections of the catalogue, services, letters of the A to Z, suggestions, results."""

    items: tuple[MenuItem, ...]
    kind: Literal["sections", "services", "letters", "related"] = "services"
    label: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """The one thing to do here."""

    label: str
    target: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Search:
    """A way to look for something; `query` is what was looked for last. Answers stand at `target`/<query>."""

    query: str = ""
    target: str = "/search"


@dataclass(frozen=True, slots=True)
class Picture:
    """`width` and `height` are px to draw it in; 0 where nobody has said how large it is."""

    source: str
    description: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Code:
    """An address as a QR code to scan; `address` is absolute."""

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
