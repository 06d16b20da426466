"""Recordings of pages: those of public pages made at the first request or ahead of it, those of one visitor's made once and not kept."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from aiohttp import web

from onestop.capabilities.record_ahead import AdvanceRecorder
from onestop.capabilities.unpublished import PREFIX as DRAFT
from onestop.capabilities.unpublished import site_with
from onestop.capability import Answer, AnswerTable, Capability, Parts, Route, answers_of
from onestop.pages.audio import PREFIX, PageAudio, is_spoken_once, spoken_texts
from onestop.pages.page_to_speak import PageToSpeak
from onestop.pages.present import AGE
from onestop.pages.private import NO_STORE
from onestop.site.address import Address
from onestop.site.context import Context, RequestContext
from onestop.speech.engine import SpeechFailed
from onestop.speech.speaker import Speaker, SpeechBusy
from onestop.store.database import Database

TYPES: Mapping[str, str] = {".mp3": "audio/mpeg", ".wav": "audio/wav"}
READS = ("GET", "HEAD")
RETRY_AFTER = "2"
"""Seconds after which to ask again for a recording that is not ready."""
log = logging.getLogger("onestop")


@dataclass(frozen=True, slots=True)
class SpeechHandler:
    """Handles requests for recordings."""

    parts: Parts
    answers: AnswerTable

    @property
    def audio(self) -> PageAudio:
        return self.parts.audio

    async def recording(self, request: web.Request) -> web.StreamResponse:
        """Return the recording of the current page at the address."""
        site, speaker = self.audio.sites.current, self.audio.speaker
        if site is None or speaker is None:
            raise web.HTTPNotFound
        raw = request.rel_url.raw_path.removeprefix(PREFIX).removesuffix(speaker.engine.suffix)
        address = site.addresses.parse(raw.removeprefix(DRAFT))
        if address is None:
            raise web.HTTPNotFound
        if raw.startswith(DRAFT):
            return await self._draft(speaker, address, request.headers)
        answer = self.answers.at(site, address.neutral)
        if answer:
            return await self._own(
                speaker, replace(self.parts.private.context(request, site, address), listening=True), answer
            )
        context = self.audio.default_context(site, address)
        context = replace(context, device=site.device(address, request.headers))
        name = self.audio.name_at(context)
        if name is None:
            return await self._searched(speaker, context)
        return await _response(speaker, name, () if address.device else address.channel.varies)

    async def _own(self, speaker: Speaker, context: RequestContext, answer: Answer) -> web.StreamResponse:
        """Return the recording of a page of one visitor. A question that shows nothing of theirs is recorded for everybody."""
        if context.request.method not in READS:
            raise web.HTTPMethodNotAllowed(context.request.method, READS)
        shown = await answer(context, self.parts)
        if not isinstance(shown, PageToSpeak):
            raise web.HTTPNotFound
        texts, language = spoken_texts(shown.page, shown.words), shown.page.screen.language
        name = speaker.name(texts, language) if shown.page.screen.blank_form else None
        if name:
            return await _response(speaker, name, (), NO_STORE)
        return await _once(speaker, texts, language)

    async def _draft(self, speaker: Speaker, address: Address, headers: Mapping[str, str]) -> web.StreamResponse:
        """Return the recording of a page that is not published, which is kept nowhere."""
        shown = site_with(self.audio.sites, address.neutral)
        if shown is None:
            raise web.HTTPNotFound
        context = replace(self.audio.default_context(shown, address), device=shown.device(address, headers))
        pages = await asyncio.to_thread(self.audio.pages, context)
        if address.page > len(pages):
            raise web.HTTPNotFound
        page = pages[address.page - 1]
        words = shown.words.get((address.channel.name, page.screen.language)) or context.words
        return await _once(speaker, spoken_texts(page, words), page.screen.language)

    async def _searched(self, speaker: Speaker, context: Context) -> web.StreamResponse:
        """Return the recording of search results, which repeat what somebody looks for."""
        if not self.audio.screens.is_slow(context.address.neutral):
            raise web.HTTPNotFound
        pages = await asyncio.to_thread(self.audio.pages, context)
        if context.address.page > len(pages) or not is_spoken_once(pages[0].screen):
            raise web.HTTPNotFound
        page = pages[context.address.page - 1]
        return await _once(speaker, spoken_texts(page, context.words), page.screen.language)


async def _response(
    speaker: Speaker, name: str, varies: tuple[str, ...], cached: str = f"max-age={AGE}"
) -> web.StreamResponse:
    try:
        file = await speaker.recording(name)
    except SpeechFailed as why:
        return _later(why)
    if file is None:
        raise web.HTTPNotFound
    headers = _headers(file.suffix, cached) | ({"Vary": ", ".join(varies)} if varies else {})
    return web.FileResponse(file, headers=headers)


async def _once(speaker: Speaker, texts: tuple[str, ...], language: str) -> web.StreamResponse:
    try:
        sound = await speaker.once(texts, language)
    except SpeechFailed as why:
        return _later(why)
    if sound is None:
        raise web.HTTPNotFound
    return web.Response(body=sound, headers=_headers(speaker.engine.suffix, NO_STORE))


def _headers(suffix: str, cached: str) -> dict[str, str]:
    return {
        "Content-Type": TYPES[suffix],
        "Cache-Control": cached,
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'",
    }


def _later(why: SpeechFailed) -> web.Response:
    if not isinstance(why, SpeechBusy):
        log.error("a page cannot be read aloud: %s", why)
    return web.Response(status=503, headers={"Retry-After": RETRY_AFTER, "Cache-Control": NO_STORE})


@asynccontextmanager
async def running(parts: Parts, database: Database) -> AsyncIterator[None]:
    """Record public pages ahead of time while the server runs, if the settings ask for it."""
    channels = parts.channels if parts.settings.speech_ahead else ()
    async with AdvanceRecorder(parts.audio, parts.presenter, channels).running():
        yield


CAPABILITY = Capability(
    "speech",
    routes=(
        Route(
            (PREFIX + "{path:/.*}",),
            lambda parts: SpeechHandler(parts, answers_of(parts.capabilities)).recording,
            public=True,
        ),
    ),
    running=running,
)
