"""Names for what the browser fixtures give."""

from collections.abc import Callable

from playwright.sync_api import Page

Open = Callable[..., Page]
