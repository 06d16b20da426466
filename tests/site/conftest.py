"""Fixtures of a server with the small borough."""

from support.servers.small_server import clock, server, settings

__all__ = ["clock", "server", "settings"]
