"""Cached pages with values to insert: rendered once with placeholders, then sent with each request's own values."""

import re
import struct
import zlib
from collections import OrderedDict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass

import deflate
from aiohttp import web

from onestop.http.final_headers import mark_single_packet
from onestop.http.prepared import DATED, STRONGEST, PreparedResponse, ResponseHeaders, takes_gzip

GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
EMPTY_BLOCK = b"\x00\x00\xff\xff"
NEVER_IN_UTF8 = bytes(range(0xF5, 0x100))
MOST_BYTES = 16_000_000
Values = Mapping[str, str]
"""By name. Nothing is escaped when they are inserted, so they may have nothing to escape."""


@dataclass(frozen=True, slots=True)
class PageTemplate:
    """A rendered page in pieces: bytes are its text, a string names the value to insert there.

    `packed` is the deflate stream in the same pieces, each value to be a stored (uncompressed) block, so that a page is a matter of
    joining bytes. A page that would be larger so than `room` bytes is compressed whole instead; 0 is no limit.
    """

    status: int
    headers: ResponseHeaders
    label: tuple[str, str]
    room: int
    plain: tuple[bytes | str, ...]
    packed: tuple[bytes | str, ...]

    def body(self, values: Values, *, gzip: bool) -> bytes:
        """Return the page with its values."""
        whole = b"".join([values[part].encode() if isinstance(part, str) else part for part in self.plain])
        if not gzip:
            return whole
        stream = [_stored(values[part].encode()) if isinstance(part, str) else part for part in self.packed]
        trailer = struct.pack("<II", zlib.crc32(whole), len(whole) & 0xFFFFFFFF)
        body = b"".join([GZIP_HEADER, *stream, trailer])
        return bytes(deflate.gzip_compress(whole, STRONGEST)) if self.room and len(body) > self.room else body

    def response(self, request: web.BaseRequest, values: Values) -> web.Response:
        """Return the response to a request, with the page in an encoding that it accepts."""
        packed = takes_gzip(request.headers.get("Accept-Encoding", ""))
        response = web.Response(status=self.status, headers=self.headers, body=self.body(values, gzip=packed))
        if packed:
            response.headers["Content-Encoding"] = "gzip"
        return mark_single_packet(response, self.room)

    @property
    def size(self) -> int:
        """The approximate memory it takes, in bytes."""
        return 1000 + sum(map(len, self.plain)) + sum(map(len, self.packed))


class PageTemplates:
    """The templates in use, the least recently used dropped first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes = most_bytes
        self.size = 0
        self._kept: OrderedDict[Hashable, PageTemplate] = OrderedDict()

    def get(self, key: Hashable) -> PageTemplate | None:
        """Return the template kept under a key, or None."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def keep(self, key: Hashable, template: PageTemplate) -> None:
        """Store a template, and drop the least recently used ones beyond the bound."""
        replaced = self._kept.pop(key, None)
        self._kept[key] = template
        self.size += template.size - (replaced.size if replaced else 0)
        while self.size > self.most_bytes and self._kept:
            _, dropped = self._kept.popitem(last=False)
            self.size -= dropped.size

    def __len__(self) -> int:
        return len(self._kept)

    def __iter__(self) -> Iterator[PageTemplate]:
        return iter(self._kept.values())


def page_template(ready: PreparedResponse, marks: Mapping[str, str], lengths: Mapping[str, int]) -> PageTemplate:
    """Return the template of a page rendered with placeholders. `marks` are the placeholders by the name of the value.

    `lengths` are the values' bytes. One whose length is not given may have any; the page is compressed a little less then.
    """
    names = {mark.encode(): name for name, mark in marks.items()}
    found = re.split(b"(" + b"|".join(map(re.escape, names)) + b")", ready.plain.body) if names else [ready.plain.body]
    plain = tuple(names.get(part, part) for part in found)
    headers = tuple(
        pair for pair in ready.packed.headers if pair[0] not in ("ETag", "Content-Length", "Content-Encoding")
    )
    room = max(1, ready.packet - len(ready.packed.head) - DATED) if ready.packet else 0
    return PageTemplate(ready.status, headers, ready.label, room, plain, _packed(plain, lengths))


def _packed(plain: tuple[bytes | str, ...], lengths: Mapping[str, int]) -> tuple[bytes | str, ...]:
    """Return the deflate stream of the pieces, without the values.

    A flush ends the text before a value with an empty stored block, which is then left out. Nothing after a value may refer back to
    it: the compressor is fed as many bytes that occur in no UTF-8 text, or forgets the text if their number is not known.
    """
    compressor = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    stream: list[bytes | str] = []
    pending = b""
    for part in plain:
        if isinstance(part, bytes):
            pending += compressor.compress(part)
            continue
        length = lengths.get(part)
        pending += compressor.flush(zlib.Z_FULL_FLUSH if length is None else zlib.Z_SYNC_FLUSH)
        assert pending.endswith(EMPTY_BLOCK)
        stream += [pending[: -len(EMPTY_BLOCK)], part]
        if length:
            compressor.compress((NEVER_IN_UTF8 * length)[:length])
            compressor.flush(zlib.Z_SYNC_FLUSH)
        pending = b""
    return (*stream, pending + compressor.flush())


def _stored(value: bytes) -> bytes:
    """Return a stored block without its first three bits, which are in the piece before it."""
    return struct.pack("<HH", len(value), len(value) ^ 0xFFFF) + value
