"""How a journey is taken up that was begun on another apparatus: its code keyed in, or its ticket scanned."""

from collections.abc import Mapping
from dataclasses import replace

from aiohttp import web

from onestop.catalogue.frame import home_link
from onestop.language import Words
from onestop.screen import Entry, Form, Paragraph, Run, Screen
from onestop.store import codes, sessions
from onestop.store.codes import Claimed, NotClaimed
from onestop.store.database import Database, Transaction
from onestop.web.addresses import Address
from onestop.web.held import lasting
from onestop.web.personal import Go, Personal
from onestop.web.sending import read_sent
from onestop.web.site import Site
from onestop.web.visitor import Visitor, from_our_pages

ADDRESS = "/move"
TOO_MANY = 429
# Why a code leads nowhere, in English: translated where it is said.
WHY: Mapping[str, str] = {
    "unknown": "That is not a code we know. Check the six digits and key them in again.",
    "used": "That code has been used. Ask for a new one on the other screen.",
    "expired": "That code is too old. Ask for a new one on the other screen.",
    "finished": "That has been sent already. There is nothing left to do.",
    "often": "Too many codes have been tried here. Wait a quarter of an hour, then ask for a new one.",
    "crowded": "Too many codes are being tried just now. Wait a quarter of an hour, then ask for a new one.",
}


async def move(
    request: web.Request, personal: Personal, database: Database, site: Site, address: Address, ticket: str = ""
) -> web.Response:
    """The page where a code is keyed in, or a scanned one confirmed; and what comes of it."""
    who, words = personal.visitor(request), site.words_for(address)
    if not personal.safe(request):
        raise web.HTTPForbidden
    hidden = (("token", who.form_token(personal.chance)), *((("code", ticket),) if ticket else ()))
    if request.method != "POST":
        return personal.shown(request, site, address, code_screen(words, hidden, scanned=bool(ticket)), who)
    if not from_our_pages(request):
        raise web.HTTPForbidden
    sent = await read_sent(request)
    if not who.sent_it(sent.first("token")):
        raise web.HTTPForbidden
    given = sent.first("code") or sent.first("answer")
    outcome = await database.run(lambda tx: _claim(tx, who, given, address, int(personal.answering.clock())))
    if isinstance(outcome, NotClaimed):
        screen = replace(code_screen(words, hidden[:1], error=words(WHY[outcome.why])), whole=True)
        limited = outcome.why in ("often", "crowded")
        return personal.shown(request, site, address, replace(screen, status=TOO_MANY) if limited else screen, who)
    draft = outcome.draft
    service = next((s for s in site.catalogue.services if s.journey == draft.journey), None)
    if service is None:
        raise web.HTTPGone
    there = replace(address, language=draft.language) if draft.language in site.catalogue.languages else address
    return personal.gone(site, there, Go(f"{service.address}/ask"), who)


async def _claim(tx: Transaction, who: Visitor, given: str, address: Address, now: int) -> Claimed | NotClaimed:
    channel = address.channel
    session = await sessions.look_up(tx, who.word, now)
    if session is None:
        idle, whole = lasting(channel.means)
        _, session = await sessions.begin(tx, channel.name, now, idle=idle, whole=whole, token=who.word)
    return await codes.claim(tx, given, session.id, channel.name, now)


def code_screen(words: Words, hidden: tuple[tuple[str, str], ...], *, error: str = "", scanned: bool = False) -> Screen:
    """Key in the six digits; or, for a code that was scanned, one button."""
    field = None if scanned else Entry("answer", "code", most=7)
    said = (
        words("Go on here with what you began on another screen.")
        if scanned
        else words("You find them on the other screen.")
    )
    title = words("Go on here") if scanned else words("Key in the six digits")
    form = Form(ADDRESS, words("Continue"), field, "" if scanned else said, error, hidden)
    blocks = (Paragraph((Run(said),), lead=True), form) if scanned else (form,)
    return Screen(
        title, blocks, ADDRESS, words.language, kind="question", trail=(home_link(words),), personal=True, languages=(words.language,)
    )  # fmt: skip
