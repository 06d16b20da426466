"""Types of the browser fixtures."""

from collections.abc import Callable

from playwright.sync_api import Page

Open = Callable[..., Page]
