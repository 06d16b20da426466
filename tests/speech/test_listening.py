"""Recordings over HTTP: addresses, ranges, caching, and pages without a recording."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from aiohttp import ClientSession, web
from jinja2 import Template
from speech.fake_engine import Mimic
from support.programs.system_programs import need
from support.samples.small_borough import CHANNELS, write_borough
from support.servers.running_server import Clock, RunningServer

from channels.contract import Device, Page
from onestop.capabilities import speech
from onestop.capabilities.record_ahead import AdvanceRecorder
from onestop.pages.audio import recording_address
from onestop.screen import Brand, Paragraph, Run, Screen, Search
from onestop.server.app import started
from onestop.server.connection import Server
from onestop.server.join import join
from onestop.settings import Settings, read_settings
from onestop.speech.speaker import Speaker
from server import CAPABILITIES


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    given = {"database": f"sqlite:///{tmp_path}/onestop.db", "watch": "no", "speech": "off", "speech_ahead": "yes"}
    found = read_settings(given, {})
    return found.model_copy(update={"content": write_borough(tmp_path), "shutdown_seconds": 0.5})


@dataclass
class Heard(RunningServer):
    """A server with a fake speech engine, and its recorder."""

    recorder: AdvanceRecorder


async def _running(settings: Settings, speaker: Speaker | None) -> AsyncIterator[Heard]:
    clock = Clock()
    parts = join(settings, CHANNELS, CAPABILITIES, clock)
    if speaker:
        audio = replace(parts.audio, speaker=speaker)
        parts = replace(parts, audio=audio, presenter=replace(parts.presenter, audio_address=audio.address))
    recorder = AdvanceRecorder(parts.audio, parts.presenter, CHANNELS, quiet=0.0, between=0.0)
    spoken = replace(speech.CAPABILITY, running=lambda parts, database: recorder.running())
    others = tuple(capability for capability in CAPABILITIES if capability is not speech.CAPABILITY)
    parts = replace(parts, capabilities=(*others, spoken))
    parts.sites.take(parts.sites.read())
    async with started(parts) as runner:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        assert isinstance(runner.server, Server)
        async with ClientSession(auto_decompress=False) as browser:
            yield Heard(parts, clock, site.port, browser, runner.server, recorder)


@pytest.fixture
async def heard(settings: Settings, speaker: Speaker) -> AsyncIterator[Heard]:
    """Serve with a fake speech engine."""
    async for server in _running(settings, speaker):
        yield server


@dataclass(frozen=True)
class _One:
    """Renders every page with one template."""

    template: Template

    def page(self, page: Page, context: Mapping[str, object]) -> str:
        return self.template.render(page=page, **context)

    def style(self, device: Device, brand: Brand) -> str:
        return ""


def _address(server: RunningServer, path: str, screen: Screen | None = None) -> str:
    """Return the address of the recording of the first page at a path, as its template gets it."""
    site = server.parts.sites.current
    assert site
    address = site.addresses.parse(path)
    assert address
    shown = screen or Screen("Bins", (Paragraph((Run("Ring 999."),)),), "/bins", address.language)
    context = server.parts.audio.default_context(site, address)
    return server.parts.audio.address(context, Page(shown, address.channel.devices["new"], shown.blocks))


async def test_a_recording_is_made_once_and_is_cacheable_as_long_as_its_page(heard: Heard, mimic: Mimic) -> None:
    address = _address(heard, "/big/bins")
    answer = await heard.get(address)
    assert answer.status == 200
    assert answer.text.startswith("Bins.\n\nPage 1 of 2.")
    assert answer.headers["Content-Type"] == "audio/mpeg"
    assert answer.headers["Cache-Control"] == "max-age=60"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    again = await heard.get(address)
    assert (again.body, again.headers["ETag"]) == (answer.body, answer.headers["ETag"])
    assert (await heard.get(address, If_None_Match=answer.headers["ETag"])).status == 304
    assert len(mimic.said) == 1


async def test_a_template_gets_the_address_of_its_recording(heard: Heard) -> None:
    parts, site = heard.parts, heard.parts.sites.current
    assert site
    address = site.addresses.parse("/bins/garden")
    assert address
    screen = Screen("Bins", (Paragraph((Run("Ring 999."),)),), "/bins", "en")
    asking = parts.presenter.renderers["small"].environment.from_string("{{ listen() }}")
    presenter = replace(parts.presenter, renderers={"small": _One(asking)})  # type: ignore[dict-item]
    context = parts.audio.default_context(site, address)
    ready = presenter.present(context, screen, varies=())
    assert ready.plain.body == b"/speech/at/bins/garden.mp3"
    assert (await heard.get(ready.plain.body.decode())).text.startswith("Garden waste.\n\nA brown bin for grass.")
    own = presenter.present(context, replace(screen, personal=True), varies=())
    assert own.plain.body == b"/speech/at/bins/garden.mp3"
    assert heard.recorder.audio.listening_channels == {"small"}


async def test_range_requests_are_answered(heard: Heard) -> None:
    address = _address(heard, "/big/bins")
    answer = await heard.get(address, Range="bytes=2-5")
    assert (answer.status, answer.text) == (206, "ns.\n")
    assert answer.headers["Content-Range"].startswith("bytes 2-5/")
    assert (await heard.get(address, Range="bytes=100000-")).status == 416
    assert (await heard.get(address, method="HEAD")).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/speech/aaaaaaaaaaaaaaaa.mp3",
        "/speech",
        "/speech/..%2f..%2fonestop.db",
        "/speech/../onestop.db",
        "/speech/%00.mp3",
        "/speech/at/nothing/here.mp3",
        "/speech/at/bins/missed-bin/9.mp3",
        "/speech/at/~nothing/bins.mp3",
        "/speech/at/%ff%00.mp3",
        "/speech/at",
    ],
)
async def test_addresses_without_a_recording_are_404(heard: Heard, path: str, mimic: Mimic) -> None:
    assert (await heard.get(path)).status == 404
    assert not mimic.said


async def test_each_page_of_a_screen_has_its_own_recording(heard: Heard, mimic: Mimic) -> None:
    answer = await heard.get(recording_address("/big/bins/missed-bin/2"), User_Agent="Big")
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "max-age=60"
    assert answer.headers["Vary"] == "User-Agent"
    assert "Page 2 of" in answer.text
    welsh = await heard.get(recording_address("/cy/bins/missed-bin"))
    assert "Rhoi gwybod am fin" in welsh.text
    assert [language for _, language in mimic.said] == ["en", "cy"]
    assert (await heard.get(recording_address("/"))).status == 200


async def test_an_untranslated_page_is_read_by_the_voice_of_its_language(heard: Heard, mimic: Mimic) -> None:
    await heard.get(recording_address("/cy/bins/garden"))
    assert [language for _, language in mimic.said] == ["en"]


async def test_an_error_page_has_no_recording(heard: Heard) -> None:
    blocks = (Paragraph((Run("Your reference is 5."),)),)
    screen = Screen("Bins", blocks, "/bins", "en")
    assert _address(heard, "/big/bins", screen)
    assert _address(heard, "/big/bins", replace(screen, personal=True))
    assert not _address(heard, "/big/bins", replace(screen, status=404))
    assert _address(heard, "/big/bins", replace(screen, blocks=(Search("my illness"),)))
    assert _address(heard, "/big/bins", replace(screen, blocks=(Search(),)))


async def test_without_an_engine_no_page_offers_a_recording(settings: Settings) -> None:
    async for server in _running(settings, None):
        assert _address(server, "/big/bins") == ""
        assert (await server.get("/speech/aaaaaaaaaaaaaaaa.mp3")).status == 404
        assert (await server.get(recording_address("/bins"))).status == 404
        assert not settings.speech_cache.exists()


async def test_a_failing_engine_is_a_503_with_retry_after(
    heard: Heard, mimic: Mimic, caplog: pytest.LogCaptureFixture
) -> None:
    mimic.wrong = "it is hoarse"
    answer = await heard.get(_address(heard, "/big/bins"))
    assert (answer.status, answer.headers["Retry-After"], answer.headers["Cache-Control"]) == (503, "2", "no-store")
    assert "it is hoarse" in caplog.text
    mimic.wrong = ""
    assert (await heard.get(_address(heard, "/big/bins"))).status == 200


async def test_channels_without_recordings_are_not_recorded_ahead(heard: Heard, mimic: Mimic) -> None:
    await asyncio.wait_for(heard.recorder.done.wait(), 5)
    assert mimic.said == []


async def test_pages_are_recorded_ahead_and_again_when_they_change(heard: Heard, mimic: Mimic) -> None:
    recorder = heard.recorder
    await asyncio.wait_for(recorder.done.wait(), 5)
    recorder.audio.listening_channels.add("big")
    recorder.done.clear()
    recorder.wanted.set()
    await asyncio.wait_for(recorder.done.wait(), 5)
    made = len(mimic.said)
    assert any(text.startswith("Report a missed bin.") for text, _ in mimic.said)
    assert {language for _, language in mimic.said} == {"en", "cy"}
    assert (await heard.get(recording_address("/big/bins/missed-bin"))).status == 200
    assert len(mimic.said) == made
    heard.parts.sites.take(heard.parts.sites.read())
    recorder.done.clear()
    await asyncio.wait_for(recorder.done.wait(), 5)
    assert len(mimic.said) == made, "the same words are not recorded twice"


async def test_recording_ahead_stops_when_the_cache_is_nearly_full(heard: Heard, mimic: Mimic) -> None:
    recorder = heard.recorder
    await asyncio.wait_for(recorder.done.wait(), 5)
    speaker = recorder.audio.speaker
    assert speaker
    speaker.recordings.bound = 400
    recorder.audio.listening_channels.add("big")
    recorder.done.clear()
    recorder.wanted.set()
    await asyncio.wait_for(recorder.done.wait(), 5)
    assert 1 <= len(mimic.said) < 10
    assert speaker.recordings.size() <= 400 + 300


async def test_a_draft_is_read_to_its_author_and_kept_nowhere(heard: Heard, mimic: Mimic) -> None:
    file = heard.parts.settings.content / "services/bins/bulky.md"
    file.write_text(file.read_text(encoding="utf-8").replace("---\n", "---\ndraft: yes\n", 1), encoding="utf-8")
    heard.parts.sites.take(heard.parts.sites.read())
    assert (await heard.get(recording_address("/big/bins/bulky"))).status == 404
    answer = await heard.get(recording_address("/preview/~draft/big/bins/bulky"))
    assert (answer.status, answer.headers["Cache-Control"]) == (200, "no-store")
    assert mimic.said[-1][0].startswith("Bulky waste.")
    assert (await heard.get(recording_address("/preview/~draft/big/bins/missed-bin"))).status == 404
    assert (await heard.get(recording_address("/preview/~draft/big/bins/bulky/99"))).status == 404


async def test_the_real_engine_answers_over_http(settings: Settings) -> None:
    need("espeak-ng")
    need("lame")
    async for server in _running(settings.model_copy(update={"speech": "auto"}), None):
        answer = await server.get(recording_address("/cy/bins/missed-bin"))
        assert (answer.status, answer.headers["Content-Type"]) == (200, "audio/mpeg")
        assert len(answer.body) > 20_000
        assert [file.suffix for file in settings.speech_cache.iterdir()] == [".mp3"]
