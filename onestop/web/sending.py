"""What a resident's browser has sent: the fields of a form, and a picture if there is one."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from aiohttp import BodyPartReader, web
from aiohttp.multipart import MultipartReader

from onestop.web.photos import LARGEST

URLENCODED, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
MOST_FIELDS, LONGEST_FIELD = 200, 20_000
DRAINED = 64 * 1024 * 1024
"""Bytes of a picture too large that are still read, so that the browser gets to see why it was refused."""


@dataclass(frozen=True, slots=True)
class Sent:
    """`fields` by name, in the order they came. `picture` is None if none was sent; `too_large` if it was, and was not kept."""

    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    picture: bytes | None = None
    too_large: bool = False

    def first(self, name: str) -> str:
        return next(iter(self.fields.get(name, ())), "")

    def number(self, name: str) -> int:
        """A whole number, 0 for anything else."""
        text = self.first(name)
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


async def read_sent(request: web.Request) -> Sent:
    """The form in the body of a request. Raises `HTTPUnsupportedMediaType`, `HTTPBadRequest` or `HTTPRequestEntityTooLarge`."""
    if request.content_type == MULTIPART:
        return await _parts(request)
    if request.content_type != URLENCODED:
        raise web.HTTPUnsupportedMediaType
    try:
        posted = await request.post()
    except (ValueError, LookupError):
        raise web.HTTPBadRequest from None
    found: dict[str, tuple[str, ...]] = {}
    for name, value in posted.items():
        _add(found, name, str(value))
    return Sent(found)


async def _parts(request: web.Request) -> Sent:
    found: dict[str, tuple[str, ...]] = {}
    picture: bytes | None = None
    whole = True
    try:
        reader = await request.multipart()
        while (part := await reader.next()) is not None:
            if isinstance(part, MultipartReader):
                raise web.HTTPBadRequest
            if part.filename is None:
                _add(found, part.name or "", await _text(part))
                continue
            picture, whole = await _picture(part)
    except (ValueError, LookupError, AssertionError, RuntimeError):
        raise web.HTTPBadRequest from None
    return Sent(found, picture or None, not whole)


def _add(found: dict[str, tuple[str, ...]], name: str, value: str) -> None:
    if len(found) >= MOST_FIELDS or len(value) > LONGEST_FIELD:
        raise web.HTTPRequestEntityTooLarge(LONGEST_FIELD, len(value))
    found[name] = (*found.get(name, ()), value)


async def _text(part: BodyPartReader) -> str:
    taken = bytearray()
    while chunk := await part.read_chunk():
        taken += chunk
        if len(taken) > LONGEST_FIELD * 4:
            raise web.HTTPRequestEntityTooLarge(LONGEST_FIELD, len(taken))
    return taken.decode("utf-8")


async def _picture(part: BodyPartReader) -> tuple[bytes, bool]:
    """The bytes, and whether all of them were kept."""
    taken, length = bytearray(), 0
    while chunk := await part.read_chunk(1 << 16):
        length += len(chunk)
        if length > DRAINED:
            raise web.HTTPRequestEntityTooLarge(LARGEST, length)
        if length <= LARGEST:
            taken += chunk
        else:
            taken.clear()
    return bytes(taken), length <= LARGEST
