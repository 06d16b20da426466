"""The screen of one case: what was sent, where it is, what happens next, and how to ask."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from onestop.casework.case import Receipt
from onestop.casework.desk_case import CaseEvent, DeskCase
from onestop.casework.public_events import open_question, public_events
from onestop.casework.reference import grouped
from onestop.catalogue.catalogue import Service
from onestop.catalogue.screens.service import contact_place
from onestop.language import Words, translated
from onestop.messages.status_lines import status_lines
from onestop.screen import Action, Block, Facts, Heading, Paragraph, Run, Screen
from onestop.site.context import RequestContext
from onestop.store.messages.queue import MessageEntry
from onestop.store.tables.case_events import StoredEvent
from onestop.store.tables.outbox import OutboxEntry
from onestop.tracking.find_screens import tracking_screen
from onestop.tracking.news import moment_text, news_blocks, question_blocks

STATUSES: Mapping[str, str] = {"open": "They are working on it.", "closed": "They have closed it."}
"""What a destination's own status means to a resident: msgids."""


@dataclass(frozen=True, slots=True)
class TrackedCase:
    """A case as its resident follows it."""

    receipt: Receipt
    deliveries: tuple[OutboxEntry, ...]
    events: tuple[StoredEvent, ...] = ()
    messages: tuple[MessageEntry, ...] = ()
    at_desks: tuple[DeskCase, ...] = ()

    @property
    def questions(self) -> tuple[StoredEvent, ...]:
        """The question of each desk that waits for an answer."""
        desks = dict.fromkeys(stored.desk for stored in self.events)
        asked = ((desk, open_question(self.events_at(desk))) for desk in desks)
        return tuple(StoredEvent(desk, event) for desk, event in asked if event)

    def events_at(self, desk: str) -> tuple[CaseEvent, ...]:
        return tuple(stored.event for stored in self.events if stored.desk == desk)

    @property
    def state(self) -> str:
        """A digest that changes with every change of its deliveries and messages and every event, and tells nothing about them."""
        said = [
            (one.desk, one.destination, one.progress, one.number, one.status, one.reason) for one in self.deliveries
        ]
        sent = [(one.id, one.state, bool(one.detail)) for one in self.messages]
        return sha256(repr((self.receipt.case, said, len(self.events), sent)).encode()).hexdigest()[:16]


def status_screen(
    context: RequestContext, case: TrackedCase, service: Service | None, watch: str, answer: str
) -> Screen:
    """Return the screen of a case. `watch` is the neutral address that tells when it has changed, `answer` that of the form to answer."""
    words, receipt = context.words, case.receipt
    contact = contact_place(context.site.catalogue, service, words, context.now) if service else None
    takes = service.text(words.language).takes if service else ""
    said = str(receipt.shown.get("said", ""))
    other = receipt.language if receipt.language != words.language else ""
    facts = (
        (words("Your reference"), grouped(receipt.reference)),
        (words("Sent"), moment_text(receipt.submitted, words)),
        (words("How long it takes"), takes),
    )
    blocks: tuple[Block, ...] = (
        *(block for one in case.questions for block in question_blocks(one.event, words, answer)),
        *_deliveries(context, case),
        *news_blocks(public_events([stored.event for stored in case.events]), words, desk_names(context)),
        Facts(tuple((label, (Run(value),)) for label, value in facts if value)),
        *((Heading(words("What happens next")), Paragraph((Run(said, language=other),))) if said else ()),
        *_messages(case, words),
        Action(words("Look again"), context.address.neutral, "rotate-ccw"),
        *((Heading(words("To ask about it")), contact) if contact else ()),
    )
    title = service.title(words.language) if service else words("Follow what you sent")
    return replace(tracking_screen(context, title, blocks, "tracking"), watch=watch, live=True)


def _messages(case: TrackedCase, words: Words) -> Iterator[Block]:
    """Yield what happened to each message about the case."""
    if lines := status_lines(case.messages, words):
        yield Heading(words("Messages to you"))
        yield Facts(tuple((one.title, (Run(one.text),)) for one in lines))


def desk_names(context: RequestContext) -> Mapping[str, str]:
    language = context.words.language
    return {desk: translated(names, language) for desk, names in context.site.routes.names.items()}


def _deliveries(context: RequestContext, case: TrackedCase) -> Iterator[Block]:
    """Yield where the case is: of each destination what really happened."""
    words = context.words
    for one in case.deliveries:
        runs = [Run(where_text(one, context), strong=True)]
        if one.number:
            runs.append(Run(" " + words("Their number for it is {number}.", number=one.number)))
        if one.status:
            known = STATUSES.get(one.status)
            runs.append(Run(" " + (words(known) if known else words("They say: {status}.", status=one.status))))
        if one.reason and one.progress == "refused":
            # Reasons are written for officers, in English.
            runs += [
                Run(" " + words("The reason:") + " "),
                Run(f"{one.reason}.", language="" if words.language == "en" else "en"),
            ]
        yield Paragraph(tuple(runs), lead=True)


def where_text(one: OutboxEntry, context: RequestContext) -> str:
    """Return where a case is, without what a destination says of it."""
    words = context.words
    desk = translated(context.site.routes.names.get(one.desk, {words.language: one.desk}), words.language)
    if one.progress == "received":
        return words("We have it. It is about to go to {desk}.", desk=desk)
    if one.progress == "sending" and not one.reason:
        return words("It is on its way to {desk}.", desk=desk)
    if one.progress == "sending":
        return words(
            "We have it, but it has not reached {desk} yet. We try again by ourselves, next at {time}.",
            desk=desk, time=moment_text(one.due, words),
        )  # fmt: skip
    if one.progress == "accepted":
        return words("{desk} has it, since {time}.", desk=desk, time=moment_text(one.settled or 0, words))
    if one.progress == "refused":
        return words("{desk} could not take it. An officer must look at it: ring us if you cannot wait.", desk=desk)
    return words("It has not reached {desk} in seven days of trying. Please ring us.", desk=desk)
