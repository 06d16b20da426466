"""Where photos are drawn anew: one at a time, because each takes much memory, and a few may wait."""

import asyncio
from dataclasses import dataclass, field

from onestop.pictures.photo import Photo, redrawn

AT_ONCE, WAITING = 1, 8


class Crowded(Exception):
    """More photos are waiting than there is room for; it may be tried again soon."""


@dataclass(slots=True)
class Darkroom:
    """One for the whole server. `inside` counts those that are drawn or wait."""

    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    inside: int = 0

    async def redrawn(self, raw: bytes) -> Photo:
        """The photo, when it is its turn. Raises `NoPhoto` or `Crowded`."""
        if self.inside >= AT_ONCE + WAITING:
            raise Crowded
        self.inside += 1
        try:
            async with self.turns:
                return await asyncio.to_thread(redrawn, raw)
        finally:
            self.inside -= 1
