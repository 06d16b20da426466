"""How a journey is taken up that was begun on another apparatus: its code keyed in, or its ticket scanned."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from aiohttp import web

from onestop.catalogue.catalogue import Service
from onestop.catalogue.screens.frame import home_link
from onestop.forms.https_required import sealed_screen
from onestop.forms.private_page import Go, Personal
from onestop.forms.store_down import Unkept
from onestop.forms.visit import lasting
from onestop.http.client import client_network
from onestop.http.form_body import FormBody, read_form_body
from onestop.http.visitor import Visitor, is_same_origin_post
from onestop.language import Words
from onestop.screen import Block, Button, Entry, Form, Paragraph, Run, Screen
from onestop.site.address import Address
from onestop.site.site import Site
from onestop.store.database import Database, Transaction
from onestop.store.errors import Unavailable
from onestop.store.tables import codes, sessions
from onestop.store.tables.codes import Claimant, CodeRejected, DraftClaimed, OwnDraftExists

ADDRESS = "/move"
TOO_MANY = 429
MOST = codes.LONG + codes.LONG // 3
"""Characters of a code that is keyed in as it is read, in threes."""
ASKED, INSTEAD = "asked", "instead"
"""Names of fields: that it has been asked which draft stays, and which one is given up for what comes."""
# Why a code leads nowhere, in English: translated where it is said.
WHY: Mapping[str, str] = {
    "unknown": "That is not a code we know. Check the digits and key them in again.",
    "used": "That code has been used. Ask for a new one on the other screen.",
    "expired": "That code is too old. Ask for a new one on the other screen.",
    "finished": "That has been sent already. There is nothing left to do.",
    "guarded": (
        "Too many wrong codes have been tried, so six digits are not enough. "
        "Ask for a new code on the other screen: it is longer and works at once."
    ),
}


@dataclass(frozen=True, slots=True)
class Coming:
    """A request that would bring a draft here; `ticket` is what was scanned, or ""."""

    request: web.Request
    personal: Personal
    site: Site
    address: Address
    who: Visitor
    ticket: str

    @property
    def words(self) -> Words:
        return self.site.words_for(self.address)

    def shown(self, screen: Screen) -> web.Response:
        return self.personal.shown(self.request, self.site, self.address, screen, self.who)

    def hidden(self, **more: str) -> tuple[tuple[str, str], ...]:
        """What every form sends besides what is keyed in."""
        return (("token", self.who.form_token(self.personal.chance)), *more.items())

    def service(self, journey: str) -> Service:
        found = next((service for service in self.site.catalogue.services if service.journey == journey), None)
        if found is None:
            raise web.HTTPGone
        return found


async def move(
    request: web.Request, personal: Personal, database: Database, site: Site, address: Address, ticket: str = ""
) -> web.Response:
    """The page where a code is keyed in, or a scanned one confirmed; and what comes of it."""
    coming = Coming(request, personal, site, address, personal.visitor(request), ticket)
    if not personal.safe(request):
        there = f"/M/{ticket}" if ticket else site.addresses.write(address)
        return coming.shown(sealed_screen(site, address, there, (home_link(coming.words),)))
    if request.method != "POST":
        hidden = coming.hidden(code=ticket) if ticket else coming.hidden()
        return coming.shown(code_screen(coming.words, hidden, scanned=bool(ticket)))
    if not is_same_origin_post(request):
        raise web.HTTPForbidden
    sent = await read_form_body(request, personal.upload_budget)
    if not coming.who.owns_token(sent.first("token")):
        raise web.HTTPForbidden
    given = sent.first("code") or sent.first("answer")
    try:
        outcome, word = await database.run(lambda tx: _claim(tx, coming, given, sent))
    except Unavailable as why:
        raise Unkept(sent) from why
    if word != coming.who.secret:
        coming = replace(coming, who=replace(coming.who, secret=word, has_cookie=False))
    return _answered(coming, given, outcome, kept=bool(sent.first(ASKED)))


def _answered(
    coming: Coming, given: str, outcome: DraftClaimed | OwnDraftExists | CodeRejected, kept: bool
) -> web.Response:
    """What a code has led to; `kept` if what was begun here is to stay."""
    site, words = coming.site, coming.words
    if isinstance(outcome, CodeRejected):
        screen = replace(code_screen(words, coming.hidden(), error=words(WHY[outcome.why])), one_page=True)
        return coming.shown(replace(screen, status=TOO_MANY) if outcome.why == "guarded" else screen)
    if isinstance(outcome, OwnDraftExists):
        service, mine = coming.service(outcome.mine.journey), outcome.mine.id
        if kept:
            return coming.personal.gone(site, coming.address, Go(f"{service.address}/ask"), coming.who)
        return coming.shown(which_screen(words, coming.hidden(code=given), service, mine))
    draft = outcome.draft
    known = draft.language in site.catalogue.languages
    there = replace(coming.address, language=draft.language) if known else coming.address
    return coming.personal.gone(site, there, Go(f"{coming.service(draft.journey).address}/ask"), coming.who)


async def _claim(
    tx: Transaction, coming: Coming, given: str, sent: FormBody
) -> tuple[DraftClaimed | OwnDraftExists | CodeRejected, str]:
    """What comes of it, and the secret that the browser must hold from now on."""
    who, channel, now = coming.who, coming.address.channel, int(coming.personal.answering.clock())
    session, word = await sessions.look_up(tx, who.secret, now), who.secret
    if session is None:
        idle, whole = lasting(channel.means)
        word, session = await sessions.begin(tx, channel.name, now, idle=idle, whole=whole, token=word)
    place = client_network(coming.request, coming.personal.settings.proxy)
    claimant = Claimant(session.id, channel.name, place, sent.first(INSTEAD))
    return await codes.claim(tx, given, claimant, now), word


def code_screen(words: Words, hidden: tuple[tuple[str, str], ...], *, error: str = "", scanned: bool = False) -> Screen:
    """Key in the digits; or, for a code that was scanned, one button."""
    field = None if scanned else Entry("answer", "code", most=MOST)
    said = (
        words("Go on here with what you began on another screen.")
        if scanned
        else words("You find them on the other screen.")
    )
    title = words("Go on here") if scanned else words("Key in the digits")
    form = Form(ADDRESS, words("Continue"), field, "" if scanned else said, error, hidden)
    return _screen(words, title, (Paragraph((Run(said),), lead=True), form) if scanned else (form,))


def which_screen(words: Words, hidden: tuple[tuple[str, str], ...], service: Service, mine: str) -> Screen:
    """What would come here has been begun here as well: nothing is lost before its owner says so. `mine` is the draft that is here."""
    said = words(
        "You have begun “{title}” here as well, and only one of the two can go on. If you take the other, your answers here are erased.",
        title=service.title(words.language),
    )
    take = Button(INSTEAD, mine, words("Erase them and take the other"), "trash-2")
    form = Form(ADDRESS, words("Keep what I began here"), None, said, hidden=(*hidden, (ASKED, "1")), also=(take,))
    return replace(_screen(words, words("Go on with which?"), (form,)), one_page=True)


def _screen(words: Words, title: str, blocks: tuple[Block, ...]) -> Screen:
    return Screen(
        title, blocks, ADDRESS, words.language, kind="question", trail=(home_link(words),), personal=True, languages=(words.language,)
    )  # fmt: skip
