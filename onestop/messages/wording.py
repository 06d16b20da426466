"""The text of a message, in the language of its resident, for an e-mail, a text message or a letter."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from onestop.casework.reference import grouped
from onestop.language import Words
from onestop.store.messages.queue import CODE, MessageContent


@dataclass(frozen=True, slots=True)
class Wording:
    """The msgids of one occasion. What an officer wrote stands between `first` and `last`."""

    subject: str
    first: str
    last: str = ""


# Msgids. The first is all that a notification on a locked telephone shows: no answers, and no address.
FOLLOW = "Your reference is {reference}. Follow it at {address}"
OCCASION_WORDING: Mapping[str, Wording] = {
    "received": Wording("{council} has what you sent", "{service}: we have what you sent.", FOLLOW),
    "accepted": Wording("The team has what you sent", "{service}: the team has it now.", FOLLOW),
    "question": Wording(
        "{council} has a question for you",
        "{service}: we need to ask you something.",
        "Your reference is {reference}. Answer at {address}",
    ),
    "update": Wording("{council} has news for you", "{service}: we have news.", FOLLOW),
    "closed": Wording("{council} has finished with what you sent", "{service}: we have finished with it.", FOLLOW),
    CODE: Wording(
        "Your code",
        "{code} is your code for {council}. It works for 10 minutes.",
        "If you did not ask for it, leave it: nothing happens.",
    ),
}
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
LINK = re.compile(r"://|(?<=www)\.|(?<=\w)\.(?=[^\W\d_]{2,})", re.IGNORECASE)
OFFICERS = "text"
"""The value that an officer wrote. Every other one may be a resident's, whose links must not become the council's."""
LONGEST_TEXT = 2000


@dataclass(frozen=True, slots=True)
class MessageFrame:
    """What every message of a language says: the council, the service of the case or "", and where a case is followed."""

    words: Words
    council: str
    service: str
    address: str


def wording_of(occasion: str, content: MessageContent, frame: MessageFrame) -> tuple[str, str]:
    """Return the subject, one line without anything a resident wrote, and the body. A text message is one paragraph."""
    words, wording = frame.words, OCCASION_WORDING[occasion]
    values = {name: clean(text, links=name == OFFICERS) for name, text in content.values.items()}
    written = values.pop(OFFICERS, "")
    places = {
        **values, "council": frame.council, "service": frame.service or frame.council,
        "reference": grouped(content.reference), "address": frame.address,
    }  # fmt: skip
    paragraphs = (words(wording.first, **places), written, words(wording.last, **places) if wording.last else "")
    between = " " if content.recipient.means == "sms" else "\n\n"
    subject = words(wording.subject, **places)
    return CONTROLS.sub(" ", subject.replace("\n", " ")), between.join(filter(None, paragraphs))


def clean(text: str, *, links: bool) -> str:
    """Return a text without invisible signs and, unless it may have `links`, with none that a mail program makes into one."""
    plain = CONTROLS.sub("", text[:LONGEST_TEXT]).strip()
    return plain if links else LINK.sub(lambda found: f" {found[0]} ", plain)
