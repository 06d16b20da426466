"""Answers that other journeys of the same resident offer again: name and contact details."""

from collections.abc import Mapping

from onestop.journeys.values.answer import SKIPPED, Answer, is_thin
from onestop.journeys.walk.walk import Walk


def reusable_answers(walk: Walk) -> Mapping[str, Answer]:
    """Return the answers of a path by the name they are reusable as; of two addresses the first."""
    found: dict[str, Answer] = {}
    for ask in walk.path:
        name, answer = ask.reusable_as, walk.answers.get(ask.name)
        if name and answer is not SKIPPED and not is_thin(answer):
            found.setdefault(name, answer)
    return found
