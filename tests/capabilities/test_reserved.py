"""No section may have the name of a declared address or prefix."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from aiohttp import web
from support.samples.small_borough import write_borough

from channels.registry import find_channels
from onestop.capability import (
    Capability,
    Parts,
    brought_by,
    check_declarations,
    reserved_segments,
    reserved_steps,
)
from onestop.catalogue.source.load import load
from onestop.screen import Screen
from onestop.site.context import Context, RequestContext
from server import CAPABILITIES, main

DAY = date(2026, 11, 23)
DECLARED = (*CAPABILITIES, *brought_by(find_channels()))
RESERVED = reserved_segments(DECLARED, find_channels())
SLUG = re.compile(r"(?=.*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*")


@pytest.fixture
def borough(tmp_path: Path) -> Path:
    return write_borough(tmp_path)


@pytest.mark.parametrize("name", sorted(name for name in RESERVED if SLUG.fullmatch(name)))
def test_a_section_with_a_reserved_name_is_refused(name: str, borough: Path) -> None:
    (borough / "services" / "bins").rename(borough / "services" / name)
    loaded = load(borough, DAY, reserved=RESERVED)
    assert loaded.catalogue and not loaded.catalogue.services
    assert any(f"`{name}` cannot be part of an address" in str(fault) for fault in loaded.faults)


def test_every_declared_address_and_prefix_is_reserved() -> None:
    """The first segment of every address, on all channels or below the prefix of one."""
    for channel in find_channels():
        assert not channel.prefix or channel.prefix[1:] in RESERVED
        assert set(channel.own_screens) <= RESERVED
    for capability in DECLARED:
        for address in capability.addresses:
            parts = [part for part in address.split("/") if part]
            if parts and parts[0] == "tv":
                parts.pop(0)
            assert not parts or parts[0] in RESERVED, address
    assert {"tv", "kiosk", "text", "move", "leave", "search", "healthz", "readyz", "number", "red"} <= RESERVED


@pytest.mark.parametrize("name", ["tv", "kiosk", "text", "move", "leave"])
def test_check_reports_such_a_section(name: str, borough: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(borough / "services" / "bins", borough / "services" / name)
    assert main(["check", str(borough)]) == 1
    assert f"`{name}` cannot be part of an address" in capsys.readouterr().out


def test_names_of_steps_are_reserved() -> None:
    assert {"check", "done", "stop", "move", "moved", "again", "keep", "forget"} <= reserved_steps(DECLARED)


def test_two_capabilities_cannot_declare_one_address() -> None:
    def screen(context: Context) -> Screen | None:
        return None

    async def answer(context: RequestContext, parts: Parts) -> web.StreamResponse:
        return web.Response()

    one = Capability("one", screens={"/hello": screen}, steps={"ask": answer})
    check_declarations((one, Capability("other", screens={"/hello/": screen})))
    for other in (Capability("other", answers={"/hello": answer}), Capability("other", steps={"ask": answer})):
        with pytest.raises(ValueError, match=r"other declares (/hello|ask), which one has"):
            check_declarations((one, other))
