"""The capability: messages are sent while the server runs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from secrets import SystemRandom

from aiohttp import web

import onestop.messages
from onestop.capabilities.messages.callback import CALLBACK, answer_callback
from onestop.capability import DATABASE, Capability, Parts
from onestop.catalogue.catalogue import TRACKING
from onestop.delivery.kinds.destination import DestinationContext
from onestop.journeys.values.recipient import MessageMeans
from onestop.messages.carrier import Carrier, OutgoingMessage
from onestop.messages.carriers_file import SMTP, CarrierOptions
from onestop.messages.notify import NotifyCarrier
from onestop.messages.smtp import SmtpCarrier
from onestop.messages.wording import MessageFrame, wording_of
from onestop.messages.worker import MessageWorker
from onestop.site.context import RequestContext
from onestop.site.site import Site
from onestop.store.database import Database
from onestop.store.messages.queue import MessageClaim, MessageContent


class OpenCarriers:
    """The carriers that messages.yaml declares now, each opened once."""

    def __init__(self, parts: Parts) -> None:
        self.parts, self.context = parts, DestinationContext.of(parts.settings, parts.clock)
        self.opened: dict[CarrierOptions, Carrier] = {}

    def of(self, means: MessageMeans) -> Carrier | None:
        site = self.parts.sites.current
        options = site.carriers.declared.get(means) if site else None
        if options is None:
            return None
        if options not in self.opened:
            smtp = options.carrier == SMTP
            self.opened[options] = (
                SmtpCarrier(self.context) if smtp else NotifyCarrier(self.parts.settings.notify, options, self.context)
            )
        return self.opened[options]


def compose(site: Site | None, claim: MessageClaim, content: MessageContent) -> OutgoingMessage:
    """Return a message in the language of its resident. Raises LookupError before the catalogue has been read."""
    if site is None:
        raise LookupError("no catalogue has been read")
    languages = site.catalogue.languages
    language = claim.language if claim.language in languages else languages[0]
    words = next(words for (_, code), words in site.words.items() if code == language)
    brand = site.brands[language]
    service = next((one for one in site.catalogue.services if one.journey and one.journey == content.journey), None)
    prefix = "" if language == languages[0] else f"/{language}"
    title = service.title(language) if service else ""
    frame = MessageFrame(words, brand.name, title, f"{brand.address}{prefix}{TRACKING}")
    subject, body = wording_of(claim.occasion, content, frame)
    return OutgoingMessage(claim.id, content.recipient, subject, body, language)


@asynccontextmanager
async def running(parts: Parts, database: Database) -> AsyncIterator[None]:
    """Send messages until the server ends, once the catalogue has been read."""
    carriers = OpenCarriers(parts)
    worker = MessageWorker(
        database, carriers.of, lambda claim, content: compose(parts.sites.current, claim, content), parts.clock,
        SystemRandom(),
    )  # fmt: skip
    async with worker.running():
        yield


async def notify_callback(context: RequestContext, parts: Parts) -> web.StreamResponse:
    """Take what GOV.UK Notify says became of a message."""
    delivery = DestinationContext.of(parts.settings, parts.clock)
    return await answer_callback(context.request, context.request.app[DATABASE], delivery)


CAPABILITY = Capability(
    "messages", answers={CALLBACK: notify_callback}, words=Path(onestop.messages.__file__).parent, running=running
)
