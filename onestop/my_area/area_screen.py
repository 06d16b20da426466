"""The screen of My area: the next collections of an address, its councillors, and what is near and open."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from onestop.catalogue.catalogue import AREA, AREA_NUMBER, NEAR_ME, NEAR_ME_NUMBER
from onestop.catalogue.screens.frame import alert_of, home_link, service_item
from onestop.language import Words, translated
from onestop.my_area.announcements import alert_notes, polling_station
from onestop.near_me.wording import distance_text, facility_name, facility_text
from onestop.notices.screens import ADDRESSES, notice_address, notice_text, notice_title, today_of
from onestop.places.near import Point, nearest_of_each_kind
from onestop.places.notices.notice import Notice, NoticeBoard
from onestop.places.premises import LocatedPremises
from onestop.places.ward import Councillor
from onestop.rounds.round import Bin
from onestop.rounds.schedule import CollectionDay
from onestop.screen import (
    Action,
    Block,
    Code,
    Facts,
    Form,
    Heading,
    Link,
    Menu,
    MenuItem,
    Note,
    Paragraph,
    Run,
    Screen,
    Text,
)
from onestop.site.context import RequestContext

DAYS = 3
"""Collection days shown."""
NEAREST = ("library", "recycling", "one-stop-shop", "pharmacy")
"""Kinds of places of which the nearest is shown."""
NOTICE_METRES, MOST_NOTICES = 500.0, 6
RELATED = ("/bins/missed-bin", "/bins/collection-days", "/have-your-say/contact-councillor")


def area_screen(
    context: RequestContext, home: LocatedPremises, rounds: Sequence[str], forms: tuple[Form, ...], board: NoticeBoard
) -> Screen:
    """Return the screen of one address. `rounds` are those of its property; `forms` remember or forget it."""
    words = context.words
    blocks = (
        Paragraph((Run(home.one_line),), lead=True),
        *_collections(context, rounds),
        *alert_notes(context, home, rounds, board),
        *forms,
        *polling_station(context, home),
        *_councillors(context, home.premises.ward),
        *_facilities(context, home),
        *_notices(context, home, board),
        *_related(context),
    )
    return Screen(
        words("My area"), blocks, context.address.neutral, words.language, "service", AREA_NUMBER, trail=(home_link(words),),
        alert=alert_of(context.site.catalogue, words), languages=(words.language,), personal=True,
    )  # fmt: skip


def _collections(context: RequestContext, rounds: Sequence[str]) -> Iterator[Block]:
    words, schedule = context.words, context.site.local.schedule
    today = context.now.astimezone(words.zone).date()
    coming = schedule.next_days(rounds, today, DAYS)
    if not coming:
        if schedule.rounds:
            yield Note((Run(words("We do not know the collection days of this address. Ring us to ask.")),))
        return
    yield Heading(words("Next collections"))
    yield Facts(tuple((day_name(one.day, today, words), _said(one, words)) for one in coming))


def _said(one: CollectionDay, words: Words) -> Text:
    text = say_bins(one.bins, words)
    if one.usual == one.day:
        return (Run(text, strong=True),)
    return (Run(text, strong=True), Run(words(" (instead of {date})", date=words.date(one.usual))))


def say_bins(bins: Sequence[Bin], words: Words) -> str:
    """Return "Grey bin, Green caddy"; a bin that only subscribers have says so."""
    names = (translated(one.names, words.language) for one in bins)
    paid = words("if you pay for it")
    return ", ".join(f"{name} ({paid})" if one.paid else name for name, one in zip(names, bins, strict=True))


def day_name(day: date, today: date, words: Words) -> str:
    """Return "Tomorrow, Tuesday 1 December"; the year is clear from the days ahead."""
    named = words.date(day).removesuffix(f" {day.year}")
    near = {0: words("Today"), 1: words("Tomorrow")}.get((day - today).days)
    return f"{near}, {named}" if near else named


def _councillors(context: RequestContext, code: str) -> Iterator[Block]:
    words = context.words
    ward = context.site.local.places.wards.get(code)
    if ward is None:
        return
    yield Heading(words("Your councillors: {ward}", ward=translated(ward.names, words.language)))
    yield Facts(tuple((one.name, tuple(_councillor(one, words))) for one in ward.councillors))


def _councillor(one: Councillor, words: Words) -> Iterator[Run]:
    """Yield the party, how to reach a councillor, and when to meet them."""
    yield Run(f"{one.party}. " if one.party else "")
    if one.phone:
        yield Run(one.phone, target=f"tel:{one.phone.replace(' ', '')}")
    if one.email:
        yield Run(", " if one.phone else "")
        yield Run(one.email, target=f"mailto:{one.email}")
    if one.surgery:
        yield Run(f". {translated(one.surgery, words.language)}")


def _facilities(context: RequestContext, home: LocatedPremises) -> Iterator[Block]:
    """Yield the nearest of each kind, with whether it is open now and how far it is, and where all of them are."""
    words, premises = context.words, home.premises
    facilities = [one for one in context.site.local.places.facilities if one.kind in NEAREST]
    if not premises.latitude or not facilities:
        return
    nearest = nearest_of_each_kind(facilities, Point(premises.latitude, premises.longitude))
    yield Heading(words("Near you"))
    yield Facts(tuple((facility_name(one.facility, words), facility_text(context, one)) for one in nearest))
    yield Menu((MenuItem(words("More places near me"), NEAR_ME, NEAR_ME_NUMBER),), "related")


def _notices(context: RequestContext, home: LocatedPremises, board: NoticeBoard) -> Iterator[Block]:
    """Yield planning applications and roadworks near an address, and where the others of the borough are."""
    words, premises = context.words, home.premises
    for kind, (address, number) in ADDRESSES.items():
        here = Point(premises.latitude, premises.longitude)
        near = board.near(kind, here, NOTICE_METRES, today_of(context)) if premises.latitude else ()
        if near:
            yield Heading(notice_title(kind, words))
            yield Facts(tuple((one.reference, _notice(far, one, words)) for far, one in near[:MOST_NOTICES]))
            yield Menu((MenuItem(words("All of the borough"), address, number),), "related")


def _notice(far: float, one: Notice, words: Words) -> Text:
    target = notice_address(one) if one.ward else ""
    return (Run(f"{distance_text(far)}. "), *(replace(run, target=target) for run in notice_text(one, words)))


def _related(context: RequestContext) -> Iterator[Block]:
    catalogue, words = context.site.catalogue, context.words
    found = [catalogue.find(address) for address in RELATED]
    items = tuple(replace(service_item(one, words, words.language), summary="") for one in found if one)
    if items:
        yield Menu(items, "related")


def calendar_screen(context: RequestContext, token: str) -> Screen:
    """Return the screen with the address of a calendar: a link on a phone, a QR code on everything else."""
    words, language = context.words, context.words.language
    part = "" if language == context.site.catalogue.languages[0] else f"{language}/"
    place = f"{context.site.brands[language].address.partition('://')[2]}/my/{part}{token}.ics"
    lead = words(
        "Your calendar asks this address for the days, and gets every change. Nobody can tell from it where you live."
    )
    link: Block
    if context.channel.means.handheld:
        link = Action(words("Open it in my calendar"), f"webcal://{place}", "calendar-plus")
    else:
        link = Code(f"https://{place}", words("Point your phone's camera at the code"))
    address = Paragraph((Run(words("Or type this address: {address}", address=place)),))
    return Screen(
        words("Put these days into my calendar"), (Paragraph((Run(lead),), lead=True), link, address), AREA, language, "stop",
        trail=(home_link(words), Link(words("My area"), AREA)), languages=(language,), personal=True, one_page=True,
    )  # fmt: skip
