"""Where a page can be heard: the addresses of recordings, and the answers there."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from urllib.parse import quote

from aiohttp import web

from channels.contract import Page
from onestop.pages.find_screen import find_screen, slow
from onestop.pages.present import AGE
from onestop.screen import Screen, Search
from onestop.settings import Settings
from onestop.site.address import Address
from onestop.site.current import Sites
from onestop.site.site import Site
from onestop.speech.engine import SpeechFailed
from onestop.speech.programs import AUTOMATIC, find_engine
from onestop.speech.recordings import Recordings
from onestop.speech.speaker import Speaker, SpeechBusy
from onestop.speech.utterances import utterances

AT = "/speech/at"
"""Before the address of a page and ".mp3": what that page says now."""
TYPES: Mapping[str, str] = {".mp3": "audio/mpeg", ".wav": "audio/wav"}
AGAIN = "2"
"""Seconds after which to ask again for a recording that is not ready."""
log = logging.getLogger("onestop")


@dataclass(frozen=True, slots=True)
class Listening:
    """`speaker` is None where nothing can be said. `asked` are the channels whose pages have asked where they can be heard."""

    speaker: Speaker | None
    sites: Sites
    clock: Callable[[], float]
    asked: set[str] = field(default_factory=set)

    def address(self, site: Site, address: Address, page: Page) -> str:
        """Where a page can be heard, "/speech/at<its own address>.mp3"; "" if it cannot, and then nothing should offer it."""
        self.asked.add(address.channel.name)
        if self.speaker is None or not public(page.screen):
            return ""
        if page.screen.language not in self.speaker.engine.languages:
            return ""
        return spoken_at(site.addresses.write(replace(address, page=page.number)), self.speaker.engine.suffix)

    def name(self, site: Site, address: Address, page: Page) -> str | None:
        """The name of the recording of a page."""
        screen = page.screen
        if self.speaker is None or not public(screen):
            return None
        words = site.words.get((address.channel.name, screen.language)) or site.words_for(address)
        said = utterances(screen, words, page.blocks, page=page.number, pages=page.total, pressed=page.pressed)
        return self.speaker.name(said, screen.language)

    async def at(self, request: web.Request) -> web.StreamResponse:
        """The recording of what stands at the address of a page now."""
        site = self.sites.current
        if site is None or self.speaker is None:
            raise web.HTTPNotFound
        raw = request.rel_url.raw_path.removeprefix(AT).removesuffix(self.speaker.engine.suffix)
        address = site.addresses.parse(raw)
        page = self._page(site, address, request.headers) if address else None
        name = self.name(site, address, page) if address and page else None
        if address is None or name is None:
            raise web.HTTPNotFound
        return await self._sent(name, () if address.device else address.channel.varies)

    def _page(self, site: Site, address: Address, headers: Mapping[str, str]) -> Page | None:
        now = datetime.fromtimestamp(self.clock(), UTC)
        screen = None if slow(address) else find_screen(site, address, now)
        if screen is None:
            return None
        device = site.device(address, headers)
        screen = self.sites.gallery.hung(screen, device, site.catalogue.pictures)
        pages = address.channel.lay_out(screen, device, site.words_for(address))
        return pages[address.page - 1] if address.page <= len(pages) else None

    async def _sent(self, name: str, varies: tuple[str, ...]) -> web.StreamResponse:
        if self.speaker is None:
            raise web.HTTPNotFound
        try:
            file = await self.speaker.recording(name)
        except SpeechFailed as why:
            if not isinstance(why, SpeechBusy):
                log.error("a page cannot be read aloud: %s", why)
            return web.Response(status=503, headers={"Retry-After": AGAIN, "Cache-Control": "no-store"})
        if file is None:
            raise web.HTTPNotFound
        headers = {
            "Content-Type": TYPES[file.suffix],
            "Cache-Control": f"max-age={AGE}",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'",
        }
        return web.FileResponse(file, headers=headers | ({"Vary": ", ".join(varies)} if varies else {}))


def public(screen: Screen) -> bool:
    """Whether what a screen says may be kept: it is nobody's own, and nobody has typed any of it."""
    searched = any(isinstance(block, Search) and block.query for block in screen.blocks)
    return screen.status == 200 and not screen.personal and not searched


def spoken_at(path: str, suffix: str = ".mp3") -> str:
    """Where the page at a path can be heard: "/here/bins" -> "/speech/at/here/bins.mp3"."""
    return AT + quote(path, safe="/~%") + suffix


def find_speaker(settings: Settings) -> Speaker | None:
    """The speaker the settings ask for, if its programs are here."""
    engine = find_engine(settings.speech, settings.speech_voices)
    if engine is None:
        if settings.speech not in (AUTOMATIC, "off"):
            log.warning(
                "--speech %s: no engine of that name, or it has no voices; nothing is read aloud", settings.speech
            )
        return None
    return Speaker(engine, Recordings(settings.speech_cache, settings.speech_cache_bytes))
