"""A page of one visitor that is about to be read aloud, and the error that a response to a form has and the page at its address has not."""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from urllib.parse import urlencode

from aiohttp import web

from channels.contract import Page
from onestop.http.request.visitor import Visitor
from onestop.language import Words
from onestop.screen import Form, Screen

LENGTH = 8
"""Characters of the signature: 48 bits cannot be guessed over a network."""


class PageToSpeak(web.Response):
    """In place of the response with the page's markup, which nobody hears. `words` are those of its channel and language."""

    def __init__(self, page: Page, words: Words) -> None:
        super().__init__(status=204, headers={"Cache-Control": "no-store"})
        self.page = page
        self.words = words


def error_query(screen: Screen, visitor: Visitor) -> str:
    """Return the query that adds the screen's error to the page at its address, or "". Only the visitor who got it can ask for it."""
    error = _error(screen)
    return f"?{urlencode({'error': error, 'of': _signature(error, visitor)})}" if error else ""


def with_error(screen: Screen, query: Mapping[str, str], visitor: Visitor) -> Screen:
    """Return the screen with the error that the query names, if this server has sent it to this visitor."""
    error = query.get("error", "")
    if not error or not hmac.compare_digest(query.get("of", "").encode(), _signature(error, visitor).encode()):
        return screen
    blocks = tuple(replace(block, error=error) if isinstance(block, Form) else block for block in screen.blocks)
    return replace(screen, blocks=blocks, one_page=True)


def _error(screen: Screen) -> str:
    return next((block.error for block in screen.blocks if isinstance(block, Form)), "")


def _signature(error: str, visitor: Visitor) -> str:
    digest = hmac.digest(visitor.form_key, b"error " + error.encode(), sha256)
    return urlsafe_b64encode(digest).decode()[:LENGTH]
