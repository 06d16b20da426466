"""The interface of destinations, and the parcels they are given."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from onestop.authoring.node import Node
from onestop.casework.case import Json


class TemporaryFailure(Exception):
    """The delivery failed and will be retried. The text is for officers and logs: no personal data."""


class PermanentFailure(Exception):
    """The destination will never accept this: an operator has to act. The text is for officers and logs: no personal data."""


@dataclass(frozen=True, slots=True)
class PhotoFile:
    """A photo under the file name it has at the desk."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, eq=False)
class Parcel:
    """One case for one desk. `case` is the same at every retry: it is the idempotency key."""

    case: str
    desk: str
    reference: str
    body: Mapping[str, Json]
    photos: tuple[PhotoFile, ...]


Outcome = TemporaryFailure | PermanentFailure | None
"""Why one parcel was not delivered; None if it was."""


class Destination(Protocol):
    """Where cases are delivered to. `deliver` gets up to `batch` parcels, in up to `parallel` calls at the same time."""

    @property
    def batch(self) -> int: ...

    @property
    def parallel(self) -> int: ...

    async def deliver(self, parcels: Sequence[Parcel]) -> Sequence[Outcome]:
        """Deliver, and return when everything is durable: one outcome a parcel, in their order.

        Delivering a case again that has arrived changes nothing. An exception counts for every parcel of the call.
        """

    async def forget(self, case: str, desk: str) -> None:
        """Forget that a case has arrived, so that it is delivered again."""

    async def tidy(self, now: float) -> None:
        """Remove records of old deliveries. Called about once an hour."""


class DestinationOptions(Hashable, Protocol):
    """The parsed options of one destination in desks.yaml."""

    def open(self, outbox: Path) -> Destination:
        """Return the destination; `outbox` is the folder of the setting of that name."""


@dataclass(frozen=True, slots=True)
class DestinationKind:
    """`options` are the keys it has in desks.yaml beside `kind` and `name`; `parse` reads them and reports faults at their place."""

    name: str
    options: tuple[str, ...]
    parse: Callable[[Node], DestinationOptions]
