"""What a receipt says about the messages that follow: only what the answers allow and this server can send."""

from collections.abc import Mapping, Sequence

from onestop.journeys.values.recipient import MessageMeans
from onestop.language import Words
from onestop.language.listed import say_list

# Msgids.
PROMISES: Mapping[MessageMeans, str] = {
    "email": "We send you an email when {occasions}.",
    "sms": "We send you a text message when {occasions}.",
    "letter": "We send you a letter when {occasions}.",
}
OCCASIONS: Mapping[str, str] = {
    "received": "we have it",
    "accepted": "the team has it",
    "question": "we need to ask you something",
    "update": "there is news",
    "closed": "we have finished with it",
}


def promise_text(means: MessageMeans, occasions: Sequence[str], words: Words) -> str:
    """Return the sentence of a receipt, or "" if nothing but the receipt itself is sent."""
    later = [words(OCCASIONS[one]) for one in occasions if one != "received"]
    return words(PROMISES[means], occasions=say_list(later, words)) if later else ""
