"""The screens after a journey has been sent: the receipt, the same opened again, and opened on a device that sent nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from onestop.journeys.screens.context import ScreenContext, journey_screen
from onestop.journeys.screens.endings import answer_blocks, done_text
from onestop.journeys.walk.walk import Walk
from onestop.language import Words
from onestop.screen import Action, AnswerRow, Answers, Block, Code, Facts, Heading, Paragraph, Reference, Run, Screen

Shown = Mapping[str, object]
"""What a receipt shows, as it is stored with the case: `said` is what happens next, `rows` are questions and answers, with a
row of its own for the heading of each member.
"""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A submission to confirm. `digits` is its reference in groups, `submitted` the moment in the council's time zone.

    `takes` is the service's promise, or "". `origin` is what addresses in QR codes begin with. It is followed by `digits` and `pin`, or
    an answer if that is "", or by its `ticket`, at the screen with this `number`.
    """

    title: str
    digits: str
    submitted: datetime
    shown: Shown
    takes: str = ""
    origin: str = ""
    pin: str = ""
    ticket: str = ""
    number: str = ""


def receipt_of(walk: Walk, context: ScreenContext, channel: str) -> Shown:
    """Return what the receipt of these answers shows, in the resident's language."""
    rows: list[list[str]] = []
    for block in answer_blocks(walk, context, channel):
        rows += [[block.text]] if isinstance(block, Heading) else [[row.question, row.answer] for row in block.rows]
    return {"said": done_text(walk, context, walk.today), "rows": rows}


def done_screen(sent: Confirmation, context: ScreenContext) -> Screen:
    """Return the receipt: the reference, what happens next and by when, what was sent, when and where to, and whom to ask."""
    words = context.words
    blocks: tuple[Block, ...] = (
        Reference(words("Your reference"), sent.digits),
        Paragraph((Run(str(sent.shown.get("said", ""))),), lead=True),
        *_code(sent, context),
        Facts(tuple((label, (Run(value),)) for label, value in _facts(sent, context) if value)),
        *_to_ask(context),
        *_summary(sent.shown, context),
    )
    return journey_screen(context, words("Thank you. We have it."), blocks, context.address("done"), "done")


def _facts(sent: Confirmation, context: ScreenContext) -> Iterator[tuple[str, str]]:
    words, contact = context.words, context.contact
    yield words("What you sent"), sent.title
    yield words("Sent"), _moment(sent.submitted, context)
    yield words("Sent to"), contact.name if contact else ""
    yield words("How long it takes"), sent.takes
    yield words("To follow it"), _way_to_follow(sent, words)


def _way_to_follow(sent: Confirmation, words: Words) -> str:
    if not sent.number:
        return ""
    if sent.pin:
        return words("Number {number}, with your reference and PIN {pin}", number=sent.number, pin=sent.pin)
    return words("Number {number}, with your reference and the postcode or date of birth you gave", number=sent.number)


def _moment(moment: datetime, context: ScreenContext) -> str:
    words = context.words
    return words("{day}, {time}", day=words.date(moment.date()), time=words.time(moment))


def _code(sent: Confirmation, context: ScreenContext) -> Iterator[Block]:
    """Yield a code that opens the case on a phone. Its ticket is longer than anybody could guess, and no log keeps it."""
    if not context.means.handheld and sent.origin and sent.ticket:
        yield Code(f"{sent.origin.upper()}/T/{sent.ticket}", context.words("Scan this to follow it on your phone"))


def _to_ask(context: ScreenContext) -> Iterator[Block]:
    words = context.words
    if contact := context.contact:
        yield Heading(words("To ask about it"))
        yield Paragraph((Run(words("Write the reference down. It is how we find this again.")),))
        yield contact
    else:
        yield Paragraph((Run(words("Write the reference down. It is how we find this again.")),))


def _summary(shown: Shown, context: ScreenContext) -> Iterator[Block]:
    rows = shown.get("rows")
    found = [tuple(map(str, row)) for row in rows if isinstance(row, Sequence)] if isinstance(rows, Sequence) else []
    if found:
        yield Heading(context.words("What you told us"))
    for is_heading, those in groupby(found, lambda row: len(row) == 1):
        if is_heading:
            yield from (Heading(text, 3) for (text,) in those)
        else:
            yield Answers(tuple(AnswerRow(question, answer) for question, answer in those))


def already_sent_screen(sent: Confirmation, context: ScreenContext) -> Screen:
    """Return what somebody sees who goes back to a question after sending: nothing is sent twice."""
    words = context.words
    said = words(
        "You sent this on {moment}. It is sent once, whatever you press.", moment=_moment(sent.submitted, context)
    )
    blocks = (
        Reference(words("Your reference"), sent.digits),
        Paragraph((Run(said),), lead=True),
        Action(words("See the receipt"), context.address("done"), "receipt-text"),
        Action(words("Send another one"), context.here, "rotate-ccw"),
    )
    return journey_screen(context, words("Already sent"), blocks, context.address("done"), "sent")


def elsewhere_screen(title: str, context: ScreenContext) -> Screen:
    """Return the receipt's page on a device that has none: it was sent from another one, or a day ago."""
    words = context.words
    said = words(
        "Nothing that you sent is kept on this device. Your reference is how we find it: have it ready when you ask."
    )
    blocks: tuple[Block, ...] = (
        *((Reference(words("Your reference"), ""),) if context.means.upload else ()),
        Paragraph((Run(said),), lead=True),
        *((context.contact,) if context.contact else ()),
        Action(words("Start a new one"), context.here, "rotate-ccw"),
    )
    return journey_screen(context, title, blocks, context.address("done"), "sent")
