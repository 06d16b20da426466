"""The carriers of messages: content/messages.yaml says which takes e-mail, text messages and letters."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from onestop.authoring.faults import Fault
from onestop.authoring.node import Node, SourceFile
from onestop.authoring.source import Source
from onestop.delivery.kinds.destination import DestinationContext
from onestop.delivery.kinds.mail_server import mail_missing
from onestop.delivery.kinds.secret_file import SecretMissing
from onestop.journeys.values.recipient import MEANS, MessageMeans
from onestop.messages.notify_token import NOTIFY_SECRET, read_api_key

FILE, DEEPEST = "messages.yaml", 4
SMTP, NOTIFY = "smtp", "notify"
CARRIERS: Mapping[MessageMeans, tuple[str, ...]] = {"email": (SMTP, NOTIFY), "sms": (NOTIFY,), "letter": (NOTIFY,)}
"""The carriers that can take each means."""
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class CarrierOptions:
    """`template` is that of GOV.UK Notify; `sender` is its id of the address that replies go to, or of the sender of texts, or ""."""

    carrier: str
    template: str = ""
    sender: str = ""

    def missing(self, context: DestinationContext) -> str:
        """Return what the settings lack for this carrier, in one sentence, or ""."""
        if self.carrier == SMTP:
            return mail_missing(context)
        try:
            read_api_key(context.secrets.first(NOTIFY_SECRET))
        except SecretMissing as why:
            return str(why)
        return ""


@dataclass(frozen=True, slots=True)
class Carriers:
    """The carrier of each means that messages.yaml declares."""

    declared: Mapping[MessageMeans, CarrierOptions] = field(default_factory=dict)

    def missing(self, context: DestinationContext) -> Sequence[str]:
        """Return a sentence about each carrier that the settings do not suffice for."""
        lacks = ((means, options.missing(context)) for means, options in self.declared.items())
        return [f"messages by {means}: {why}" for means, why in lacks if why]

    def working(self, context: DestinationContext) -> frozenset[MessageMeans]:
        """Return the means by which messages can be sent with these settings."""
        return frozenset(means for means, options in self.declared.items() if not options.missing(context))


def read_carriers(folder: Path, languages: tuple[str, ...]) -> tuple[Carriers, tuple[Fault, ...]]:
    """Parse the messages.yaml of a content folder; return the carriers and the faults. Without the file there are none."""
    path = folder / FILE
    source = Source(f"{folder.name or folder.resolve().name}/{FILE}")
    text = source.text(path) if path.exists() else None
    tree = source.tree(text, deepest=DEEPEST) if text is not None else None
    if text is None or tree is None:
        return Carriers(), tuple(source.faults)
    file = Node(SourceFile(source, tree, text.split("\n"), languages))
    written = file.entries(MEANS)
    found = {means: _parse(means, file / means) for means in MEANS if means in written}
    return Carriers({means: options for means, options in found.items() if options}), tuple(source.faults)


def _parse(means: MessageMeans, node: Node) -> CarrierOptions | None:
    if not isinstance(node.value, dict):
        node.fault("a carrier must be a mapping, like {carrier: notify, template: ID}")
        return None
    carrier = (node / "carrier").one_of(CARRIERS[means])
    if carrier is None:
        return None
    node.entries(("carrier",) if carrier == SMTP else ("carrier", "template", "sender"))
    if carrier == SMTP:
        return CarrierOptions(carrier)
    return CarrierOptions(carrier, _id(node / "template"), _id(node / "sender") if node.has("sender") else "")


def _id(node: Node) -> str:
    text = node.text()
    if text and not UUID.fullmatch(text):
        node.fault(f"`{text}` is no id of GOV.UK Notify, like 3f2c4b1a-0c5e-4d2f-9a51-7b1f0d1f2a33")
    return text
