"""The kinds of destination that desks.yaml may name. A new kind is one module in `kinds` and one row here."""

from collections.abc import Mapping

from onestop.delivery.kinds import email, folder, open311, webhook
from onestop.delivery.kinds.destination import DestinationKind

KINDS: Mapping[str, DestinationKind] = {
    kind.name: kind for kind in (folder.KIND, webhook.KIND, email.KIND, open311.KIND)
}
