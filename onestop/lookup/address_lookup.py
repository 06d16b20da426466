"""Look an address up for one visitor: what they typed, the lists that follow, and the limit of their network."""

from collections.abc import Sequence
from dataclasses import dataclass

from onestop.http.client import counted_network
from onestop.lookup.finder import ListedChoice, NotFound, list_choices, shown_choices, understand, understand_keys
from onestop.places.gazetteer.reader import Gazetteer
from onestop.places.query import PlaceQuery, read_query
from onestop.settings import Settings
from onestop.site.context import RequestContext
from onestop.store.counts import network_counts
from onestop.store.database import Database
from onestop.store.encryption.address_token import make_address_token, read_address_token

PURPOSE = "lookup"
"""Of the tokens of queries: no page of another room accepts them."""
COUNTED = ("postcode", "street", "near", "uprn")
"""Queries that list addresses: each counts towards the limit of a network."""
COUNTED_AS_ONE = 20
"""Addresses of a list that count as one look-up, so that long streets are no cheaper to read out than postcodes."""


@dataclass(frozen=True, slots=True)
class AddressLookup:
    """The look-ups of one request. Raises NoGazetteer where there is none."""

    context: RequestContext
    gazetteer: Gazetteer
    settings: Settings
    database: Database

    async def understand(self, typed: str) -> PlaceQuery | NotFound:
        """Return the query of a typed or pasted text, or of a postcode keyed by digits where there is no keyboard."""
        keyboard = self.context.channel.means.keyboard
        return await (understand if keyboard else understand_keys)(self.gazetteer, typed)

    async def shown(self, query: PlaceQuery) -> Sequence[ListedChoice]:
        """Return the rows to show of a query's list: where there is no keyboard, few enough for a digit each."""
        choices = await list_choices(self.gazetteer, query)
        in_parts = not self.context.channel.means.keyboard
        return shown_choices(choices, query, in_parts=in_parts) if choices else ()

    async def too_many(self, query: PlaceQuery) -> bool:
        """Count a query that lists addresses; return whether the network has listed too many today."""
        if query.kind not in COUNTED or query.end:
            return False
        network = counted_network(self.context.request, self.settings.trusted_proxies)
        most, now = self.settings.lookups_a_day, self.context.seconds
        number = lookups_of(len(await list_choices(self.gazetteer, query)))
        return await self.database.run(lambda tx: network_counts.count_lookup(tx, network, number, most, now))

    def token(self, query: PlaceQuery) -> str:
        """Return the query encrypted, to stand in the address of a page."""
        secret, now = self.context.visitor.secret, self.context.seconds
        return make_address_token(self.database.keys, PURPOSE, query.text(), secret, now)

    def query(self, token: str) -> PlaceQuery | None:
        """Return the query of a token, or None if it is forged, another visitor's or too old."""
        secret, now = self.context.visitor.secret, self.context.seconds
        text = read_address_token(self.database.keys, PURPOSE, token, secret, now)
        return read_query(text) if text else None


def lookups_of(addresses: int) -> int:
    """Return as how many look-ups a list of so many addresses counts."""
    return max(1, -(-addresses // COUNTED_AS_ONE))
