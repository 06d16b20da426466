"""Read the form in the body of a request: its fields and at most one photo, within limits above the largest of our forms."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NoReturn
from urllib.parse import unquote_to_bytes

from aiohttp import hdrs, web
from aiohttp.http_exceptions import HttpProcessingError
from multipart import MultipartError, MultipartSegment, ParserLimitReached, PushMultipartParser, parse_options_header

from onestop.http.request.combining_marks import limit_marks
from onestop.http.request.upload import MAX_DRAINED, MAX_PHOTO, PhotoUpload, UploadBudget

URLENCODED, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
MAX_FIELDS, MAX_FIELD, MAX_FORM = 200, 40_000, 200_000
"""Number of fields, repeated ones counted each time; bytes of one value; bytes of all names, values and part headers."""
MAX_PART_HEADER, MAX_PART_HEADERS = 1024, 4
"""Bytes of one header line of a part, and lines in a part. RFC 7578 defines three of them."""
MAX_BOUNDARY = 70
"""RFC 2046, 5.1.1."""
MAX_BODY = MAX_DRAINED + MAX_FORM
MAX_DECODED = 12_000
"""Characters of a urlencoded form decoded in one turn of the event loop: percent signs are dear."""
UNREADABLE = (ValueError, LookupError, MultipartError, HttpProcessingError)
"""The exceptions of the parsers for a malformed body."""
UPLOAD = web.RequestKey("UPLOAD", PhotoUpload)
"""Key under which a request holds its PhotoUpload, for `release_upload`."""


@dataclass(frozen=True, slots=True)
class FormBody:
    """`fields` by name, in the order they came; `upload` is None if no file was sent."""

    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    upload: PhotoUpload | None = None

    @property
    def picture(self) -> bytes | None:
        """The photo; None if none was sent, or if it was too large to be kept."""
        return self.upload.content if self.upload else None

    @property
    def too_large(self) -> bool:
        """Whether a photo was sent and discarded because of its size."""
        return self.upload is not None and self.upload.too_large

    def first(self, name: str) -> str:
        return next(iter(self.fields.get(name, ())), "")

    def number(self, name: str) -> int:
        """Return the value as a whole number, 0 for anything else."""
        text = self.first(name)
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


class FormFields:
    """Collects the fields of one form and enforces its limits."""

    def __init__(self) -> None:
        self.found: dict[str, list[str]] = {}
        self.count = self.bytes = 0

    def add(self, name: str, value: bytes) -> None:
        """Add one field. Raises HTTPRequestEntityTooLarge, or ValueError if the value is not UTF-8.

        NUL is dropped: nobody types it, and PostgreSQL refuses a text that has it.
        """
        self.count += 1
        self.spend(len(name) + len(value))
        if self.count > MAX_FIELDS or len(value) > MAX_FIELD:
            refuse_too_large(MAX_FORM, self.bytes)
        self.found.setdefault(name, []).append(limit_marks(value.replace(b"\0", b"").decode()))

    def spend(self, size: int) -> None:
        """Count bytes of the body that are not part of a file."""
        self.bytes += size
        if self.bytes > MAX_FORM:
            refuse_too_large(MAX_FORM, self.bytes)

    def form(self, upload: PhotoUpload | None = None) -> FormBody:
        return FormBody({name: tuple(values) for name, values in self.found.items()}, upload)


async def read_form_body(request: web.Request, budget: UploadBudget) -> FormBody:
    """Return the form in the body of a request. Raises an HTTP error if it is malformed or too large.

    The text is decoded as UTF-8 whatever charset the request names: our pages are UTF-8, and some codecs take quadratic time.
    """
    kind, options = parse_options_header(request.headers.get(hdrs.CONTENT_TYPE, ""))
    # Reject Content-Encoding: browsers never compress a form, and it would allow decompression bombs.
    if kind not in (MULTIPART, URLENCODED) or hdrs.CONTENT_ENCODING in request.headers:
        raise web.HTTPUnsupportedMediaType
    if (request.content_length or 0) > MAX_BODY:
        refuse_too_large(MAX_DRAINED, request.content_length or 0)
    try:
        return await (_multipart(request, options, budget) if kind == MULTIPART else _urlencoded(request))
    except ParserLimitReached:
        refuse_too_large(MAX_FORM, MAX_FORM)
    except UNREADABLE:
        raise web.HTTPBadRequest from None


def release_upload(request: web.BaseRequest) -> None:
    """Free the photo of a request that has ended."""
    upload = request.get(UPLOAD)
    if upload is not None:
        upload.release()


async def _urlencoded(request: web.Request) -> FormBody:
    body = bytearray()
    async for chunk in request.content.iter_any():
        # Taking a chunk parses the next one, in the same turn of the event loop.
        await asyncio.sleep(0)
        body += chunk
        if len(body) > MAX_FORM * 3:
            refuse_too_large(MAX_FORM, len(body))
    if body.count(b"&") >= MAX_FIELDS:
        refuse_too_large(MAX_FORM, len(body))
    fields, decoded = FormFields(), 0
    for pair in body.split(b"&"):
        name, _, value = pair.partition(b"=")
        # Each byte takes at most three characters.
        if max(len(name), len(value)) > MAX_FIELD * 3:
            refuse_too_large(MAX_FIELD, len(pair))
        if pair:
            fields.add((await decode_value(name)).decode(), await decode_value(value))
        decoded += len(pair)
        if decoded > MAX_DECODED:
            decoded = 0
            await asyncio.sleep(0)
    return fields.form()


async def decode_value(text: bytearray) -> bytes:
    """Return a name or value of a urlencoded form; a long one is decoded in several turns of the event loop."""
    plain, at = text.replace(b"+", b" "), 0
    decoded = []
    while len(plain) - at > MAX_DECODED:
        # Never cut an escape in two.
        end = at + MAX_DECODED
        cut = plain.rfind(b"%", end - 2, end)
        end = cut if cut >= 0 else end
        decoded.append(unquote_to_bytes(bytes(plain[at:end])))
        at = end
        await asyncio.sleep(0)
    return b"".join((*decoded, unquote_to_bytes(bytes(plain[at:]))))


async def _multipart(request: web.Request, options: Mapping[str, str], budget: UploadBudget) -> FormBody:
    boundary = options.get("boundary", "")
    if not 0 < len(boundary) <= MAX_BOUNDARY:
        raise web.HTTPBadRequest
    # Strict: a preamble before the first boundary is refused instead of being searched.
    parser = PushMultipartParser(
        boundary, max_header_size=MAX_PART_HEADER, max_header_count=MAX_PART_HEADERS, max_segment_count=MAX_FIELDS + 1, strict=True
    )  # fmt: skip
    parts = _Parts(request, budget)
    total = 0
    async for chunk in request.content.iter_any():
        # Taking a chunk parses the next one, in the same turn of the event loop.
        await asyncio.sleep(0)
        total += len(chunk)
        if total > MAX_BODY:
            refuse_too_large(MAX_DRAINED, total)
        for event in parser.parse(chunk):
            parts.take(event)
        parts.fields.spend(0 if parts.in_file else len(chunk) - parts.value_bytes)
        parts.value_bytes = 0
    parser.close()
    return parts.fields.form(parts.upload)


class _Parts:
    """Takes the events of the parser, and sorts parts into fields and the one photo."""

    def __init__(self, request: web.Request, budget: UploadBudget) -> None:
        self.request, self.budget = request, budget
        self.fields = FormFields()
        self.upload: PhotoUpload | None = None
        self.in_file = False
        self.value_bytes = 0
        self._name, self._value = "", bytearray()

    def take(self, event: MultipartSegment | bytearray | None) -> None:
        if isinstance(event, MultipartSegment):
            self._begin(event)
        elif event is None:
            self._end()
        elif self.in_file and self.upload:
            self.value_bytes += len(event)
            self.upload.write(event)
        else:
            self.value_bytes += len(event)
            self._value += event
            if len(self._value) > MAX_FIELD:
                refuse_too_large(MAX_FIELD, len(self._value))

    def _begin(self, part: MultipartSegment) -> None:
        self.in_file = part.filename is not None
        self._name = part.name or ""
        self._value.clear()
        if self.in_file:
            if self.upload is not None:
                refuse_too_large(MAX_PHOTO, MAX_PHOTO)
            self.upload = self.request[UPLOAD] = PhotoUpload(self.budget)

    def _end(self) -> None:
        if self.in_file and self.upload:
            self.upload.finish()
        else:
            self.fields.add(self._name, bytes(self._value))
        self.in_file = False


def refuse_too_large(limit: int, length: int) -> NoReturn:
    """Raise HTTPRequestEntityTooLarge."""
    raise web.HTTPRequestEntityTooLarge(limit, length)
