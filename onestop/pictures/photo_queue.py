"""Re-encode photos one at a time, because each takes much memory, with a short queue."""

import asyncio
from dataclasses import dataclass, field

from onestop.pictures.photo import ReencodedPhoto, reencode_photo

AT_ONCE, WAITING = 1, 8


class PhotoQueueFull(Exception):
    """Too many photos are waiting; the request may be repeated soon."""


@dataclass(slots=True)
class PhotoQueue:
    """One for the whole server. `inside` counts the photos being re-encoded or waiting."""

    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    inside: int = 0

    async def reencode(self, raw: bytes) -> ReencodedPhoto:
        """Return the re-encoded photo. Raises NotAPhoto or PhotoQueueFull."""
        if self.inside >= AT_ONCE + WAITING:
            raise PhotoQueueFull
        self.inside += 1
        try:
            async with self.turns:
                return await asyncio.to_thread(reencode_photo, raw)
        finally:
            self.inside -= 1
