"""A photo that is being received, counted against one memory budget for the whole server until its request ends."""

from dataclasses import dataclass, field
from io import BytesIO

from aiohttp import web

MAX_PHOTO = 12 * 1024 * 1024
"""Bytes of an uploaded photo: a telephone of 2026 makes 3 to 8 MB."""
MAX_DRAINED = 64 * 1024 * 1024
"""Bytes of an oversized photo that are still read and discarded, so that the browser sees why it was refused."""
MAX_BUFFERED = 256 * 1024 * 1024
"""Bytes of all photos in memory at once: about twenty large ones."""


@dataclass(slots=True)
class UploadBudget:
    """The memory of all photos being received or processed, in bytes; one for the whole server."""

    held: int = 0

    def hold(self, size: int) -> None:
        """Reserve `size` bytes. Raises HTTPServiceUnavailable if that exceeds MAX_BUFFERED."""
        if self.held + size > MAX_BUFFERED:
            raise web.HTTPServiceUnavailable
        self.held += size


@dataclass(slots=True)
class PhotoUpload:
    """`received` counts all bytes of the file, also those beyond MAX_PHOTO, which are discarded.

    `release` must be called when the request ends, whatever its outcome. It frees the bytes at once: frames and exceptions that
    form reference cycles may keep this object, but not the bytes, until the next garbage collection.
    """

    budget: UploadBudget
    received: int = 0
    content: bytes | None = None
    _held: int = 0
    _buffer: BytesIO = field(default_factory=BytesIO)

    @property
    def too_large(self) -> bool:
        return self.received > MAX_PHOTO

    def write(self, chunk: bytes | bytearray) -> None:
        """Append a chunk. Raises HTTPServiceUnavailable, or HTTPRequestEntityTooLarge beyond MAX_DRAINED."""
        self.received += len(chunk)
        if self.received > MAX_DRAINED:
            raise web.HTTPRequestEntityTooLarge(MAX_PHOTO, self.received)
        if self.too_large:
            self.release()
            return
        self.budget.hold(len(chunk))
        self._held += len(chunk)
        self._buffer.write(chunk)

    def finish(self) -> None:
        """Set `content` once the whole file has arrived; None for a file that is empty or too large."""
        if not self.too_large:
            self.content = self._buffer.getvalue() or None
            self._buffer = BytesIO()

    def release(self) -> None:
        """Free the bytes and return them to the budget."""
        self.budget.held -= self._held
        self._held = 0
        self.content = None
        self._buffer = BytesIO()
