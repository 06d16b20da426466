"""Finds the channels: every package here that has a `CHANNEL`, and every entry point of a distribution."""

import pkgutil
from importlib import import_module
from importlib.metadata import entry_points

import channels
from channels.contract import Channel

GROUP = "onestop.channels"


def find_channels() -> tuple[Channel, ...]:
    """Return all channels, sorted by name. An installed one replaces ours of the same name."""
    ours = [
        getattr(import_module(f"channels.{found.name}"), "CHANNEL", None)
        for found in pkgutil.iter_modules(channels.__path__)
        if found.ispkg
    ]
    brought = [entry.load() for entry in entry_points(group=GROUP)]
    named: dict[str, Channel] = {channel.name: channel for channel in (*ours, *brought) if channel is not None}
    return tuple(named[name] for name in sorted(named))
