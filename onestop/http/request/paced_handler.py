"""Pass the bytes of a connection to aiohttp's parser in pieces, one per iteration of the event loop."""

import asyncio
from typing import Any

from aiohttp import web

PIECE = 1 << 15
"""Bytes parsed in one turn. An event loop reads 256 kB at once: a body in chunks of one byte would be 40,000 chunks to parse."""


class PacedHandler(web.RequestHandler):
    """`_rest` are bytes that have arrived and are not parsed yet; the transport is not read meanwhile."""

    __slots__ = ("_rest", "_turn")

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._rest = b""
        self._turn: asyncio.Handle | None = None

    def data_received(self, data: bytes) -> None:
        """Called by the event loop with new bytes, and by aiohttp with none to parse what it has kept."""
        if data and self._rest:
            self._rest += data
            return
        if len(data) > PIECE:
            data, self._rest = data[:PIECE], data[PIECE:]
            self._pause_transport_reading()
            self._plan()
        super().data_received(data)

    def resume_reading(self, resume_parser: bool = True) -> None:
        """Called by aiohttp for every chunk that is read from a body, also while nothing is paused: that would parse nothing each time."""
        if self._reading_paused:
            super().resume_reading(resume_parser)

    def connection_lost(self, exc: BaseException | None) -> None:
        """Called by the event loop."""
        self._rest = b""
        super().connection_lost(exc)

    def _plan(self) -> None:
        if self._turn is None:
            self._turn = self._loop.call_soon(self._parse_piece)

    def _parse_piece(self) -> None:
        self._turn = None
        if not self._rest or self._reading_paused or self._buffer_paused:
            return
        piece, self._rest = self._rest[:PIECE], self._rest[PIECE:]
        if self._rest:
            self._plan()
        super().data_received(piece)
        if not (self._rest or self._reading_paused or self._buffer_paused):
            self._resume_transport_reading()

    def _resume_transport_reading(self) -> None:
        # aiohttp has room again: first for what has arrived already.
        if self._rest:
            self._plan()
        else:
            super()._resume_transport_reading()
