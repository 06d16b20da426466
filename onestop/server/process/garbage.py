"""Short garbage collections: a long one would hold the event loop, whoever's request began it."""

import gc
import time
from collections.abc import Callable, Mapping

YOUNG, MIDDLE, OLD = 1000, 5, 3
"""New objects, and collections of the generation before, that make a collection due. A rendered page leaves cycles of some thousand
objects: collected often, they are few at a time. In larger steps we saw 128 ms."""
THRESHOLDS = 20 * YOUNG, MIDDLE, OLD
"""When the interpreter collects by itself, in the middle of a request: only where a single step of the loop makes so many objects."""
PAUSE = 0.02
MOST, EVERY = 20_000, 60.0
"""Survivors of a full collection, such as cached pages, beyond which they are not looked at again; and how often at most, in seconds:
what is frozen while a request uses it, and is part of a cycle, is never freed. At once an hour 124,000 survived a busy server's
collections, which took 28 to 45 ms each."""
FULL = 2


Later = Callable[[float, Callable[[], None]], object]


def collect_if_due() -> None:
    """Collect the oldest generation that is due, if any is."""
    young, middle, old = gc.get_count()
    if young >= YOUNG:
        gc.collect(FULL if old > OLD else 1 if middle > MIDDLE else 0)


class ShortCollections:
    """Keeps collections short from `begin` on. `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self._frozen = clock()

    def begin(self, later: Later) -> None:
        """Leave everything made so far out of collections. Call it once, when the catalogue has been read.

        `later` calls a function after some seconds, on the event loop: collections are steps of their own, and lengthen no request.
        """
        gc.collect()
        gc.freeze()
        # A full collection waits for a quarter as many new objects as the last one looked at: let that be few.
        gc.collect()
        gc.set_threshold(*THRESHOLDS)
        gc.callbacks.append(self.freeze_survivors)
        self._repeat(later)

    def _repeat(self, later: Later) -> None:
        # Somebody who has switched collections off wants none (onestop/site/quiet.py).
        if gc.isenabled():
            collect_if_due()
        later(PAUSE, lambda: self._repeat(later))

    def freeze_survivors(self, phase: str, about: Mapping[str, int]) -> None:
        """Called by the interpreter before and after each collection."""
        if phase != "stop" or about["generation"] != FULL or self.clock() - self._frozen < EVERY:
            return
        if len(gc.get_objects(generation=FULL)) > MOST:
            self._frozen = self.clock()
            gc.freeze()
