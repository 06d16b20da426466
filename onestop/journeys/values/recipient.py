"""Whom a message reaches, and by what means, as an answer gives it."""

from dataclasses import dataclass
from typing import Literal, get_args

MessageMeans = Literal["email", "sms", "letter"]
MEANS: tuple[MessageMeans, ...] = get_args(MessageMeans)

MessageOccasion = Literal["received", "accepted", "question", "update", "closed"]
"""What a message may tell about a case: it is stored; every desk has it; an officer asks something, has news, or has closed it."""
OCCASIONS: tuple[MessageOccasion, ...] = get_args(MessageOccasion)


@dataclass(frozen=True, slots=True)
class Recipient:
    """`to` is an e-mail address, a telephone number in E.164, or three to seven lines of an address, the last its postcode."""

    means: MessageMeans
    to: str
