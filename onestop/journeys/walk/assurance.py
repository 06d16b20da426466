"""How sure we are of who sent something: no surer than the answers let us be."""

from onestop.journeys.journey import Ask, Text, Who
from onestop.journeys.values.answer import SKIPPED, Answer, is_thin
from onestop.journeys.walk.walk import Walk


def reaches(ask: Ask, answer: Answer) -> bool:
    """Whether the answer is a way to get hold of the resident."""
    kind = ask.kind
    return isinstance(kind, Text) and kind.kind in ("phone", "email") and answer is not SKIPPED and not is_thin(answer)


def assurance(walk: Walk) -> Who:
    """What the journey asks for, unless nothing on the path gives it: an edition that ran before may be less strict than we are."""
    who = walk.journey.who
    reached = any(reaches(ask, walk.answers.get(ask.name, SKIPPED)) for ask in walk.path)
    return "anyone" if who == "contact" and not reached else who
