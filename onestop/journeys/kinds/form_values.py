"""An answer as its resident would have entered it: what fills the field again when it is to be changed."""

from collections.abc import Mapping, Sequence

from onestop.journeys.journey import Day, Money, Picture, Place, Simple
from onestop.journeys.values.answer import SKIPPED, Answer, is_thin
from onestop.journeys.values.pence import typed_pence

Entered = Mapping[str, tuple[str, ...]]
"""What was sent, by the name of the field: "answer", "answer.day", "answer.at"; several where several were ticked."""
NOTHING: Entered = {}
ANSWER = "answer"


def entered(kind: Simple, answer: Answer) -> Entered:
    """What `parse_answer` would make this answer of."""
    if answer is SKIPPED or is_thin(answer) or isinstance(kind, Picture):
        return NOTHING
    if isinstance(kind, Money) and isinstance(answer, int):
        return {ANSWER: (typed_pence(answer),)}
    if isinstance(kind, Day) and isinstance(answer, str):
        year, month, day = answer.split("-")
        return {f"{ANSWER}.day": (str(int(day)),), f"{ANSWER}.month": (str(int(month)),), f"{ANSWER}.year": (year,)}
    if isinstance(kind, Place) and isinstance(answer, Mapping):
        at = answer.get("at")
        where = {f"{ANSWER}.at": (",".join(str(part) for part in at),)} if isinstance(at, Sequence) else {}
        return {ANSWER: (str(answer.get("words", "")),), **where}
    if isinstance(answer, Sequence) and not isinstance(answer, str):
        return {ANSWER: tuple(str(one) for one in answer)}
    return {ANSWER: (str(answer),)}


def first(sent: Entered, name: str = ANSWER) -> str:
    """The one text sent under a name, or ""."""
    return next(iter(sent.get(name, ())), "")
