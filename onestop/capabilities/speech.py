"""Recordings of public pages, made at the first request or ahead of it."""

import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from aiohttp import web

from onestop.capabilities.record_ahead import AdvanceRecorder
from onestop.capability import Capability, Parts, Route
from onestop.pages.audio import PREFIX, PageAudio
from onestop.pages.present import AGE
from onestop.speech.engine import SpeechFailed
from onestop.speech.speaker import Speaker, SpeechBusy
from onestop.store.database import Database

TYPES: Mapping[str, str] = {".mp3": "audio/mpeg", ".wav": "audio/wav"}
RETRY_AFTER = "2"
"""Seconds after which to ask again for a recording that is not ready."""
log = logging.getLogger("onestop")


@dataclass(frozen=True, slots=True)
class SpeechHandler:
    """Handles requests for recordings."""

    audio: PageAudio

    async def recording(self, request: web.Request) -> web.StreamResponse:
        """Return the recording of the current page at the address."""
        site, speaker = self.audio.sites.current, self.audio.speaker
        if site is None or speaker is None:
            raise web.HTTPNotFound
        raw = request.rel_url.raw_path.removeprefix(PREFIX).removesuffix(speaker.engine.suffix)
        address = site.addresses.parse(raw)
        if address is None:
            raise web.HTTPNotFound
        context = self.audio.default_context(site, address)
        name = self.audio.name_at(replace(context, device=site.device(address, request.headers)))
        if name is None:
            raise web.HTTPNotFound
        return await _response(speaker, name, () if address.device else address.channel.varies)


async def _response(speaker: Speaker, name: str, varies: tuple[str, ...]) -> web.StreamResponse:
    try:
        file = await speaker.recording(name)
    except SpeechFailed as why:
        if not isinstance(why, SpeechBusy):
            log.error("a page cannot be read aloud: %s", why)
        return web.Response(status=503, headers={"Retry-After": RETRY_AFTER, "Cache-Control": "no-store"})
    if file is None:
        raise web.HTTPNotFound
    headers = {
        "Content-Type": TYPES[file.suffix],
        "Cache-Control": f"max-age={AGE}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'",
    }
    return web.FileResponse(file, headers=headers | ({"Vary": ", ".join(varies)} if varies else {}))


@asynccontextmanager
async def running(parts: Parts, database: Database) -> AsyncIterator[None]:
    """Record public pages ahead of time while the server runs, if the settings ask for it."""
    channels = parts.channels if parts.settings.speech_ahead else ()
    async with AdvanceRecorder(parts.audio, parts.presenter, channels).running():
        yield


CAPABILITY = Capability(
    "speech",
    routes=(Route((PREFIX + "{path:/.*}",), lambda parts: SpeechHandler(parts.audio).recording),),
    running=running,
)
