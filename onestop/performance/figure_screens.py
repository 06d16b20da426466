"""The screens of figures: all services, one service, the types of interaction, and what it costs."""

from collections.abc import Iterator
from decimal import Decimal

from onestop.catalogue.catalogue import PERFORMANCE, PERFORMANCE_NUMBER, Service
from onestop.catalogue.screens.frame import home_link
from onestop.figures.publication import FigureLine, MonthFigures
from onestop.figures.source import enabled_share, interaction_shares
from onestop.figures.suppression import ALL
from onestop.language import Words, translated
from onestop.performance.chart import chart_picture
from onestop.performance.wording import (
    FIRST_CONTACT_GOAL,
    LOST_GOAL,
    channel_name,
    count_text,
    days_text,
    duration_text,
    interaction_name,
    percent_text,
    pounds_text,
    services_by_subject,
)
from onestop.screen import Block, Facts, Heading, Link, Menu, MenuItem, Paragraph, Run, Screen, Table, Text
from onestop.site.context import Context

TYPES, COSTS = f"{PERFORMANCE}/types", f"{PERFORMANCE}/costs"


def figures_screen(context: Context) -> Screen | None:
    """Return the screen at /performance or below it, or None."""
    address = context.address.neutral
    if address == PERFORMANCE:
        return _overview(context)
    if address == TYPES:
        return _types(context)
    if address == COSTS:
        return _costs(context)
    service = context.site.catalogue.find(f"/{context.rest}")
    return _of_service(context, service) if isinstance(service, Service) else None


def _overview(context: Context) -> Screen:
    words, figures = context.words, context.site.figures.latest
    blocks: tuple[Block, ...] = (*_period(context), Menu(tuple(_more(words)), "related"))
    if figures:
        services = services_by_subject(context.site.catalogue)
        listed = sorted(
            (services[subject].title(words.language), subject) for subject in figures.subjects if subject in services
        )
        items = tuple(MenuItem(title, f"{PERFORMANCE}{services[subject].address}") for title, subject in listed)
        blocks = (
            *_period(context),
            Facts(tuple(_facts(figures.line(), 0, words))),
            *_by_channel(context, figures, ALL),
            *chart_picture(context, ALL),
            Menu(tuple(_more(words)), "related"),
            *((Menu(items, "services"),) if items else ()),
        )
    return _screen(context, words("How our services do"), PERFORMANCE, blocks, number=PERFORMANCE_NUMBER)


def _more(words: Words) -> Iterator[MenuItem]:
    yield MenuItem(words("What can be done without a visit"), TYPES)
    yield MenuItem(words("What it costs"), COSTS)


def _period(context: Context) -> Iterator[Block]:
    """Yield which days the figures are of, and how they were made."""
    words, publication = context.words, context.site.figures
    figures = publication.latest
    if figures is None:
        yield Paragraph((Run(words("Nothing has been counted yet. A day is counted when it has ended.")),), lead=True)
        return
    yield Paragraph((Run(days_text(figures, publication, words)),), lead=True)
    yield Paragraph((Run(words("Counts from 1 to 4 are hidden, all others rounded to the nearest 5.")),))


def _of_service(context: Context, service: Service) -> Screen:
    words, figures = context.words, context.site.figures.latest
    blocks: tuple[Block, ...] = tuple(_period(context))
    if figures:
        line = figures.line(service.subject)
        blocks = (
            *blocks,
            Facts(tuple(_facts(line, service.standard, words))),
            *_by_channel(context, figures, service.subject),
            *chart_picture(context, service.subject),
            *_given_up(context, figures, service),
        )
    title = service.title(words.language)
    return _screen(context, title, f"{PERFORMANCE}{service.address}", blocks)


