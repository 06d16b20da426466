"""What a resident's browser has sent: the fields of a form, and a picture if there is one, within bounds that no form of ours reaches."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NoReturn
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, hdrs, web
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.multipart import MultipartReader

from onestop.pictures.photo import LARGEST

URLENCODED, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
MOST_FIELDS, LONGEST_FIELD, LONGEST_FORM = 200, 40_000, 200_000
"""How many fields there may be, repeated ones counted each time, and how many bytes in one and in all of them."""
UNREADABLE = (ValueError, LookupError, AssertionError, RuntimeError, HttpProcessingError)
"""What aiohttp raises of a body that is not what it says it is; the last of them of the heads of its parts."""
DRAINED = 64 * 1024 * 1024
"""Bytes of a picture too large that are still read, so that the browser gets to see why it was refused."""

MOST_HELD = 256 * 1024 * 1024
"""Bytes of all the pictures together that are still coming: twenty large ones."""


@dataclass(slots=True)
class UploadBudget:
    """Where the pictures lie that are still coming, in memory; one for the whole server. `held` counts bytes."""

    held: int = 0

    def hold(self, more: int) -> None:
        """Make room for more. Raises `HTTPServiceUnavailable`."""
        if self.held + more > MOST_HELD:
            raise web.HTTPServiceUnavailable
        self.held += more


@dataclass(frozen=True, slots=True)
class FormBody:
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


class FormFields:
    """The fields of one form as they come."""

    def __init__(self) -> None:
        self.found: dict[str, list[str]] = {}
        self.many = self.bytes = 0

    def add(self, name: str, value: bytes) -> None:
        """Take one more. Raises `HTTPRequestEntityTooLarge`, or `ValueError` for what is not UTF-8."""
        self.many += 1
        self.bytes += len(name) + len(value)
        if self.many > MOST_FIELDS or len(value) > LONGEST_FIELD or self.bytes > LONGEST_FORM:
            too_much(LONGEST_FORM, self.bytes)
        self.found.setdefault(name, []).append(value.decode())

    def sent(self, picture: bytes | None = None, *, too_large: bool = False) -> FormBody:
        return FormBody({name: tuple(values) for name, values in self.found.items()}, picture, too_large)


async def read_form_body(request: web.Request, budget: UploadBudget) -> FormBody:
    """The form in the body of a request. Raises what HTTP says of one that cannot be taken.

    It is UTF-8 whatever the request calls it: our pages are, and undoing some encodings takes for ever.
    """
    # No browser packs a form, and a little that was packed may be a lot.
    if request.content_type not in (MULTIPART, URLENCODED) or hdrs.CONTENT_ENCODING in request.headers:
        raise web.HTTPUnsupportedMediaType
    if (request.content_length or 0) > DRAINED + LONGEST_FORM:
        too_much(DRAINED, request.content_length or 0)
    try:
        return await (_parts(request, budget) if request.content_type == MULTIPART else _pairs(request))
    except UNREADABLE:
        raise web.HTTPBadRequest from None


async def _pairs(request: web.Request) -> FormBody:
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > LONGEST_FORM * 3:
            too_much(LONGEST_FORM, len(body))
    if body.count(b"&") >= MOST_FIELDS:
        too_much(LONGEST_FORM, len(body))
    fields = FormFields()
    for name, value in parse_qsl(body.decode(), keep_blank_values=True, errors="strict"):
        fields.add(name, value.encode())
    return fields.sent()


async def _parts(request: web.Request, budget: UploadBudget) -> FormBody:
    fields = FormFields()
    picture: tuple[bytes, bool] | None = None
    reader = await request.multipart()
    while (part := await reader.next()) is not None:
        if isinstance(part, MultipartReader):
            raise web.HTTPBadRequest
        if part.filename is None:
            fields.add(part.name or "", await _text(part))
            continue
        if picture is not None:
            too_much(LARGEST, LARGEST)
        picture = await _picture(part, budget)
    content, whole = picture or (b"", True)
    return fields.sent(content or None, too_large=not whole)


async def _text(part: BodyPartReader) -> bytes:
    taken = bytearray()
    while chunk := await part.read_chunk():
        taken += chunk
        if len(taken) > LONGEST_FIELD:
            too_much(LONGEST_FIELD, len(taken))
    return bytes(taken)


async def _picture(part: BodyPartReader, budget: UploadBudget) -> tuple[bytes, bool]:
    """The bytes, and whether all of them were kept."""
    taken, length = bytearray(), 0
    try:
        while chunk := await part.read_chunk(1 << 16):
            length += len(chunk)
            if length > DRAINED:
                too_much(LARGEST, length)
            if length <= LARGEST:
                budget.hold(len(chunk))
                taken += chunk
            else:
                budget.held -= len(taken)
                taken.clear()
        return bytes(taken), length <= LARGEST
    finally:
        budget.held -= len(taken)


def too_much(most: int, length: int) -> NoReturn:
    """Take no more of it."""
    raise web.HTTPRequestEntityTooLarge(most, length)
