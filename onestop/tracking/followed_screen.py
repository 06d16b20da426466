"""The screen of a case for somebody who follows another resident's report: how far it is, and nothing that its resident wrote or read."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from onestop.casework.desk_case import WITH_TEXT, CaseEvent
from onestop.casework.public_events import public_events
from onestop.catalogue.catalogue import Service
from onestop.catalogue.screens.service import contact_place
from onestop.language import Words
from onestop.screen import Action, Block, Code, Facts, Heading, Paragraph, Run, Screen
from onestop.site.context import RequestContext
from onestop.tracking.find_screens import tracking_screen
from onestop.tracking.news import news_blocks
from onestop.tracking.status_screen import TrackedCase, desk_names, where_text


def followed_screen(
    context: RequestContext, case: TrackedCase, service: Service | None, watch: str, ticket: str
) -> Screen:
    """Return the screen. `ticket` is a follower's; `watch` is the neutral address that tells when the case has changed."""
    words = context.words
    contact = contact_place(context.site.catalogue, service, words, context.now) if service else None
    told = words("This is somebody else's report. You see how far it is, and nothing that they wrote.")
    blocks: tuple[Block, ...] = (
        Paragraph((Run(told),), lead=True),
        *(Paragraph((Run(where_text(one, context), strong=True),)) for one in case.deliveries),
        *news_blocks(_without_texts(case), words, desk_names(context)),
        Facts(tuple((label, (Run(text),)) for label, text in _facts(context, case, service))),
        *_way_back(context, ticket),
        Action(words("Look again"), context.address.neutral, "rotate-ccw"),
        *((Heading(words("To ask about it")), contact) if contact else ()),
    )
    title = service.title(words.language) if service else words("Follow what you sent")
    return replace(tracking_screen(context, title, blocks, "tracking"), watch=watch, live=True)


def _without_texts(case: TrackedCase) -> tuple[CaseEvent, ...]:
    """Return what happened to it; of its closing only the reason, and nothing that was asked, answered or told."""
    public = public_events([stored.event for stored in case.events])
    shown = (event for event in public if event.kind == "closed" or event.kind not in WITH_TEXT)
    return tuple(replace(event, text="") for event in shown)


def _facts(context: RequestContext, case: TrackedCase, service: Service | None) -> Iterator[tuple[str, str]]:
    words, journey = context.words, context.site.journeys.get(case.receipt.journey)
    yield words("Sent"), _day(case.receipt.submitted, words)
    if journey and journey.done.working_days and case.at_desks:
        yield words("To be done by"), _day(max(one.promised for one in case.at_desks), words)
    elif service and (takes := service.text(words.language).takes):
        yield words("How long it takes"), takes


def _way_back(context: RequestContext, ticket: str) -> Iterator[Block]:
    """Yield how to open it again: a code for the phone, on a phone the address itself."""
    words, origin = context.words, context.site.brands[context.address.language].address
    if not origin:
        return
    if context.channel.means.handheld:
        address = f"{origin}/T/{ticket}"
        yield Paragraph((Run(words("To see it again, keep this address:") + " "), Run(address, target=address)))
    else:
        yield Code(f"{origin.upper()}/T/{ticket}", words("Scan this to follow it on your phone"))


def _day(seconds: int, words: Words) -> str:
    return words.date(datetime.fromtimestamp(seconds, words.zone).date())
