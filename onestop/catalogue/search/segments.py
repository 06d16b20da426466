"""The segments of an index: a large one that is kept, also on disk, and a small one of what has changed since it was made."""

from __future__ import annotations

import logging
from array import array
from collections.abc import Sequence
from pathlib import Path

from onestop.catalogue.cache_file import read_chunks, write_chunks
from onestop.catalogue.search.postings import Thing, packed, post, unpacked
from onestop.catalogue.search.ranking import Segment

WORTHWHILE = 2000
"""An index of fewer things is made sooner than a cache is read."""
MOST_REPLACED = 1000
"""With more changes than this, the whole index is built again."""
log = logging.getLogger("onestop")


def updated(
    large: Segment | None, things: Sequence[Thing], digests: Sequence[int], language: str
) -> tuple[Segment, ...]:
    """Return a large segment without what has changed since, and a small one of the changes; () if they are too many."""
    if large is None:
        return ()
    places = {thing.address: place for place, thing in enumerate(things)}
    kept = array("l", bytes(8 * len(large.addresses)))
    for index, (address, digest) in enumerate(zip(large.addresses, large.digests, strict=True)):
        place = places.get(address, -1)
        if place >= 0 and digests[place] == digest:
            kept[index] = place
            del places[address]
        else:
            kept[index] = -1
    if len(places) > MOST_REPLACED:
        return ()
    large = Segment(large.postings, large.addresses, large.digests, kept)
    changed = sorted(places.values())
    return (
        large,
        _segment([things[place] for place in changed], [digests[place] for place in changed], changed, language),
    )


def _segment(things: Sequence[Thing], digests: Sequence[int], places: Sequence[int], language: str) -> Segment:
    return Segment(post(things, language), tuple(thing.address for thing in things), digests, places)


def cached_segments(
    things: Sequence[Thing], digests: array[int], language: str, folder: Path | None
) -> tuple[Segment, ...]:
    """Return the segments of all things. The large one is read from the cache in `folder`, or made and written there."""
    file = folder / f"search-{language}" if folder and len(things) >= WORTHWHILE else None
    for addresses, indexed, parts in read_chunks(file) if file else ():
        large = Segment(unpacked(parts), addresses, array("Q", indexed), ())
        if segments := updated(large, things, digests, language):
            return segments
    made = _segment(things, digests, range(len(things)), language)
    if file:
        try:
            write_chunks(file, [(made.addresses, digests.tobytes(), packed(made.postings))])
        except OSError as why:
            log.warning("the search index cannot be cached in %s: %s", file, why.strerror or why)
    return (made,)
