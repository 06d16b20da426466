"""The blocks of a question: its form and field, the answers given so far, and a reference number."""

from dataclasses import dataclass
from typing import Literal

EntryKind = Literal["words", "line", "name", "phone", "email", "number", "money", "address", "spot", "code"]


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a choice. `value` is sent if it is chosen; `chosen` is whether it is already."""

    value: str
    label: str
    hint: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of one option, or of `several`, sent as `name`."""

    name: str
    options: tuple[Option, ...]
    several: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A text field, sent as `name`.

    `kind` says which keys it needs: "words" is several lines, "code" is digits only, "address" is a house and a postcode, and
    "spot" is a place outdoors, which may also be sent as `name`.at, "latitude,longitude" in degrees. `most` is the most
    characters of an answer; more can be entered, and is refused. `unit` is shown beside the field ("days", "£"). `complete` is
    an HTML autocomplete token, or "". `parts` are the `value` of an address in four, house, street, town and postcode: a device that
    keeps addresses fills in four fields, and sends those after the first as `name`.street, `name`.town and `name`.postcode.
    `completions` is the path of a list of texts, one a line, that may be offered while something is typed, or "".
    """

    name: str
    kind: EntryKind
    value: str = ""
    most: int = 100
    unit: str = ""
    complete: str = ""
    parts: tuple[str, str, str, str] = ("", "", "", "")
    completions: str = ""


@dataclass(frozen=True, slots=True)
class DateEntry:
    """A date, sent in three parts, `name`.day, `name`.month and `name`.year; each is the digits as they were typed. `wrong` are the
    parts that were refused.
    """

    name: str
    day: str = ""
    month: str = ""
    year: str = ""
    complete: str = ""
    wrong: tuple[str, ...] = ()

    @property
    def begins(self) -> str:
        """The part to go to: the first that is wrong, else the day."""
        return self.wrong[0] if self.wrong else "day"


@dataclass(frozen=True, slots=True)
class Upload:
    """A picture to upload, sent as `name`. `sent` describes the one sent before, or is ""; `most` is the most bytes."""

    name: str
    most: int
    sent: str = ""


Field = Choice | Entry | DateEntry | Upload


@dataclass(frozen=True, slots=True)
class Button:
    """A further submit button, such as "Skip this question". Sent as `name` = `value`."""

    name: str
    value: str
    label: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """The form of the question in the screen's title, sent by POST to the neutral address `target`.

    `error` is the message beside `field` after a refused answer, in the resident's language. `hidden` are name and value of the
    hidden fields. A form without a field only confirms: it has the button `submit`. `also` are its other buttons.
    """

    target: str
    submit: str
    field: Field | None = None
    hint: str = ""
    error: str = ""
    hidden: tuple[tuple[str, str], ...] = ()
    also: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A question, its answer in words, and the neutral address at which the answer can be changed, or "". `about` is the member of a
    group that is asked about, as the heading above the row says.
    """

    question: str
    answer: str
    target: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """The summary list of a journey's answers, to check before sending."""

    rows: tuple[AnswerRow, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference number or code to write down, its digits in groups: "123 456 7890". Drawn in the largest type."""

    label: str
    digits: str
