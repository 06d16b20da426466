"""Record public pages before they are requested, one at a time, until the cache is nearly full."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager

from channels.contract import Channel
from onestop.http.background import background_task
from onestop.pages.audio import PageAudio
from onestop.pages.present import Presenter
from onestop.site.address import Address
from onestop.site.site import Site
from onestop.speech.engine import SpeechFailed
from onestop.speech.speaker import Speaker

QUIET = 20.0
"""Seconds to wait after a change of the catalogue: authors often save twice, and a server that has just started is busy."""
BETWEEN = 0.05
"""Seconds to pause after each screen, for visitors' requests."""
SHARE = 0.9
"""The share of the recordings' cache that is filled ahead of time; the rest is for recordings that visitors request."""
log = logging.getLogger("onestop")


class AdvanceRecorder:
    """Renders the home of each channel to see whether its templates offer recordings, and then records its pages."""

    def __init__(
        self,
        audio: PageAudio,
        presenter: Presenter,
        channels: Sequence[Channel],
        *,
        quiet: float = QUIET,
        between: float = BETWEEN,
    ) -> None:
        self.audio, self.presenter, self.channels = audio, presenter, channels
        self.quiet, self.between = quiet, between
        self.wanted = asyncio.Event()
        self.done = asyncio.Event()
        audio.sites.changed.append(self.wanted.set)
        if audio.sites.current:
            self.wanted.set()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Record after each change of the catalogue, until cancelled; do nothing without a speech engine."""
        speaker = self.audio.speaker
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
                await self._record(speaker)
            except SpeechFailed as why:
                log.error("recordings are not made ahead: %s", why)
            except Exception:
                log.exception("recordings are not made ahead")
            self.done.set()

    async def _record(self, speaker: Speaker) -> None:
        """Record the whole catalogue, home first, unless it changes meanwhile."""
        room = int(speaker.recordings.bound * SHARE)
        site = self.audio.sites.current
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
        channels = [channel for channel in self.channels if self._offers_recordings(site, channel)]
        return (Address(c, "", language, at) for at in neutral for c in channels for language in catalogue.languages)

    def _offers_recordings(self, site: Site, channel: Channel) -> bool:
        if channel.name not in self.audio.listening_channels:
            context = self.audio.default_context(site, Address(channel, "", site.catalogue.languages[0], "/"))
            screen = self.audio.screens.find(context)
            if screen:
                self.presenter.present(context, screen, varies=())
        return channel.name in self.audio.listening_channels

    def _names(self, site: Site, address: Address) -> list[str]:
        context = self.audio.default_context(site, address)
        return [name for page in self.audio.pages(context) if (name := self.audio.name(context, page))]
