"""The kind `webhook`: one signed JSON request a case, as Standard Webhooks 1.0.0 describes it.

The id of a message is the same at every try, and is also sent as `Idempotency-Key`: a receiver whose answer was lost knows the case
when it comes again. Any 2xx means that the receiver has it; the body of the answer is not read.
"""

import asyncio
import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass

from onestop.authoring.node import Node
from onestop.delivery.kinds.destination import (
    Accepted,
    Destination,
    DestinationContext,
    DestinationKind,
    DestinationOptions,
    Outcome,
    Parcel,
    TemporaryFailure,
    deliver_each,
)
from onestop.delivery.kinds.http_client import HttpClient, read_url
from onestop.delivery.kinds.secret_file import SecretMissing

PREFIX = "whsec_"
KEY_BYTES = range(24, 65)
"""How long a key may be (Standard Webhooks 1.0.0, "Signature scheme")."""


@dataclass(frozen=True, slots=True)
class WebhookOptions:
    """`secret` is the name of a secret in the file of secrets; `photos` are sent in base64 inside the document."""

    url: str
    secret: str
    photos: bool = True

    def open(self, context: DestinationContext) -> Destination:
        return Webhook(self, context)

    def missing(self, context: DestinationContext) -> str:
        try:
            signing_keys(context.secrets.of(self.secret))
        except SecretMissing as why:
            return str(why)
        return ""


def parse_options(node: Node) -> DestinationOptions:
    return WebhookOptions(read_url(node), (node / "secret").text(), node.yes("photos", default=True))


KIND = DestinationKind("webhook", ("url", "secret", "photos"), parse_options)


class Webhook:
    """A destination that takes signed requests."""

    batch, parallel = 4, 2

    def __init__(self, options: WebhookOptions, context: DestinationContext) -> None:
        self.options, self.context, self.client = options, context, HttpClient(context)

    async def deliver(self, parcels: Sequence[Parcel]) -> Sequence[Outcome]:
        return await deliver_each(parcels, self._send)

    async def _send(self, parcel: Parcel) -> Accepted:
        try:
            keys = signing_keys(self.context.secrets.of(self.options.secret))
        except SecretMissing as why:
            raise TemporaryFailure(str(why)) from None
        # Photos make it megabytes: not on the event loop.
        body = await asyncio.to_thread(document, parcel, photos=self.options.photos)
        message, now = message_id(parcel), int(self.context.clock())
        headers = {
            "Content-Type": "application/json",
            "webhook-id": message,
            "webhook-timestamp": str(now),
            "webhook-signature": await asyncio.to_thread(signature, keys, message, now, body),
            "Idempotency-Key": f'"{message}"',
        }
        await self.client.send("POST", self.options.url, headers=headers, data=body, read=False)
        return Accepted()

    async def forget(self, case: str, desk: str) -> None:
        """Keeps no records: the receiver sees the same id again."""

    async def tidy(self, now: float) -> None:
        """Keeps no records."""


def message_id(parcel: Parcel) -> str:
    """Return the id of a case's message. It has no full stop, which separates the parts of what is signed."""
    return f"msg_{parcel.case}-{parcel.desk}"


def document(parcel: Parcel, *, photos: bool) -> bytes:
    """Return the JSON document: the same bytes at every try."""
    contents = {photo.name: base64.b64encode(photo.content).decode() for photo in parcel.photos} if photos else {}
    body = {"type": "case.submitted", "timestamp": parcel.body.get("submitted"), "data": parcel.body}
    return json.dumps({**body, "photos": contents}, ensure_ascii=False, separators=(",", ":")).encode()


def signing_keys(secrets: Sequence[str]) -> tuple[bytes, ...]:
    """Return the keys of secrets like whsec_BASE64. Raises `SecretMissing`."""
    keys = []
    for secret in secrets:
        try:
            key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
        except (binascii.Error, ValueError):
            key = b""
        if not secret.startswith(PREFIX) or len(key) not in KEY_BYTES:
            raise SecretMissing(f"a webhook's secret must be {PREFIX} and 24 to 64 bytes in base64")
        keys.append(key)
    return tuple(keys)


def signature(keys: Sequence[bytes], message: str, now: int, body: bytes) -> str:
    """Return the header: one `v1,` signature a key, so that a receiver that has either key during a replacement accepts it."""
    signed = f"{message}.{now}.".encode() + body
    made = (base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode() for key in keys)
    return " ".join(f"v1,{one}" for one in made)
