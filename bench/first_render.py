"""The first render of a page: layout, template, compression and headers. Finding its screen in the catalogue is timed separately."""

import gc
import statistics
import time
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

from channels.registry import find_channels
from onestop.capability import Parts
from onestop.server.join import join
from onestop.settings import read_settings
from onestop.site.context import Context
from server import CAPABILITIES

GOAL_MS = 2.0


def load_parts(content: Path) -> Parts:
    """Return the parts of a server that has read `content` and does not listen."""
    settings = read_settings({**vars(Namespace(content=str(content), database="sqlite:////dev/null"))}, {})
    parts = join(settings, find_channels(), CAPABILITIES, time.time)
    parts.sites.take(parts.sites.read())
    # As the server does at start: exclude the catalogue from garbage collection.
    gc.collect()
    gc.freeze()
    return parts


def render(parts: Parts, raw: str) -> tuple[float, float]:
    """Return the milliseconds of processor time for finding the screen at an address, and for rendering its page."""
    began = time.thread_time()
    site = parts.sites.current
    assert site is not None
    address = site.addresses.parse(raw)
    assert address is not None
    context = Context(site, address, site.device(address, {}), datetime.now(UTC))
    screen = parts.screens.find(context)
    assert screen is not None, raw
    found = time.thread_time()
    parts.presenter.present(context, screen, varies=())
    return (found - began) * 1000, (time.thread_time() - found) * 1000


def measure(content: Path) -> None:
    """Print the median over every service's first page on each channel, after one warm-up."""
    parts = load_parts(content)
    assert parts.sites.current is not None
    services = [service.address for service in parts.sites.current.catalogue.services]
    print("\nThe first render of a page: layout, template, compression; processor time")
    for channel in parts.channels:
        both = [render(parts, channel.prefix + address) for address in services[:1] + services][1:]
        finding = statistics.median(found for found, _ in both)
        taken = [made for _, made in both]
        median, worst = statistics.median(taken), max(taken)
        goal = "met" if median < GOAL_MS else "MISSED"
        print(
            f"  {channel.name:8} median {median:5.2f} ms  worst {worst:5.2f} ms (found in {finding:.2f} ms)  goal {GOAL_MS:g} ms: {goal}"
        )
