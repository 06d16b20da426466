"""Answers of GeoReport v2 in its two formats: the same records as XML and as JSON."""

import json
from collections.abc import Mapping, Sequence
from typing import Literal
from xml.etree.ElementTree import Element, SubElement, tostring

from aiohttp import web

from onestop.http.plain_text import encode_page

Format = Literal["json", "xml"]
ITEMS: Mapping[str, str] = {
    "services": "service", "service_requests": "request", "attributes": "attribute", "values": "value", "errors": "error",
    "endpoints": "endpoint", "formats": "format",
}  # fmt: skip
"""What an item of each list is called in XML."""
MEDIA: Mapping[Format, str] = {"json": "application/json", "xml": "text/xml"}


def respond(form: Format, root: str, value: object, status: int = 200) -> web.Response:
    """Return a response with a list or a record, called `root` in XML. It is never cached."""
    if form == "json":
        body = encode_page(json.dumps(value, ensure_ascii=False))
    else:
        element = Element(root)
        _fill(element, root, value)
        body = b'<?xml version="1.0" encoding="utf-8"?>\n' + encode_page(tostring(element, encoding="unicode"))
    headers = {"Cache-Control": "no-store", "Access-Control-Allow-Origin": "*"}
    return web.Response(body=body, status=status, content_type=MEDIA[form], charset="utf-8", headers=headers)


def errors(form: Format, status: int, text: str, wait: int = 0) -> web.Response:
    """Return an error. The program may ask again after `wait` seconds, if that is not 0."""
    answer = respond(form, "errors", [{"code": status, "description": text}], status)
    if wait:
        answer.headers["Retry-After"] = str(wait)
    return answer


def _fill(element: Element, name: str, value: object) -> None:
    if isinstance(value, Mapping):
        for key, inside in value.items():
            _fill(SubElement(element, key), key, inside)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for item in value:
            _fill(SubElement(element, ITEMS[name]), ITEMS[name], item)
    elif value is not None:
        element.text = str(value).lower() if isinstance(value, bool) else str(value)
