"""What is announced for one address: alerts for its street, ward or round, works in its street, and its polling station."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from onestop.language import translated
from onestop.near_me.wording import distance_text
from onestop.notices.screens import notice_address, notice_text, today_of
from onestop.places.announcements.announcement import PollingStation
from onestop.places.near import distance
from onestop.places.notices.notice import NoticeBoard
from onestop.places.premises import LocatedPremises
from onestop.screen import Block, Facts, Heading, Note, Run, Text
from onestop.site.context import RequestContext

AHEAD = timedelta(days=14)
"""Suspended collections are announced so long before."""


def street_alerts(
    context: RequestContext, home: LocatedPremises, rounds: Sequence[str], board: NoticeBoard
) -> Iterator[Text]:
    """Yield the alerts of an address, those that an officer wrote first."""
    words, local, today = context.words, context.site.local, today_of(context)
    for alert in local.announcements.alerts_for(home.premises, rounds, today):
        yield (Run(translated(alert.text, words.language), target=alert.more),)
    for one in local.schedule.collections(rounds, today, today + AHEAD):
        if one.suspended:
            bin_, why = local.schedule.bins[one.bin].names, one.suspended.why
            named = {"bin": translated(bin_, words.language), "why": translated(why, words.language)}
            yield (Run(words("{bin}: no collection on {date}. {why}", date=words.date(one.day), **named)),)
    for works in board.in_street("roadworks", home.premises.usrn, today):
        target = notice_address(works) if works.ward else ""
        what = "".join(run.text for run in notice_text(works, words))
        yield (Run(words("Roadworks in your street: {what}", what=what), target=target),)


def alert_notes(
    context: RequestContext, home: LocatedPremises, rounds: Sequence[str], board: NoticeBoard
) -> Iterator[Block]:
    for text in street_alerts(context, home, rounds, board):
        yield Note(text, "warning")


def polling_station(context: RequestContext, home: LocatedPremises) -> Iterator[Block]:
    """Yield each election that is near, with the polling station of the address."""
    words = context.words
    for election in context.site.local.announcements.elections_on(today_of(context)):
        station = election.station_of(home.premises)
        if station:
            name, text = translated(election.name, words.language), translated(election.text, words.language)
            yield Heading(words("Your polling station: {election}", election=name))
            there = (Run(_station(context, home, station)),)
            yield Facts(((words.date(election.day), (Run(text),)), (translated(station.name, words.language), there)))


def _station(context: RequestContext, home: LocatedPremises, station: PollingStation) -> str:
    """Return how far a polling station is, its address, and how to get in."""
    words, one = context.words, home.premises
    far = distance_text(distance(one.latitude, one.longitude, *station.at)) if one.latitude and station.at[0] else ""
    access = translated(station.access, words.language) if station.access else ""
    return " ".join(f"{part}." for part in (far, station.address, access) if part)
