"""A case: what a resident sent, whole, as the officer gets it; and the receipt, as the resident does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]


@dataclass(frozen=True, slots=True)
class Submission:
    """What is sent: `payload` for the desks, `shown` for the resident's confirmation, both made of what JSON can hold.

    `photos` are the ids of those to go with it; `keeps` is how many seconds the case is kept.
    """

    payload: Mapping[str, Json]
    desks: tuple[str, ...]
    keeps: int
    shown: Mapping[str, Json]
    photos: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the resident is told, the same however often they ask. Times are seconds since 1970."""

    case: str
    reference: str
    journey: str
    submitted: int
    shown: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture that belongs to one answer; `id` opens its bytes."""

    id: str
    ask: str
    kind: str
    size: int


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that is stored of it."""

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
