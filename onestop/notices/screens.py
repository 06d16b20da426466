"""The screens of notices: their wards, and the list of one ward."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from onestop.catalogue.catalogue import PLANNING_NOTICES, ROADWORKS
from onestop.catalogue.screens.frame import home_link
from onestop.language import Words, translated
from onestop.places.notices.notice import Notice, NoticeKind
from onestop.screen import Block, Facts, Link, Menu, MenuItem, Paragraph, Run, Screen, Text
from onestop.site.context import RequestContext

COMMENT = "/planning/comment-on-a-plan"
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
    """Return the notices of one ward."""
    words, (address, _) = context.words, ADDRESSES[kind]
    ward = context.site.local.places.wards[code]
    rows = tuple((one.reference, notice_text(one, words)) for one in notices[:MOST])
    title = f"{notice_title(kind, words)}: {translated(ward.names, words.language)}"
    blocks: tuple[Block, ...] = (Facts(rows), *comment_menu(context, kind))
    return Screen(
        title, blocks, context.address.neutral, words.language, "service",
        trail=(home_link(words), Link(notice_title(kind, words), address)), languages=context.site.catalogue.languages,
        personal=True,
    )  # fmt: skip


def notice_text(one: Notice, words: Words) -> Text:
    until = words("Until {date}.", date=words.date(one.until)) if one.until else ""
    return (Run(f"{one.title.rstrip('.')}. {until}".strip()),)


def comment_menu(context: RequestContext, kind: NoticeKind) -> Sequence[Block]:
    """Return the way to comment on a planning application."""
    found = context.site.catalogue.find(COMMENT) if kind == "planning" else None
    label = context.words("Comment on one of these")
    return (Menu((MenuItem(label, COMMENT, found.number),), "related"),) if found else ()


def today_of(context: RequestContext) -> date:
    return context.now.astimezone(context.words.zone).date()
