"""Recordings of pages: their addresses and their names."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from math import inf
from urllib.parse import quote

from channels.contract import Page
from onestop.language import Words
from onestop.pages.find_screen import Screens
from onestop.pages.page_to_speak import error_query
from onestop.screen import Screen, Search
from onestop.settings import Settings
from onestop.site.address import Address
from onestop.site.context import Context, RequestContext
from onestop.site.current import Sites
from onestop.site.site import Site
from onestop.speech.programs import AUTOMATIC, find_engine
from onestop.speech.recordings import Recordings
from onestop.speech.speaker import Speaker
from onestop.speech.utterances import utterances

PREFIX = "/speech/at"
"""The address of a page's recording is this, the page's path, and ".mp3"."""
NAMES_KEPT = 4096
log = logging.getLogger("onestop")


@dataclass(frozen=True, slots=True)
class PageAudio:
    """`speaker` is None if there is no speech engine. `listening_channels` are the channels whose templates have called `listen()`."""

    speaker: Speaker | None
    sites: Sites
    screens: Screens
    clock: Callable[[], float]
    listening_channels: set[str] = field(default_factory=set)
    names: dict[tuple[int, str, str], tuple[str | None, float]] = field(default_factory=dict)

    def address(self, context: Context, page: Page) -> str:
        """Return the address of a page's recording, "/speech/at<its own path>.mp3", or "" if it has none."""
        self.listening_channels.add(context.channel.name)
        screen = page.screen
        if self.speaker is None or not (is_public(screen) or is_spoken_once(screen)):
            return ""
        if screen.language not in self.speaker.engine.languages:
            return ""
        path = context.site.addresses.write(replace(context.address, page=page.number))
        query = error_query(screen, context.visitor) if isinstance(context, RequestContext) else ""
        return recording_address(path, self.speaker.engine.suffix) + query

    def name(self, context: Context, page: Page) -> str | None:
        """Return the name of a page's recording; it changes with what the page says. None if it has none."""
        screen, site = page.screen, context.site
        if self.speaker is None or not is_public(screen):
            return None
        words = site.words.get((context.channel.name, screen.language)) or context.words
        return self.speaker.name(spoken_texts(page, words), screen.language)

    def name_at(self, context: Context) -> str | None:
        """Return the name of the recording of the public page at an address, or None. It is kept until the page expires."""
        key = (context.site.version, context.site.addresses.write(context.address), context.device.name)
        name, until = self.names.get(key, (None, 0.0))
        if context.now.timestamp() < until and (name is None or (self.speaker and self.speaker.knows(name))):
            return name
        pages = () if self.screens.is_slow(context.address.neutral) else self.pages(context)
        if context.address.page > len(pages):
            return None
        page = pages[context.address.page - 1]
        name, expires = self.name(context, page), page.screen.valid_until
        if len(self.names) >= NAMES_KEPT:
            self.names.clear()
        self.names[key] = name, expires.timestamp() if expires else inf
        return name

    def pages(self, context: Context) -> tuple[Page, ...]:
        """Return the pages of the public screen at an address; none if there is no screen."""
        screen = self.screens.find(context)
        if screen is None:
            return ()
        screen = self.sites.pictures.fit(screen, context.device, context.site.catalogue.pictures)
        return context.channel.lay_out(screen, context.device, context.words)

    def default_context(self, site: Site, address: Address) -> Context:
        """Return the context of a visitor whose headers say nothing."""
        return Context(site, address, site.device(address, {}), datetime.fromtimestamp(self.clock(), UTC))


def is_public(screen: Screen) -> bool:
    """Return whether a recording of the screen may be cached: it is not personal and repeats no search query."""
    searched = any(isinstance(block, Search) and block.query for block in screen.blocks)
    return screen.status == 200 and not screen.personal and not searched


def is_spoken_once(screen: Screen) -> bool:
    """Return whether recordings of the screen are kept nowhere: it is one visitor's own, or repeats a search query."""
    return screen.personal or (screen.status == 200 and not is_public(screen))


def spoken_texts(page: Page, words: Words) -> tuple[str, ...]:
    """Return the utterances of a page."""
    return utterances(page.screen, words, page.blocks, page=page.number, pages=page.total, pressed=page.pressed)


def recording_address(path: str, suffix: str = ".mp3") -> str:
    """Return the address of the recording of the page at a path: "/here/bins" -> "/speech/at/here/bins.mp3"."""
    return PREFIX + quote(path, safe="/~%") + suffix


def find_speaker(settings: Settings) -> Speaker | None:
    """Return the speaker the settings ask for, or None if its programs are not installed."""
    engine = find_engine(settings.speech, settings.speech_voices)
    if engine is None:
        if settings.speech not in (AUTOMATIC, "off"):
            log.warning(
                "--speech %s: no engine of that name, or it has no voices; nothing is read aloud", settings.speech
            )
        return None
    return Speaker(engine, Recordings(settings.speech_cache, settings.speech_cache_bytes))
