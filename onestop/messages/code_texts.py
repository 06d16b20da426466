"""What the question for a code says when something is wrong with it: msgids."""

from collections.abc import Mapping

from onestop.journeys.values.recipient import Recipient
from onestop.language import Words

CHECK_TEXTS: Mapping[str, str] = {
    "wrong": "That is not the code. Check it, or ask for another one",
    "expired": "That code works no more. Ask for another one",
}
SENDING_TEXTS: Mapping[str, str] = {
    "too soon": "Wait a minute before you ask for another code",
    "too many": "No more codes can be sent there today. Skip this, or give another address",
}


def unsent_text(recipient: Recipient, words: Words) -> str:
    """Return the warning above the question if no code could be sent."""
    return words(
        "No code could be sent to {to}. Check it, or skip this: then we cannot send you messages.", to=recipient.to
    )
