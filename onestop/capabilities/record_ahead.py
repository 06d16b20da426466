"""Which recordings are made before anybody listens: those of public pages, one after the other, while there is room."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from channels.contract import Channel
from onestop.http.background import background_task
from onestop.pages.audio import Listening
from onestop.pages.find_screen import find_screen
from onestop.pages.present import Presenter
from onestop.screen import Screen
from onestop.site.address import Address
from onestop.site.site import Site
from onestop.speech.engine import SpeechFailed
from onestop.speech.speaker import Speaker

QUIET = 20.0
"""Seconds after a change of the catalogue: an author often saves twice, and whoever has just started the server is busy."""
BETWEEN = 0.05
"""Seconds left to visitors after each screen."""
SHARE = 0.9
"""How much of the room for recordings is filled ahead; the rest is for what visitors ask for."""
log = logging.getLogger("onestop")


class Rehearsal:
    """Draws with `presenter` what `channels` show, to see which of them let one listen."""

    def __init__(self, listening: Listening, presenter: Presenter, channels: Sequence[Channel]) -> None:
        self.listening, self.presenter, self.channels = listening, presenter, channels
        self.quiet, self.between = QUIET, BETWEEN
        self.wanted = asyncio.Event()
        self.done = asyncio.Event()
        listening.sites.changed.append(self.wanted.set)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Rehearse whenever there is a new catalogue, until the end; nothing where nothing can be said."""
        speaker = self.listening.speaker
        if speaker is None:
            yield
            return
        try:
            async with background_task(self._forever(speaker)):
                yield
        finally:
            await speaker.close()

    async def _forever(self, speaker: Speaker) -> None:
        while True:
            await self.wanted.wait()
            await asyncio.sleep(self.quiet)
            self.wanted.clear()
            try:
                await self._rehearse(speaker)
            except SpeechFailed as why:
                log.error("recordings are not made ahead: %s", why)
            except Exception:
                log.exception("recordings are not made ahead")
            self.done.set()

    async def _rehearse(self, speaker: Speaker) -> None:
        """Once through the catalogue, its first screens first, unless it changes meanwhile."""
        room = int(speaker.recordings.bound * SHARE)
        site = self.listening.sites.current
        assert site is not None
        for address in self._addresses(site):
            for name in await asyncio.to_thread(self._names, site, address):
                room -= await speaker.ahead(name)
                if room < 0 or self.wanted.is_set():
                    return
            await asyncio.sleep(self.between)

    def _addresses(self, site: Site) -> Iterator[Address]:
        catalogue = site.catalogue
        neutral = ("/", *(thing.address for things in (catalogue.sections, catalogue.services) for thing in things))
        channels = [channel for channel in self.channels if self._asks(site, channel)]
        return (Address(c, "", language, at) for at in neutral for c in channels for language in catalogue.languages)

    def _asks(self, site: Site, channel: Channel) -> bool:
        """Whether pages of a channel ask where they can be heard. Its home is drawn to see."""
        if channel.name not in self.listening.asked:
            address = Address(channel, "", site.catalogue.languages[0], "/")
            screen = self._screen(site, address)
            if screen:
                self.presenter.present(site, address, channel.recognise({}), screen, varies=())
        return channel.name in self.listening.asked

    def _names(self, site: Site, address: Address) -> list[str]:
        """The recordings of a screen's pages, on the apparatus of somebody who says nothing of theirs."""
        screen = self._screen(site, address)
        if screen is None:
            return []
        device = address.channel.recognise({})
        screen = self.listening.sites.gallery.hung(screen, device, site.catalogue.pictures)
        pages = address.channel.lay_out(screen, device, site.words_for(address))
        return [name for page in pages if (name := self.listening.name(site, address, page))]

    def _screen(self, site: Site, address: Address) -> Screen | None:
        return find_screen(site, address, datetime.fromtimestamp(self.listening.clock(), UTC))
