"""A case as the officer gets it, and the receipt as the resident gets it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onestop.casework.whereabouts import NOWHERE, Whereabouts

Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]


@dataclass(frozen=True, slots=True)
class Assistance:
    """Who sent a case for its resident, "" if nobody did; by what means they spoke; and the outcome of that first contact, or ""."""

    officer: str = ""
    means: str = ""
    outcome: str = ""


UNASSISTED = Assistance()


@dataclass(frozen=True, slots=True)
class Submission:
    """A resident's submission: `payload` is for the desks, `shown` for the resident's confirmation page.

    `deliveries` are (desk, destination) pairs; `photos` are ids; `keeps` is for how many seconds the case is stored.
    `second_fact` is an answer, as digits, that finds the case again beside its reference; "" for the PIN of the receipt.
    `promised` is by when the desks are to be done, in seconds since 1970, or 0 if nothing was said.
    `presses` are the fewest with which it could be made, 0 if that is not known.
    """

    payload: Mapping[str, Json]
    deliveries: tuple[tuple[str, str], ...]
    keeps: int
    shown: Mapping[str, Json]
    photos: tuple[str, ...] = ()
    second_fact: str = ""
    whereabouts: Whereabouts = NOWHERE
    promised: int = 0
    assistance: Assistance = UNASSISTED
    presses: int = 0


@dataclass(frozen=True, slots=True)
class Receipt:
    """The data of the confirmation page. Times are seconds since 1970; `language` is the resident's.

    `pin` is the second fact by which the case is found again, or "" if that is an answer; `ticket` finds it alone.
    """

    case: str
    reference: str
    journey: str
    submitted: int
    shown: Mapping[str, Json]
    language: str = ""
    pin: str = ""
    ticket: str = ""


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo that belongs to one answer; its bytes are stored under `id`."""

    id: str
    ask: str
    kind: str
    size: int


@dataclass(frozen=True, slots=True)
class Case:
    """A stored case, decrypted."""

    id: str
    reference: str
    journey: str
    edition: str
    channel: str
    language: str
    submitted: int
    erase_after: int
    payload: Mapping[str, Json]
    photos: tuple[Photo, ...]
