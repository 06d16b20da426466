"""The kinds of destination that desks.yaml may name. A new kind is one module in `kinds` and one row here."""

from collections.abc import Mapping

from onestop.delivery.destination import DestinationKind
from onestop.delivery.kinds import folder

KINDS: Mapping[str, DestinationKind] = {kind.name: kind for kind in (folder.KIND,)}
