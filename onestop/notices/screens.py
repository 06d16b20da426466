"""The screens of notices: their wards, and the list of one ward."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from onestop.catalogue.catalogue import PLANNING_NOTICES, ROADWORKS, Service
from onestop.catalogue.screens.frame import home_link
from onestop.language import Words, translated
from onestop.places.notices.notice import Notice, NoticeKind
from onestop.screen import Action, Block, Form, Link, Menu, MenuItem, Paragraph, Run, Screen, Text
from onestop.site.context import RequestContext

COMMENT, COMMENT_ASK = "/planning/comment-on-a-plan", "number"
"""The service that takes comments on planning applications, and the first question of its journey: the reference."""
ADDRESSES: dict[NoticeKind, tuple[str, str]] = {"planning": PLANNING_NOTICES, "roadworks": ROADWORKS}
MOST = 60
"""Notices of a list."""


def notice_title(kind: NoticeKind, words: Words) -> str:
    return {"planning": words("Planning applications"), "roadworks": words("Roadworks")}[kind]


def wards_screen(context: RequestContext, kind: NoticeKind, notices: Sequence[Notice]) -> Screen:
    """Return the menu of wards that have notices, with how many."""
    words, (address, number) = context.words, ADDRESSES[kind]
    counts = Counter(one.ward for one in notices)
    names = {code: translated(ward.names, words.language) for code, ward in context.site.local.places.wards.items()}
    rows = sorted((names.get(code, ""), code) for code in counts if code in names)
    items = tuple(MenuItem(name, f"{address}/{code.lower()}", summary=str(counts[code])) for name, code in rows)
    lead = words("Choose a ward.") if items else words("There is nothing to show now.")
    blocks: tuple[Block, ...] = (Paragraph((Run(lead),), lead=True), *((Menu(items),) if items else ()))
    return Screen(
        notice_title(kind, words), blocks, address, words.language, "section", number,
        trail=(home_link(words),), languages=context.site.catalogue.languages, personal=True,
    )  # fmt: skip


def ward_screen(context: RequestContext, kind: NoticeKind, code: str, notices: Sequence[Notice]) -> Screen:
    """Return the menu of the notices of one ward."""
    words, (address, _) = context.words, ADDRESSES[kind]
    items = tuple(
        MenuItem(one.reference, notice_address(one), summary=one.title.rstrip("."))
        for one in sorted(notices, key=lambda one: one.reference)[:MOST]
    )
    title = f"{notice_title(kind, words)}: {translated(context.site.local.places.wards[code].names, words.language)}"
    return Screen(
        title, (Menu(items),), context.address.neutral, words.language, "section",
        trail=(home_link(words), Link(notice_title(kind, words), address)), languages=context.site.catalogue.languages,
        personal=True,
    )  # fmt: skip


def notice_screen(context: RequestContext, one: Notice, hidden: tuple[tuple[str, str], ...]) -> Screen:
    """Return one notice, with the way into the journey that comments on it: its first question is answered by the reference.

    `hidden` are the hidden fields of that form; without any, the journey is begun without an answer.
    """
    words, (address, _) = context.words, ADDRESSES[one.kind]
    blocks: list[Block] = [Paragraph(notice_text(one, words), lead=True)]
    if service := _commented_service(context, one.kind):
        label = words("Comment on this")
        if hidden:
            answer = (*hidden, ("seen", "0"), ("answer", one.reference))
            blocks.append(Form(f"{service.address}/ask/{COMMENT_ASK}", label, hidden=answer))
        else:
            blocks.append(Action(label, service.address))
    ward = context.site.local.places.wards.get(one.ward)
    trail = (Link(translated(ward.names, words.language), f"{address}/{one.ward.lower()}"),) if ward else ()
    return Screen(
        one.reference, tuple(blocks), context.address.neutral, words.language, "service",
        trail=(home_link(words), Link(notice_title(one.kind, words), address), *trail),
        languages=context.site.catalogue.languages, personal=True,
    )  # fmt: skip


def notice_address(one: Notice) -> str:
    """Return the neutral address of a notice: /planning-applications/e05099006/26-01100-fu."""
    return f"{ADDRESSES[one.kind][0]}/{one.ward.lower()}/{one.slug}"


def _commented_service(context: RequestContext, kind: NoticeKind) -> Service | None:
    """Return the service that takes comments on such notices, if its journey begins by asking which."""
    found = context.site.catalogue.find(COMMENT) if kind == "planning" else None
    if not isinstance(found, Service) or found.journey not in context.site.journeys:
        return None
    return found if context.site.journeys[found.journey].asks[0].name == COMMENT_ASK else None


def notice_text(one: Notice, words: Words) -> Text:
    until = words("Until {date}.", date=words.date(one.until)) if one.until else ""
    return (Run(f"{one.title.rstrip('.')}. {until}".strip()),)


def today_of(context: RequestContext) -> date:
    return context.now.astimezone(context.words.zone).date()
