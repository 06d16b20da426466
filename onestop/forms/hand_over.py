"""Continue a draft from another device: key in its code, or scan its ticket."""

import re
from collections.abc import Mapping
from dataclasses import replace

from aiohttp import web

from onestop.capability import DATABASE, Capability, Handler, Parts, Route
from onestop.catalogue.catalogue import Service
from onestop.catalogue.screens.frame import home_link
from onestop.forms.private_form import read_session_form, sent_form
from onestop.http.client import client_network
from onestop.http.request.form_body import FormBody
from onestop.language import Words
from onestop.pages.https_required import https_screen
from onestop.pages.store_down import NotSaved
from onestop.screen import Block, Button, Entry, Form, Paragraph, Run, Screen
from onestop.site.context import Redirect, RequestContext
from onestop.site.session_lifetime import session_lifetime
from onestop.store.database import Transaction
from onestop.store.errors import Unavailable
from onestop.store.tables import codes, sessions
from onestop.store.tables.codes import Claimant, CodeRejected, DraftClaimed, OwnDraftExists

ADDRESS = "/move"
TICKET = re.compile(r"[A-Z0-9]{6,20}")
TOO_MANY = 429
MOST = codes.LONG + codes.LONG // 3
"""Characters of a code keyed in with spaces, in groups of three."""
ASKED, INSTEAD = "asked", "instead"
"""Names of hidden fields: the resident was asked which draft to keep; the id of the draft to erase."""
# Why a code is refused: msgids, translated when shown.
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


async def move(context: RequestContext, parts: Parts) -> web.StreamResponse:
    """Show the page where a code is keyed in, or act on one."""
    return await _answer(context, parts, "")


def scanned(parts: Parts) -> Handler:
    """Return the handler for a ticket scanned with a phone: a page with one button, because a GET must not use the ticket up."""

    async def handle(request: web.Request) -> web.StreamResponse:
        site, ticket = parts.sites.current, request.match_info["ticket"]
        if site is None:
            raise web.HTTPServiceUnavailable
        address = site.addresses.parse(ADDRESS)
        if address is None or not TICKET.fullmatch(ticket):
            raise web.HTTPNotFound
        return await _answer(parts.private.context(request, site, address), parts, ticket)

    return handle


async def _answer(context: RequestContext, parts: Parts, ticket: str) -> web.Response:
    """`ticket` is the scanned one, or ""."""
    words, private = context.words, parts.private
    if not context.private:
        there = f"/M/{ticket}" if ticket else context.site.addresses.write(context.address)
        return private.show(context, https_screen(context, there, (home_link(words),)))
    if context.request.method != "POST":
        hidden = (_token(context, parts), *((("code", ticket),) if ticket else ()))
        return private.show(context, code_screen(words, hidden, scanned=bool(ticket)))
    database = context.request.app[DATABASE]
    form = await read_session_form(context, parts.uploads, database)
    code = form.first("code") or form.first("answer")
    proxies = parts.settings.trusted_proxies
    try:
        outcome, token = await database.run(lambda tx: _claim(tx, context, proxies, code, form))
    except Unavailable as why:
        raise NotSaved(form) from why
    if isinstance(outcome, DraftClaimed) and outcome.erased:
        parts.metrics.journeys.given_up[outcome.erased.journey, context.channel.name] += 1
    if not token:
        context = replace(context, visitor=replace(context.visitor, replaced=True))
    elif token != context.visitor.secret:
        context = replace(context, visitor=replace(context.visitor, secret=token, has_cookie=False))
    return _outcome(context, parts, code, outcome, keep_mine=bool(form.first(ASKED)))


