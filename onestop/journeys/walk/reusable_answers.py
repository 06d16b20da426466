"""What a resident has told in one journey and need not be asked again in another: who they are and how they are reached."""

from collections.abc import Mapping

from onestop.journeys.journey import Ask, Day, Place, Text
from onestop.journeys.values.answer import SKIPPED, Answer, is_thin
from onestop.journeys.walk.walk import Walk

PERSONAL = ("name", "phone", "email")


def told_as(ask: Ask) -> str:
    """Under which word its answer is remembered, the same in every journey, or "" if it is of this journey only."""
    kind = ask.kind
    if isinstance(kind, Text) and kind.own and kind.kind in PERSONAL:
        return kind.kind
    if isinstance(kind, Place) and kind.kind == "address":
        return "address"
    return "birth" if isinstance(kind, Day) and kind.birth else ""


def told_by(walk: Walk) -> Mapping[str, Answer]:
    """What the answers of a path tell for other journeys; of two addresses the first."""
    found: dict[str, Answer] = {}
    for ask in walk.path:
        word, answer = told_as(ask), walk.answers.get(ask.name)
        if word and answer is not SKIPPED and not is_thin(answer):
            found.setdefault(word, answer)
    return found
