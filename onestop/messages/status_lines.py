"""What really happened to each message about a case, for its resident and its officers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from onestop.journeys.values.recipient import MessageMeans
from onestop.language import Words
from onestop.messages.carrier import NO_ADDRESS, RETURNED, UNREACHABLE
from onestop.store.messages.queue import TOO_MANY, MessageEntry

# Msgids.
TITLES: Mapping[str, str] = {
    "received": "That we have it",
    "accepted": "That the team has it",
    "question": "Our question",
    "update": "Our news",
    "closed": "That we have finished",
}
MEANS_NAMES: Mapping[MessageMeans, str] = {"email": "Email", "sms": "Text message", "letter": "Letter"}
FAILURES: Mapping[str, str] = {
    UNREACHABLE: "{means}: it did not arrive. The telephone was off, or the mailbox was full.",
    NO_ADDRESS: "{means}: it did not arrive. There is no such address or number.",
    RETURNED: "{means}: it came back to us.",
    TOO_MANY: "{means}: it was not sent, because you had many messages from us on that day.",
}


@dataclass(frozen=True, slots=True)
class StatusLine:
    """What a message tells, and what happened to it."""

    title: str
    text: str
    entry: MessageEntry


def status_lines(entries: Iterable[MessageEntry], words: Words) -> tuple[StatusLine, ...]:
    """Return a line about each message."""
    return tuple(
        StatusLine(words(TITLES[one.occasion]), status_text(one, words), one)
        for one in entries
        if one.occasion in TITLES
    )


def status_text(entry: MessageEntry, words: Words) -> str:
    """Return what happened to one message, in one or two sentences."""
    means = words(MEANS_NAMES[entry.means])
    if entry.state == "failed":
        return words(FAILURES.get(entry.reason, "{means}: it could not be sent."), means=means)
    if entry.state == "waiting" and entry.detail:
        text = "{means}: it could not be sent yet. We try again by ourselves, next at {time}."
        return words(text, means=means, time=_moment(entry.due, words))
    if entry.state == "waiting":
        return words("{means}: it is about to be sent.", means=means)
    if entry.state == "sent":
        text = "{means}: sent {time}. We do not know yet whether it has arrived."
        return words(text, means=means, time=_moment(entry.changed, words))
    posted = entry.means == "letter"
    return words(
        "{means}: posted {time}." if posted else "{means}: delivered {time}.",
        means=means, time=_moment(entry.changed, words),
    )  # fmt: skip


def _moment(seconds: int, words: Words) -> str:
    moment = datetime.fromtimestamp(seconds, UTC).astimezone(words.zone)
    return words("{day}, {time}", day=words.date(moment.date()), time=words.time(moment))
