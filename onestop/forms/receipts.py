"""What a visitor has sent: loaded from the store, and the screens that show it."""

from dataclasses import replace
from datetime import UTC, datetime

from onestop.casework.case import Receipt
from onestop.casework.reference import grouped
from onestop.catalogue.catalogue import TRACKING_NUMBER, Service
from onestop.catalogue.screens.helped import HELPED, helped_form
from onestop.forms.visit import Visit
from onestop.journeys.screens.context import ScreenContext
from onestop.journeys.screens.receipt import Confirmation, already_sent_screen, done_screen, elsewhere_screen
from onestop.screen import Block, Form, Heading, Menu, MenuItem, Screen
from onestop.site.context import RequestContext
from onestop.store.database import Database, Transaction
from onestop.store.tables import cases, drafts


async def last_receipt(database: Database, visit: Visit) -> Receipt | None:
    """Return the receipt of the journey that this session submitted last, or None."""
    session = visit.session
    if session is None:
        return None

    async def work(tx: Transaction) -> Receipt | None:
        draft = await drafts.last_done(tx, session.id, visit.journey.name, visit.now)
        return await cases.receipt(tx, draft) if draft else None

    return await database.read(work)


def confirmation_of(receipt: Receipt, service: Service, context: RequestContext) -> Confirmation:
    """Return what the receipt confirms, in the language of the request."""
    language = context.address.language
    text = service.text(language)
    moment = datetime.fromtimestamp(receipt.submitted, UTC).astimezone(context.words.zone)
    origin = context.site.brands[language].address
    return Confirmation(
        text.title,
        grouped(receipt.reference),
        moment,
        receipt.shown,
        text.takes,
        origin,
        receipt.pin,
        receipt.ticket,
        TRACKING_NUMBER,
    )


def receipt_screen(
    receipt: Receipt | None, visit: Visit, around: ScreenContext, service: Service, context: RequestContext
) -> Screen:
    """Return the receipt, or the page that its address has where nothing was sent from."""
    if receipt is None:
        return elsewhere_screen(service.title(context.address.language), around)
    screen = done_screen(confirmation_of(receipt, service, context), around)
    if visit.helper:
        return screen
    screen = _with_memory(screen, visit, around)
    return replace(screen, blocks=(*screen.blocks, *_helped(service, context)))


def already_sent(receipt: Receipt, around: ScreenContext, service: Service, context: RequestContext) -> Screen:
    """Return the screen of a question that has been sent already."""
    return already_sent_screen(confirmation_of(receipt, service, context), around)


def _helped(service: Service, context: RequestContext) -> tuple[Block, ...]:
    """Return "Did this help?" with its two buttons; where a page must fit one packet, the link to them."""
    words = context.words
    if context.channel.packet:
        return (Menu((MenuItem(words("Did this help?"), f"{HELPED}{service.address}"),), "related"),)
    return (Heading(words("Did this help?")), helped_form(service, words))


def _with_memory(screen: Screen, visit: Visit, around: ScreenContext) -> Screen:
    """Return the receipt with a form to remember or forget the resident's details, on a device that is not shared."""
    words = around.words
    if around.means.shared or not visit.reusable or visit.session is None:
        return screen
    if visit.session.kept:
        form = Form(around.address("forget"), words("Forget what I told you"), hidden=around.hidden)
    else:
        explanation = words(
            "Next time you need not enter your name and how we reach you again. Whoever uses this device can then see them: "
            "choose this only if it is yours alone."
        )
        form = Form(
            around.address("keep"), words("Remember my details on this device"), None, explanation, hidden=around.hidden
        )
    return replace(screen, blocks=(*screen.blocks, Heading(words("Next time")), form))
