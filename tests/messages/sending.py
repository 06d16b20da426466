"""A message worker on a driven clock, whose carrier is the stand-in for GOV.UK Notify or a mail server."""

import json
from pathlib import Path
from random import Random

from delivery.desks import Clock, context_of
from support.servers.notify_stand_in import API_KEY, TEMPLATES, NotifyStandIn

from onestop.journeys.values.recipient import MessageMeans
from onestop.messages.carrier import Carrier, OutgoingMessage
from onestop.messages.carriers_file import NOTIFY, CarrierOptions
from onestop.messages.notify import NotifyCarrier
from onestop.messages.worker import MessageWorker
from onestop.store.database import Database
from onestop.store.messages.queue import MessageClaim, MessageContent

OPTIONS = CarrierOptions(NOTIFY, next(iter(TEMPLATES)))


def write_secrets(folder: Path, **secrets: str) -> Path:
    file = folder / "secrets.toml"
    file.write_text("".join(f"{name} = {json.dumps(secret)}\n" for name, secret in secrets.items()))
    file.chmod(0o600)
    return file


def notify_carrier(url: str, folder: Path, clock: Clock, key: str = API_KEY) -> NotifyCarrier:
    secrets = write_secrets(folder, notify=key)
    context = context_of(folder, secrets=str(secrets), private_destinations="yes")
    return NotifyCarrier(url, OPTIONS, type(context)(context.settings, context.secrets, clock))


def worker_with(database: Database, carrier: Carrier | None, clock: Clock) -> MessageWorker:
    def compose(claim: MessageClaim, content: MessageContent) -> OutgoingMessage:
        return OutgoingMessage(claim.id, content.recipient, "A subject", "A body", claim.language)

    def carriers(means: MessageMeans) -> Carrier | None:
        return carrier

    return MessageWorker(database, carriers, compose, clock, Random(1))


def worker_of(database: Database, stand_in: NotifyStandIn, folder: Path, clock: Clock) -> MessageWorker:
    return worker_with(database, notify_carrier(stand_in.url, folder, clock), clock)