def _facts(line: FigureLine, standard: int, words: Words) -> Iterator[tuple[str, Text]]:
    """Yield label and figure of each thing that was counted."""
    counts = line.counts
    yield words("Begun"), _plain(count_text(counts["started"], words))
    yield words("Sent"), _plain(count_text(counts["completed"], words))
    yield words("Given up"), _plain(count_text(counts["given up"], words))
    lost = None if line.completion is None else 100 - line.completion
    if lost is not None:
        yield (
            words("Given up, of those that ended"),
            _plain(_beside(percent_text(lost, words), f"< {LOST_GOAL} %", words)),
        )
    yield words("Went on on another device"), _plain(count_text(counts["moved"], words))
    if line.median_seconds:
        yield words("Half took at most"), _plain(duration_text(line.median_seconds, words))
    if line.median_presses:
        yield words("Presses, half at most"), _plain(str(line.median_presses))
    yield words("Delivered"), _plain(count_text(counts["delivered"], words))
    if counts["timed"] != 0:
        share = percent_text(line.in_time, words)
        said = words("{share} (standard: {hours} h)", share=share, hours=24 * standard) if standard else share
        yield words("Delivered in time"), _plain(said)
    if counts["contacts"] != 0:
        shown = _beside(percent_text(line.first_contact, words), f"{FIRST_CONTACT_GOAL} %", words)
        yield words("Resolved at first contact"), _plain(shown)
    if counts["answered"] != 0:
        yield words("Said that it helped"), _plain(percent_text(line.helped, words))


def _beside(shown: str, goal: str, words: Words) -> str:
    return words("{share} (goal of 2002: {goal})", share=shown, goal=goal)


def _by_channel(context: Context, figures: MonthFigures, subject: str) -> Iterator[Block]:
    words, settings = context.words, context.site.local.figures
    lines = [figures.line(subject, channel) for channel in figures.channels if (subject, channel) in figures.lines]
    if not lines:
        return
    yield Heading(words("By channel"))
    rows = (
        (
            channel_name(line.channel, settings, words.language),
            count_text(line.counts["started"], words),
            count_text(line.counts["completed"], words),
            percent_text(line.completion, words),
        )
        for line in lines
    )
    yield _table((words("Channel"), words("Begun"), words("Sent"), words("Sent, of those that ended")), rows)


def _given_up(context: Context, figures: MonthFigures, service: Service) -> Iterator[Block]:
    words, asks = context.words, figures.given_up.get(service.subject, {})
    journey = context.site.journeys.get(service.journey)
    named = ((journey.ask(name) if journey else None, count) for name, count in asks.items())
    rows = [
        (translated(ask.text, words.language), count_text(count, words)) for ask, count in named if ask and count != 0
    ]
    if rows:
        yield Heading(words("Given up after the question"))
        yield _table((words("Question"), words("Given up")), iter(rows))


def _types(context: Context) -> Screen:
    words = context.words
    shares = interaction_shares(context.site.catalogue, context.site.local.figures)
    lead = words("{share} % of the types of service can be had without a visit.", share=enabled_share(shares))
    rows = (
        (interaction_name(one.kind, words), str(one.services), str(one.electronic)) for one in shares if one.services
    )
    table = _table((words("Type"), words("Services"), words("Without a visit")), rows)
    note = words(
        "These are the ten types of Best Value Performance Indicator 157; those the council has no service of are left out."
    )
    blocks = (Paragraph((Run(lead),), lead=True), table, Paragraph((Run(note),)))
    return _screen(context, words("What can be done without a visit"), TYPES, blocks)


def _costs(context: Context) -> Screen:
    words, figures, settings = context.words, context.site.figures.latest, context.site.local.figures
    rows = [
        (translated(one.names, words.language), pounds_text(one.cost), _total(name, one.cost, figures, words))
        for name, one in settings.channels.items()
        if one.cost is not None
    ]
    table = _table((words("Channel"), words("Each"), words("All that were sent")), iter(rows))
    blocks = (*_period(context), *((table,) if rows else ()))
    return _screen(context, words("What it costs"), COSTS, blocks)


def _total(channel: str, cost: Decimal, figures: MonthFigures | None, words: Words) -> str:
    sent = figures.line(ALL, channel).counts["completed"] if figures else 0
    return words("not known") if sent is None else pounds_text(cost * sent)


def _plain(text: str) -> Text:
    return (Run(text),)


def _table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Table:
    return Table(tuple(map(_plain, head)), tuple(tuple(map(_plain, row)) for row in rows))


def _screen(context: Context, title: str, address: str, blocks: tuple[Block, ...], number: str = "") -> Screen:
    words = context.words
    parent = () if address == PERFORMANCE else (Link(words("How our services do"), PERFORMANCE),)
    others = (code for code in context.site.catalogue.languages if code != words.language)
    return Screen(
        title, blocks, address, words.language, "service", number,
        trail=(home_link(words), *parent), languages=(words.language, *others),
    )  # fmt: skip
