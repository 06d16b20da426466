"""What a destination is: somewhere a case can be brought, once, and be known to have arrived."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from onestop.casework.case import Json


class TemporaryFailure(Exception):
    """It did not work this time. The text is for officers and logs: nothing personal in it."""


class PermanentFailure(Exception):
    """It will never work like this: somebody has to look. The text is for officers and logs: nothing personal in it."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo under the name it should have at the desk."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Parcel:
    """One case for one desk. `case` is the same however often it is tried: it is how a destination knows it has it already."""

    case: str
    desk: str
    reference: str
    body: Mapping[str, Json]
    pictures: tuple[Picture, ...]


class Destination(Protocol):
    """Where the cases of a desk go."""

    @property
    def name(self) -> str: ...

    async def deliver(self, parcel: Parcel) -> None:
        """Return when it has arrived. Bringing the same case again changes nothing. Raises `TemporaryFailure` or `PermanentFailure`."""