def _outcome(
    context: RequestContext,
    parts: Parts,
    code: str,
    outcome: DraftClaimed | OwnDraftExists | CodeRejected,
    *,
    keep_mine: bool,
) -> web.Response:
    """Return the response to a code; with `keep_mine` the draft on this device stays."""
    words, private = context.words, parts.private
    if isinstance(outcome, CodeRejected):
        screen = code_screen(words, (_token(context, parts),), error=words(WHY[outcome.why]))
        status = TOO_MANY if outcome.why == "guarded" else screen.status
        return private.show(context, replace(screen, one_page=True, status=status))
    if isinstance(outcome, OwnDraftExists):
        service, mine = _service(context, outcome.mine.journey), outcome.mine.id
        if keep_mine:
            return private.redirect(context, Redirect(f"{service.address}/ask"))
        return private.show(context, which_screen(words, (_token(context, parts), ("code", code)), service, mine))
    draft = outcome.draft
    if draft.language in context.site.catalogue.languages:
        context = replace(context, address=replace(context.address, language=draft.language))
    return private.redirect(context, Redirect(f"{_service(context, draft.journey).address}/ask"))


def _token(context: RequestContext, parts: Parts) -> tuple[str, str]:
    """Return name and value of the CSRF field."""
    return ("token", parts.private.token(context))


def _service(context: RequestContext, journey: str) -> Service:
    """Return the service of a journey. Raises HTTPGone if no service has it any more."""
    found = next((service for service in context.site.catalogue.services if service.journey == journey), None)
    if found is None:
        raise web.HTTPGone
    return found


async def _claim(
    tx: Transaction, context: RequestContext, proxies: int, code: str, form: FormBody
) -> tuple[DraftClaimed | OwnDraftExists | CodeRejected, str]:
    """Claim the draft; return the outcome, and the secret that the browser must hold now: "" if it holds a newer one already."""
    channel, now, cookie = context.channel, context.seconds, context.visitor.secret
    # The code, not the token, so that it may be keyed in again on a fresh page after the response was lost.
    sent = sent_form(context, "".join(code.split()).upper())
    known = await sessions.look_up(tx, cookie, now)
    if known:
        session, token = known, cookie if known.current else ""
    else:
        idle, whole = session_lifetime(channel.means)
        token, session = await sessions.begin(tx, channel.name, now, idle=idle, whole=whole, sent=sent)
    claimant = Claimant(session.id, channel.name, client_network(context.request, proxies), form.first(INSTEAD))
    outcome = await codes.claim(tx, code, claimant, now)
    if known and isinstance(outcome, DraftClaimed):
        token = await sessions.rotate(tx, known, sent, now)
    return outcome, token


def code_screen(words: Words, hidden: tuple[tuple[str, str], ...], *, error: str = "", scanned: bool = False) -> Screen:
    """Return the form for the digits; for a scanned code, one button."""
    field = None if scanned else Entry("answer", "code", most=MOST)
    text = (
        words("Go on here with what you began on another screen.")
        if scanned
        else words("You find them on the other screen.")
    )
    title = words("Go on here") if scanned else words("Key in the digits")
    form = Form(ADDRESS, words("Continue"), field, "" if scanned else text, error, hidden)
    return _screen(words, title, (Paragraph((Run(text),), lead=True), form) if scanned else (form,))


def which_screen(words: Words, hidden: tuple[tuple[str, str], ...], service: Service, mine: str) -> Screen:
    """Return the choice between two drafts of the same journey. `mine` is the id of the draft on this device."""
    text = words(
        "You have begun “{title}” here as well, and only one of the two can go on. If you take the other, your answers here are erased.",
        title=service.title(words.language),
    )
    take = Button(INSTEAD, mine, words("Erase them and take the other"), "trash-2")
    form = Form(ADDRESS, words("Keep what I began here"), None, text, hidden=(*hidden, (ASKED, "1")), also=(take,))
    return replace(_screen(words, words("Go on with which?"), (form,)), one_page=True)


def _screen(words: Words, title: str, blocks: tuple[Block, ...]) -> Screen:
    return Screen(
        title, blocks, ADDRESS, words.language, kind="question", trail=(home_link(words),), personal=True, languages=(words.language,)
    )  # fmt: skip


CAPABILITY = Capability(
    "hand-over",
    answers={ADDRESS: move},
    routes=(Route(("/M/{ticket}",), scanned),),
    tables=frozenset(("codes", "sessions")),
)
