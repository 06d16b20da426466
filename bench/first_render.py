"""The first, unprepared render of a page: found, cut, drawn, compressed twice, headers made."""

import gc
import statistics
import time
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

from channels.registry import find_channels
from onestop.web.app import Parts, join
from onestop.web.finding import find_screen
from onestop.web.settings import read_settings

GOAL_MS = 2.0


def joined(content: Path) -> Parts:
    """The parts of a server that has read `content` and does not listen."""
    settings = read_settings({**vars(Namespace(content=str(content), database="sqlite:////dev/null"))}, {})
    parts = join(settings, find_channels(), time.time)
    parts.sites.take(parts.sites.read())
    # As the server does once it has started: what lives as long as the catalogue is not looked through again and again.
    gc.collect()
    gc.freeze()
    return parts


def render(parts: Parts, raw: str) -> bytes:
    """The page at an address, made from nothing; its plain body."""
    site = parts.sites.current
    assert site is not None
    address = site.addresses.parse(raw)
    assert address is not None
    screen = find_screen(site, address, datetime.now(UTC))
    assert screen is not None, raw
    device = site.device(address, {})
    return parts.answering.presenter.present(site, address, device, screen, varies=()).plain.body


def measure(content: Path) -> None:
    """The median over every service's first page on each channel, after one warm-up."""
    parts = joined(content)
    assert parts.sites.current is not None
    services = [service.address for service in parts.sites.current.catalogue.services]
    print("\nThe first render of a page (found, cut, drawn, packed)")
    for channel in parts.answering.channels:
        taken = []
        for address in services[:1] + services:
            began = time.perf_counter()
            render(parts, channel.prefix + address)
            taken.append((time.perf_counter() - began) * 1000)
        median, worst = statistics.median(taken[1:]), max(taken[1:])
        goal = "met" if median < GOAL_MS else "MISSED"
        print(f"  {channel.name:8} median {median:5.2f} ms  worst {worst:5.2f} ms  goal {GOAL_MS:g} ms: {goal}")
