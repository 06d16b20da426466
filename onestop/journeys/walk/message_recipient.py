"""Whom messages about a case reach, by the answers of its path."""

from onestop.journeys.journey import MessagePromise
from onestop.journeys.kinds.code import code_ask_name
from onestop.journeys.values.recipient import Recipient
from onestop.journeys.walk.walk import Walk


def message_recipient(walk: Walk) -> Recipient | None:
    """Return the first answer that the journey's messages go to and that can be reached, or None.

    Where a code is asked for, an address without it is not used: it may be a stranger's.
    """
    promise = walk.journey.done.messages
    found = (_reached(walk, name) for name in promise.to) if promise else ()
    return next(filter(None, found), None)


def promised_messages(walk: Walk) -> tuple[Recipient, MessagePromise] | None:
    """Return whom messages reach, and what was promised, or None if there are none."""
    recipient, promise = message_recipient(walk), walk.journey.done.messages
    return (recipient, promise) if recipient and promise else None


def _reached(walk: Walk, name: str) -> Recipient | None:
    ask = walk.ask_on_path(name)
    if ask is None or name not in walk.answers:
        return None
    if ask.confirm and not walk.answers.get(code_ask_name(name)):
        return None
    return ask.kind.recipient(walk.answers[name])
