"""What a council writes about words: those residents use for its services, those that mean the same, and urgent ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from onestop.language import Translations

Phrase = tuple[tuple[str, ...], ...]
"""The words of a phrase; each is one of several: "wife/husband hits" is ((wife, husband), (hits,))."""


@dataclass(frozen=True, slots=True)
class EmergencyNumber:
    names: Translations
    phone: str


@dataclass(frozen=True, slots=True)
class UrgentAnswer:
    """What stands above the results if a query has all words of one of the `phrases`, and of none of the `exceptions`.

    `target` is the service to read more at.
    """

    phrases: tuple[Phrase, ...]
    messages: Translations
    numbers: tuple[EmergencyNumber, ...]
    target: str
    exceptions: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class ResidentWords:
    """`services` are keywords by the address of a service and language. `same` are groups of phrases that mean the same."""

    services: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    same: tuple[tuple[str, ...], ...] = ()
    urgent: tuple[UrgentAnswer, ...] = ()
