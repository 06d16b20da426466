"""Where photos are drawn anew: one at a time, because each takes much memory, and a few may wait."""

import asyncio
from dataclasses import dataclass, field

from onestop.pictures.photo import ReencodedPhoto, reencode_photo

AT_ONCE, WAITING = 1, 8


class PhotoQueueFull(Exception):
    """More photos are waiting than there is room for; it may be tried again soon."""


@dataclass(slots=True)
class PhotoQueue:
    """One for the whole server. `inside` counts those that are drawn or wait."""

    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    inside: int = 0

    async def reencode(self, raw: bytes) -> ReencodedPhoto:
        """The photo, when it is its turn. Raises `NotAPhoto` or `PhotoQueueFull`."""
        if self.inside >= AT_ONCE + WAITING:
            raise PhotoQueueFull
        self.inside += 1
        try:
            async with self.turns:
                return await asyncio.to_thread(reencode_photo, raw)
        finally:
            self.inside -= 1
