"""GOV.UK Notify: an asynchronous client of its API, version 2 (docs.notifications.service.gov.uk/rest-api.html).

It has no idempotency key: before a message is sent again, it is asked whether it has one with our reference that has not failed.
"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NoReturn
from urllib.parse import quote

from onestop.delivery.kinds.destination import DestinationContext, PermanentFailure, TemporaryFailure
from onestop.delivery.kinds.http_client import HttpAnswer, HttpClient
from onestop.delivery.kinds.secret_file import SecretMissing
from onestop.journeys.values.recipient import MessageMeans, Recipient
from onestop.messages.carrier import NO_ADDRESS, REFUSED, RETURNED, UNREACHABLE, OutgoingMessage
from onestop.messages.carriers_file import CarrierOptions
from onestop.messages.notify_token import NOTIFY_SECRET, make_token, read_api_key
from onestop.store.messages.queue import MessageState, MessageStatus

STATUSES: Mapping[str, tuple[MessageState, str]] = {
    "created": ("sent", ""),
    "sending": ("sent", ""),
    "pending": ("sent", ""),
    "sent": ("sent", ""),
    "accepted": ("sent", ""),
    "pending-virus-check": ("sent", ""),
    "delivered": ("delivered", ""),
    "received": ("delivered", ""),
    "permanent-failure": ("failed", NO_ADDRESS),
    "temporary-failure": ("failed", UNREACHABLE),
    "technical-failure": ("failed", REFUSED),
    "validation-failed": ("failed", REFUSED),
    "virus-scan-failed": ("failed", REFUSED),
    "cancelled": ("failed", REFUSED),
}
"""What each of its statuses means; of a letter, `received` is that it was printed and posted."""
RATE_WAIT, KEY_WAIT = 60, 900
"""Seconds until the next try after too many requests in a minute, and after our key or clock was refused."""
SENDER_FIELDS: Mapping[MessageMeans, str] = {"email": "email_reply_to_id", "sms": "sms_sender_id"}


class NotifyCarrier:
    """Sends by one means through GOV.UK Notify."""

    def __init__(self, url: str, options: CarrierOptions, context: DestinationContext) -> None:
        self.url, self.options, self.context, self.client = url.rstrip("/"), options, context, HttpClient(context)

    async def send(self, message: OutgoingMessage, *, again: bool) -> MessageStatus:
        if again and (known := await self._by_reference(message.id)) and known.state != "failed":
            return known
        answer = await self._request("POST", f"/v2/notifications/{message.recipient.means}", self._body(message))
        if answer.status != 201:
            self._fail(answer)
        return MessageStatus("sent", number=_text(_document(answer), "id"))

    async def status(self, number: str) -> MessageStatus | None:
        answer = await self._request("GET", f"/v2/notifications/{quote(number, safe='')}")
        if answer.status != 200:
            self._fail(answer)
        return read_status(_document(answer))

    async def _by_reference(self, reference: str) -> MessageStatus | None:
        answer = await self._request("GET", f"/v2/notifications?reference={quote(reference, safe='')}")
        if answer.status != 200:
            self._fail(answer)
        listed = _document(answer).get("notifications")
        found = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
        return next((read_status(one) for one in found if one.get("reference") == reference), None)

    def _body(self, message: OutgoingMessage) -> Mapping[str, object]:
        texts = {"subject": message.subject, "body": message.body}
        field = SENDER_FIELDS.get(message.recipient.means, "")
        sender = {field: self.options.sender} if field and self.options.sender else {}
        common = {"template_id": self.options.template, "reference": message.id, **sender}
        return ADDRESSED[message.recipient.means](common, texts, message.recipient)

    async def _request(self, method: str, path: str, body: Mapping[str, object] | None = None) -> HttpAnswer:
        try:
            key = read_api_key(self.context.secrets.first(NOTIFY_SECRET))
        except SecretMissing as why:
            raise TemporaryFailure(str(why)) from None
        # Signed for each try: it is refused when it is 30 seconds old.
        headers = {
            "Authorization": f"Bearer {make_token(key, self.context.clock())}",
            "Content-Type": "application/json",
        }
        data = json.dumps(body).encode() if body is not None else None
        return await self.client.exchange(method, self.url + path, headers=headers, data=data)

    def _fail(self, answer: HttpAnswer) -> NoReturn:
        """Raise what an error means, by its code and type only: its text may quote the recipient."""
        kind = error_type(answer)
        what = f"GOV.UK Notify answered {answer.status} {kind}".rstrip()
        if answer.status == 429:
            now = self.context.clock()
            wait = until_midnight(now) if kind == "TooManyRequestsError" else RATE_WAIT
            raise TemporaryFailure(what, max(wait, answer.wait))
        if kind == "AuthError":
            raise TemporaryFailure(f"{what}: correct the key, or this machine's clock", KEY_WAIT)
        if 400 <= answer.status < 500 and answer.status != 408:
            raise PermanentFailure(what, answer.status)
        raise TemporaryFailure(what, answer.wait)


def _addressed_text(field: str) -> Callable[[Mapping[str, object], Mapping[str, str], Recipient], Mapping[str, object]]:
    def make(common: Mapping[str, object], texts: Mapping[str, str], to: Recipient) -> Mapping[str, object]:
        return {**common, field: to.to, "personalisation": texts}

    return make


def _addressed_letter(common: Mapping[str, object], texts: Mapping[str, str], to: Recipient) -> Mapping[str, object]:
    lines = {f"address_line_{number}": line for number, line in enumerate(to.to.split("\n"), 1)}
    return {**common, "personalisation": {**texts, **lines}}


ADDRESSED: Mapping[
    MessageMeans, Callable[[Mapping[str, object], Mapping[str, str], Recipient], Mapping[str, object]]
] = {"email": _addressed_text("email_address"), "sms": _addressed_text("phone_number"), "letter": _addressed_letter}


def read_status(notification: Mapping[str, object]) -> MessageStatus:
    """Return the status of a notification, as a list, a GET or a callback has it. An unknown one counts as sent."""
    status = _text(notification, "status")
    state, reason = STATUSES.get(status, ("sent", ""))
    return MessageStatus(state, number=_text(notification, "id"), reason=reason, detail=status if reason else "")


def returned_letter(found: Mapping[str, object]) -> MessageStatus | None:
    """Return the status of a letter that came back, if a callback tells of one: those have a `notification_id` and no status."""
    if not found.get("notification_id") or found.get("status"):
        return None
    return MessageStatus("failed", number=_text(found, "notification_id"), reason=RETURNED)


def error_type(answer: HttpAnswer) -> str:
    """Return the type of the first error of an answer, like "BadRequestError", or ""."""
    errors = _document(answer).get("errors")
    first = errors[0] if isinstance(errors, list) and errors else None
    found = _text(first, "error") if isinstance(first, dict) else ""
    return found if found.isalpha() and len(found) <= 40 else ""


def until_midnight(now: float) -> int:
    """Return the seconds until 00:00 UTC, when the limit of a day begins again."""
    moment = datetime.fromtimestamp(now, UTC)
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return int((midnight - moment).total_seconds()) + 1


def _document(answer: HttpAnswer) -> dict[str, Any]:
    try:
        found = json.loads(answer.body or b"{}")
    except ValueError:
        found = {}
    return found if isinstance(found, dict) else {}


def _text(found: Mapping[str, object], key: str) -> str:
    return str(found.get(key) or "")
