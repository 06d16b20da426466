"""What can be asked on a screen: one question, the ways of answering it, and what has been answered."""

from dataclasses import dataclass
from typing import Literal

EntryKind = Literal["words", "line", "name", "phone", "email", "number", "money", "address", "spot", "code"]


@dataclass(frozen=True, slots=True)
class Option:
    """`value` is what is sent when it is chosen; `chosen` whether it has been already."""

    value: str
    label: str
    hint: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the options, or `several` of them, sent as `name`."""

    name: str
    options: tuple[Option, ...]
    several: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """Something typed, sent as `name`.

    `kind` says what keys it needs: "words" is several lines, "code" digits only, "address" a house and a postcode, "spot" a place
    out of doors, which may also be sent as `name`.at, "latitude,longitude" in degrees. `most` counts characters. `unit` is shown
    beside it ("days", "£"). `complete` is the autocomplete token of HTML, or "".
    """

    name: str
    kind: EntryKind
    value: str = ""
    most: int = 100
    unit: str = ""
    complete: str = ""


@dataclass(frozen=True, slots=True)
class DateEntry:
    """A day, sent in three parts: `name`.day, `name`.month and `name`.year; each is digits as they were typed."""

    name: str
    day: str = ""
    month: str = ""
    year: str = ""
    complete: str = ""


@dataclass(frozen=True, slots=True)
class Upload:
    """A picture, sent as `name`; `sent` says what was sent before, or is empty. `most` counts bytes."""

    name: str
    most: int
    sent: str = ""


Field = Choice | Entry | DateEntry | Upload


@dataclass(frozen=True, slots=True)
class Button:
    """Another way to send the form: "Skip this question". Sent as `name` = `value`."""

    name: str
    value: str
    label: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """The question that the screen's title asks, sent by POST to the neutral address `target`.

    `error` is what is wrong with the answer in `field`, in the resident's language. `hidden` is sent with whatever is answered.
    Without a field there is only something to confirm: `submit`. `also` are other ways to send it.
    """

    target: str
    submit: str
    field: Field | None = None
    hint: str = ""
    error: str = ""
    hidden: tuple[tuple[str, str], ...] = ()
    also: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """A question, what was answered, and the neutral address where that can be changed, or ""."""

    question: str
    said: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything answered, to be checked before it is sent."""

    rows: tuple[Answered, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """Digits to be written down or keyed in elsewhere, in groups: "123 456 7890". In the largest type there is."""

    label: str
    digits: str
