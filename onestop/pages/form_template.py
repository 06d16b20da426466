"""Cached question pages: rendered once with placeholders, then sent with each visitor's hidden form values filled in."""

import re
import struct
import zlib
from collections import OrderedDict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, replace

import deflate

from onestop.http.prepared import DATED, STRONGEST, PreparedResponse, ResponseHeaders
from onestop.screen import Form, Screen

VISITOR_VALUES = ("token", "draft")
"""The hidden fields whose values belong to one visitor."""
SAFE = re.compile(r"[A-Za-z0-9_-]{16,64}")
"""Values that HTML does not escape, and long enough for a placeholder of the same length."""
GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
EMPTY_BLOCK = b"\x00\x00\xff\xff"
NEVER_IN_UTF8 = bytes(range(0xF5, 0x100))
MOST_BYTES = 16_000_000
Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FormTemplate:
    """A rendered page in pieces: bytes are its text, a string names the value to insert there.

    `packed` is the gzip stream in the same pieces, with every value as a stored (uncompressed) block, so that a page is a matter of
    joining bytes. It is empty where such a page would be larger than the channel allows.
    """

    status: int
    headers: ResponseHeaders
    label: tuple[str, str]
    packet: int
    plain: tuple[bytes | str, ...]
    packed: tuple[bytes | str, ...]
    length: int

    def body(self, values: Values, *, gzip: bool) -> bytes:
        """Return the page of one visitor."""
        whole = b"".join([values[part].encode() if isinstance(part, str) else part for part in self.plain])
        if not gzip:
            return whole
        if not self.packed:
            return bytes(deflate.gzip_compress(whole, STRONGEST))
        stream = [values[part].encode() if isinstance(part, str) else part for part in self.packed]
        return b"".join([GZIP_HEADER, *stream, struct.pack("<II", zlib.crc32(whole), self.length & 0xFFFFFFFF)])

    @property
    def size(self) -> int:
        """The approximate memory it takes, in bytes."""
        return 1000 + sum(map(len, self.plain)) + sum(map(len, self.packed))


class FormTemplates:
    """The templates in use, the least recently used dropped first. Only screens with `blank_form` are accepted."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes = most_bytes
        self.size = 0
        self._kept: OrderedDict[Hashable, FormTemplate] = OrderedDict()

    def get(self, key: Hashable) -> FormTemplate | None:
        """Return the template kept under a key, or None."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def keep(self, key: Hashable, template: FormTemplate) -> None:
        """Store a template, and drop the least recently used ones beyond the bound."""
        self._kept[key] = template
        self.size += template.size
        while self.size > self.most_bytes and self._kept:
            _, dropped = self._kept.popitem(last=False)
            self.size -= dropped.size

    def __len__(self) -> int:
        return len(self._kept)

    def __iter__(self) -> Iterator[FormTemplate]:
        return iter(self._kept.values())


def without_values(screen: Screen) -> tuple[Screen, Values] | None:
    """Return the screen with placeholders for the visitor's hidden values, and the values; None if it shows other data of theirs."""
    if not screen.blank_form:
        return None
    values: dict[str, str] = {}
    blocks = []
    for block in screen.blocks:
        if isinstance(block, Form):
            values |= {name: value for name, value in block.hidden if name in VISITOR_VALUES}
            block = replace(block, hidden=tuple((name, _placeholder(name, value)) for name, value in block.hidden))
        blocks.append(block)
    if not values or not all(map(SAFE.fullmatch, values.values())):
        return None
    return replace(screen, blocks=tuple(blocks)), values


def form_template(ready: PreparedResponse, values: Values) -> FormTemplate | None:
    """Return the template of a page rendered with placeholders; None if it has no placeholder (values are for their lengths)."""
    marks = {_placeholder(name, value).encode(): name for name, value in values.items()}
    found = re.split(b"(" + b"|".join(map(re.escape, marks)) + b")", ready.plain.body)
    if len(found) == 1:
        return None
    plain = tuple(marks.get(part, part) for part in found)
    headers = tuple(
        pair for pair in ready.packed.headers if pair[0] not in ("ETag", "Content-Length", "Content-Encoding")
    )
    packed = _packed(plain, {name: len(value) for name, value in values.items()})
    size = len(GZIP_HEADER) + 8 + sum(len(values[part]) if isinstance(part, str) else len(part) for part in packed)
    if ready.packet and len(ready.packed.head) + DATED + size > ready.packet:
        packed = ()
    return FormTemplate(ready.status, headers, ready.label, ready.packet, plain, packed, len(ready.plain.body))


def _placeholder(name: str, value: str) -> str:
    return f"ValueOf{name}".ljust(len(value), "_")[: len(value)] if name in VISITOR_VALUES else value


def _packed(plain: tuple[bytes | str, ...], lengths: Mapping[str, int]) -> tuple[bytes | str, ...]:
    """Return the deflate stream of the pieces, with each value as a stored block.

    A sync flush ends the text before a value with an empty stored block, whose length is then overwritten. The compressor is fed
    bytes that occur in no UTF-8 text instead of the value, so that nothing after it refers back to it.
    """
    compressor = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    stream: list[bytes | str] = []
    pending = b""
    for part in plain:
        if isinstance(part, bytes):
            pending += compressor.compress(part)
            continue
        pending += compressor.flush(zlib.Z_SYNC_FLUSH)
        assert pending.endswith(EMPTY_BLOCK)
        length = lengths[part]
        stream += [pending[: -len(EMPTY_BLOCK)] + struct.pack("<HH", length, length ^ 0xFFFF), part]
        compressor.compress((NEVER_IN_UTF8 * length)[:length])
        compressor.flush(zlib.Z_SYNC_FLUSH)
        pending = b""
    return (*stream, pending + compressor.flush())
