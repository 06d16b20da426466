"""Every template is compiled before a visitor needs one."""

from datetime import UTC, datetime
from time import time
from zipfile import ZipFile

import pytest
from support.paths import CONTENT

from channels.registry import find_channels
from onestop.server.join import join
from onestop.settings import read_settings
from onestop.site import templates
from onestop.site.context import Context
from server import CAPABILITIES


def test_no_page_compiles_a_template_once_the_server_is_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read_settings({"database": "sqlite:////dev/null", "content": str(CONTENT), "speech": "off"}, {})
    parts = join(settings, find_channels(), CAPABILITIES, time)
    parts.sites.take(parts.sites.read())
    site = parts.sites.current
    assert site

    def refuse(source: object, name: object = None, *more: object, **named: object) -> object:
        raise AssertionError(f"{name} is compiled for a visitor")

    def reopen(*of: object, **named: object) -> object:
        raise AssertionError("the archive of icons is read for a visitor")

    for renderer in parts.renderers.values():
        renderer.compile()
        monkeypatch.setattr(renderer.environment, "compile", refuse)
    templates.icon.cache_clear()
    monkeypatch.setattr(ZipFile, "__init__", reopen)
    for channel in parts.channels:
        for neutral in ("/", "/bins", "/bins/missed-bin", "/phone/bins/missed-bin", "/search/bin", "/a-z"):
            address = site.addresses.parse(f"{channel.prefix}{neutral}")
            assert address
            context = Context(site, address, site.device(address, {}), datetime.now(UTC))
            screen = parts.screens.find(context)
            assert screen, neutral
            parts.presenter.present(context, screen, varies=())
