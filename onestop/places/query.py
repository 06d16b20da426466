"""One step of finding an address: what was asked for, short enough to stand in the address of a page once it is encrypted."""

from dataclasses import dataclass
from typing import Literal, get_args

QueryKind = Literal["keys", "postcode", "streets", "street", "near", "home", "uprn"]
KINDS: tuple[QueryKind, ...] = get_args(QueryKind)


@dataclass(frozen=True, slots=True)
class PlaceQuery:
    """`key` is the digits of a postcode, a postcode, words of a street, a USRN, "latitude,longitude" or a UPRN, which `home` has of an
    address that was chosen, and `uprn` of one that was typed or scanned.

    `words` are the house and flat that were typed with it. `start` and `end` are the part of the list that was chosen; 0, 0 is all.
    """

    kind: QueryKind
    key: str
    words: str = ""
    start: int = 0
    end: int = 0

    def text(self) -> str:
        """Return the query as a short text: every television page that lists addresses has it in its address."""
        part = f"{self.start}-{self.end}" if self.end else ""
        return "|".join((str(KINDS.index(self.kind)), self.key, part, self.words)).rstrip("|")


def read_query(text: str) -> PlaceQuery:
    """Return the query that `text` was made of."""
    kind, key, part, words = [*text.split("|", 3), "", "", ""][:4]
    start, _, end = part.partition("-")
    return PlaceQuery(KINDS[int(kind)], key, words, int(start or 0), int(end or 0))
