"""The segments of an index: a large one that is kept, also on disk, and a small one of what has changed since it was made."""

from __future__ import annotations

import logging
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from onestop.catalogue.cache_file import read_chunks, write_chunks
from onestop.catalogue.resident_words import ResidentWords
from onestop.catalogue.search.fields import Thing, weights
from onestop.catalogue.search.postings import packed, post, unpacked
from onestop.catalogue.search.ranking import Segment
from onestop.catalogue.search.stems import stemmers

WORTHWHILE = 2000
"""An index of fewer things is made sooner than a cache is read."""
MOST_REPLACED = 1000
"""With more changes than this, the whole index is built again."""
log = logging.getLogger("onestop")


@dataclass(frozen=True, slots=True)
class IndexedThings:
    """The sections and services of a catalogue in order, the digests of their words, and what decides how they are indexed."""

    things: Sequence[Thing]
    digests: array[int]
    language: str
    residents: ResidentWords

    def segment(self, places: Sequence[int]) -> Segment:
        """Return a new segment of the things at some places."""
        chosen = [self.things[place] for place in places]
        postings = post([weights(thing, self.language, self.residents) for thing in chosen], stemmers(self.language))
        addresses = tuple(thing.address for thing in chosen)
        return Segment(postings, addresses, array("Q", (self.digests[place] for place in places)), places)


def updated(large: Segment | None, things: IndexedThings) -> tuple[Segment, ...]:
    """Return a large segment without what has changed since, and a small one of the changes; () if they are too many."""
    if large is None:
        return ()
    places = {thing.address: place for place, thing in enumerate(things.things)}
    kept = array("l", bytes(8 * len(large.addresses)))
    for index, (address, digest) in enumerate(zip(large.addresses, large.digests, strict=True)):
        place = places.get(address, -1)
        if place >= 0 and things.digests[place] == digest:
            kept[index] = place
            del places[address]
        else:
            kept[index] = -1
    if len(places) > MOST_REPLACED:
        return ()
    return Segment(large.postings, large.addresses, large.digests, kept), things.segment(sorted(places.values()))


def cached_segments(things: IndexedThings, folder: Path | None) -> tuple[Segment, ...]:
    """Return the segments of all things. The large one is read from the cache in `folder`, or made and written there."""
    file = folder / f"search-{things.language}" if folder and len(things.things) >= WORTHWHILE else None
    for addresses, indexed, parts in read_chunks(file) if file else ():
        large = Segment(unpacked(parts), addresses, array("Q", indexed), ())
        if segments := updated(large, things):
            return segments
    made = things.segment(range(len(things.things)))
    if file:
        try:
            write_chunks(file, [(made.addresses, things.digests.tobytes(), packed(made.postings))])
        except OSError as why:
            log.warning("the search index cannot be cached in %s: %s", file, why.strerror or why)
    return (made,)
