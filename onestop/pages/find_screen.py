"""The public screen at an address."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from onestop.screen import Screen
from onestop.site.context import Context

ScreenAt = Callable[[Context], Screen | None]
BlocksLoop = Callable[[Context], bool]
"""Returns whether finding the screen at an address would block the event loop."""


@dataclass(frozen=True, slots=True)
class Screens:
    """`by_address` are the declared public screens: "/search" is one address, "/search/" everything below it, "/" all others.

    Those in `slow` may block the event loop; the function says when they do, and must be found in a thread.
    """

    by_address: Mapping[str, ScreenAt]
    slow: Mapping[str, BlocksLoop] = field(default_factory=dict)

    def find(self, context: Context) -> Screen | None:
        """Return the screen at an address: the channel's own, or the one declared for it; None if there is none."""
        own = context.channel.own_screens.get(segment(context.address.neutral))
        screen = own(context.address.neutral, context.words) if own else None
        if screen is not None:
            return screen
        make = self.by_address.get(self._declared(context.address.neutral))
        return make(context) if make else None

    def is_slow(self, neutral: str) -> bool:
        """Return whether finding the screen may block the event loop."""
        return self._declared(neutral) in self.slow

    async def find_anywhere(self, context: Context) -> Screen | None:
        """Return the screen at an address or None, found in a thread if it would block the event loop."""
        blocks = self.slow.get(self._declared(context.address.neutral))
        return await asyncio.to_thread(self.find, context) if blocks and blocks(context) else self.find(context)

    def _declared(self, neutral: str) -> str:
        below = f"/{segment(neutral)}/"
        return next((key for key in (neutral, below) if key in self.by_address), "/")


def segment(neutral: str) -> str:
    """Return the first segment of a neutral address: "search" for /search/bins."""
    return neutral[1:].partition("/")[0]
