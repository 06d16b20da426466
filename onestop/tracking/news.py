"""What happened to a case, in the words of its resident, and the question that waits for them."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from onestop.casework.desk_case import CLOSING_REASONS, CaseEvent, EventKind
from onestop.language import Words
from onestop.screen import Action, Block, Heading, Paragraph, Run

SAID: Mapping[EventKind, str] = {
    "taken": "Somebody is looking at it.",
    "moved": "It was passed on to {desk}.",
    "asked": "We asked you:",
    "answered": "You answered:",
    "updated": "We told you:",
    "merged": "Somebody else had told us of the same before: we go on with that report, and you see here what happens.",
    "closed": "It is closed: {reason}.",
    "reopened": "We have opened it again.",
}
"""What each event is called: msgids."""


def question_blocks(question: CaseEvent, words: Words, target: str) -> Iterator[Block]:
    """Yield the question that waits for the resident, and the way to answer it."""
    yield Heading(words("We need to know something"))
    yield Paragraph((Run(question.text),), lead=True)
    yield Action(words("Answer"), target, "pencil")


def news_blocks(events: tuple[CaseEvent, ...], words: Words, desks: Mapping[str, str]) -> Iterator[Block]:
    """Yield what happened, the latest first. `desks` are the names of desks by key."""
    if events:
        yield Heading(words("What has happened"))
    for event in reversed(events):
        reason = words(CLOSING_REASONS[event.subject]) if event.kind == "closed" else ""
        said = words(SAID[event.kind], desk=desks.get(event.subject, event.subject), reason=reason)
        text = f"{event.text} " if event.text else ""
        runs = (Run(f"{said} ", strong=True), Run(text), Run(f"({moment_text(event.at, words)})"))
        yield Paragraph(tuple(run for run in runs if run.text))


def moment_text(seconds: int, words: Words) -> str:
    """Return a time in seconds since 1970 as residents read it."""
    moment = datetime.fromtimestamp(seconds, UTC).astimezone(words.zone)
    return words("{day}, {time}", day=words.date(moment.date()), time=words.time(moment))
