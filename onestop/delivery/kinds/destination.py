"""The interface of destinations, and the parcels they are given."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from onestop.authoring.node import Node
from onestop.casework.case import Json
from onestop.delivery.kinds.secret_file import SecretFile


@dataclass(frozen=True, slots=True)
class Accepted:
    """The destination has the case, under a `number` of its own if it gave one, or a `token` that stands for a later number.

    After `ask` seconds it is asked for the number and the status of the case; 0 for never.
    """

    number: str = ""
    token: str = ""
    ask: int = 0


class TemporaryFailure(Exception):
    """The delivery failed and will be retried, after `wait` seconds or more. The text is for officers and logs: no personal data."""

    def __init__(self, reason: str, wait: int = 0) -> None:
        super().__init__(reason)
        self.wait = wait


class PermanentFailure(Exception):
    """The destination will never accept this: an operator has to act. The text is for officers and logs: no personal data.

    `code` is the status of an HTTP answer.
    """

    def __init__(self, reason: str, code: int = 0) -> None:
        super().__init__(reason)
        self.code = code


@dataclass(frozen=True, slots=True)
class PhotoFile:
    """A photo under the file name it has at the desk."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, eq=False)
class Parcel:
    """One case for one desk. `case` is the same at every retry: it is the idempotency key. `tries` counts them from 1."""

    case: str
    desk: str
    reference: str
    body: Mapping[str, Json]
    photos: tuple[PhotoFile, ...]
    tries: int = 1


Outcome = Accepted | TemporaryFailure | PermanentFailure


async def deliver_each(parcels: Sequence[Parcel], send: Callable[[Parcel], Awaitable[Accepted]]) -> Sequence[Outcome]:
    """Send all parcels at the same time; one that fails does not affect the others."""

    async def outcome(parcel: Parcel) -> Outcome:
        try:
            return await send(parcel)
        except (TemporaryFailure, PermanentFailure) as why:
            return why
        except Exception as why:
            # The text of an unexpected exception may contain personal data; its type does not.
            return TemporaryFailure(f"{type(why).__name__} while delivering")

    return await asyncio.gather(*map(outcome, parcels))


class DeliverySettings(Protocol):
    """The settings of the server that destinations use."""

    @property
    def outbox(self) -> Path: ...

    @property
    def secrets(self) -> Path | None: ...

    @property
    def authorities(self) -> Path | None: ...

    @property
    def private_destinations(self) -> bool: ...

    @property
    def mail_server(self) -> str: ...

    @property
    def mail_from(self) -> str: ...


@dataclass(frozen=True, slots=True)
class DestinationContext:
    """What destinations are opened with: the settings, the secrets file that they name, and a clock in seconds since 1970."""

    settings: DeliverySettings
    secrets: SecretFile
    clock: Callable[[], float] = time.time

    @classmethod
    def of(cls, settings: DeliverySettings, clock: Callable[[], float] = time.time) -> "DestinationContext":
        return cls(settings, SecretFile(settings.secrets), clock)


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


@dataclass(frozen=True, slots=True)
class CaseStatus:
    """A destination's own number and status of a case; it is asked again after `wait` seconds, 0 for never."""

    number: str
    status: str
    wait: int


@runtime_checkable
class FollowedDestination(Protocol):
    """A destination that can be asked for the status of a case that it has accepted."""

    async def status(self, number: str, token: str) -> CaseStatus:
        """Raises `TemporaryFailure`, or `PermanentFailure` if it does not know the case."""


@runtime_checkable
class ComparedDestination(Protocol):
    """A destination whose own definitions can be compared with what desks.yaml says about it."""

    async def compare(self) -> tuple[Sequence[str], int]:
        """Return a line about each thing compared, and how many do not agree. Raises `TemporaryFailure` or `PermanentFailure`."""


class DestinationOptions(Hashable, Protocol):
    """The parsed options of one destination in desks.yaml."""

    def open(self, context: DestinationContext) -> Destination: ...

    def missing(self, context: DestinationContext) -> str:
        """Return what the settings lack for this destination, in one sentence, or ""."""


JourneyQuestions = Mapping[str, frozenset[str]]
"""The names of the questions of each journey without errors."""


def check_nothing(node: Node, questions: JourneyQuestions) -> None:
    """Report no faults: the kind names no journeys."""


@dataclass(frozen=True, slots=True)
class DestinationKind:
    """`options` are the keys it has in desks.yaml beside `kind` and `name`; `parse` reads them and reports faults at their place.

    `check` reports where they do not agree with the journeys.
    """

    name: str
    options: tuple[str, ...]
    parse: Callable[[Node], DestinationOptions]
    check: Callable[[Node, JourneyQuestions], None] = check_nothing
