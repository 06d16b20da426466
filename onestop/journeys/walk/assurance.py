"""The assurance of a submission: whether the council can reach its sender."""

from onestop.journeys.journey import Ask, Who
from onestop.journeys.values.answer import SKIPPED, Answer, is_thin
from onestop.journeys.walk.walk import Walk


def is_contact(ask: Ask, answer: Answer) -> bool:
    """Return whether the council can reach the resident by this answer. That of a member is somebody else's."""
    return ask.kind.is_contact and not ask.member and answer is not SKIPPED and not is_thin(answer)


def assurance(walk: Walk) -> Who:
    """Return what the journey demands, or "anyone" if it demands a contact and the path has none, as in an older edition."""
    who = walk.journey.who
    reached = any(is_contact(ask, walk.answers.get(ask.name, SKIPPED)) for ask in walk.path)
    return "anyone" if who == "contact" and not reached else who
