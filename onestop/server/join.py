"""Construct the parts of a server and connect them to each other."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import channels as channels_package
from channels.contract import Channel
from onestop.capability import (
    Capability,
    Parts,
    brought_by,
    check_declarations,
    reserved_segments,
    reserved_steps,
    screens_of,
)
from onestop.catalogue.catalogue import AREA_ICON
from onestop.http.page_cache import PageCache
from onestop.http.respond import Responder
from onestop.http.response_counter import ResponseCounter
from onestop.http.static_files import StaticFiles
from onestop.pages.audio import PageAudio, find_speaker
from onestop.pages.errors import ErrorPages
from onestop.pages.handler import PageHandler
from onestop.pages.present import Presenter
from onestop.pages.private import PrivatePages
from onestop.pages.variants import Variants
from onestop.places.gazetteer.reader import Gazetteer
from onestop.settings import Settings
from onestop.site.current import Sites
from onestop.site.metrics import Metrics
from onestop.site.reload import Reloader
from onestop.site.templates import Renderer, preview_files, renderer

HOME_ICONS = 9
"""The icons that a style sheet has: those of the tiles of home, which are its last entries."""
TEMPLATES = Path(channels_package.__file__).resolve().parent.parent / "templates"


def join(
    settings: Settings, channels: Sequence[Channel], capabilities: Sequence[Capability], clock: Callable[[], float]
) -> Parts:
    """Return the parts of a server, with the capabilities given and those that channels bring."""
    declared = (*capabilities, *brought_by(channels))
    check_declarations(declared)
    screens, sites = screens_of(declared), _sites(settings, channels, declared, clock)
    counter = ResponseCounter()
    cache = PageCache(settings.cache_bytes, counter.fold)
    sites.changed.append(cache.drop)
    metrics, files = Metrics(counter, cache, sites), _files(channels)
    renderers = {channel.name: renderer(channel, TEMPLATES, files.address) for channel in channels}
    audio = PageAudio(find_speaker(settings), sites, screens, clock)
    presenter = Presenter(renderers, metrics.observe_render, audio.address, settings.listen_key)
    respond, variants = Responder(counter, clock), Variants(channels, lambda: _languages_of(sites))
    handler = PageHandler(channels, sites, screens, presenter, cache, variants, respond, clock)
    errors = ErrorPages(sites, presenter, variants, respond)
    private = PrivatePages(presenter, counter, settings, clock)
    sites.changed.append(lambda: _write_sheets(sites, channels, renderers, files))
    return Parts(
        settings, channels, declared, sites, screens, cache, counter, metrics, files, TEMPLATES, renderers, presenter,
        respond, handler, errors, private, audio, Reloader(sites), Gazetteer(settings.gazetteer), clock,
    )  # fmt: skip


def _languages_of(sites: Sites) -> tuple[str, ...]:
    """Return the council's languages, the default one first; none before a catalogue is loaded."""
    return sites.current.catalogue.languages if sites.current else ()


def _sites(
    settings: Settings, channels: Sequence[Channel], capabilities: Sequence[Capability], clock: Callable[[], float]
) -> Sites:
    words = tuple(capability.words for capability in capabilities if capability.words)
    reserved = reserved_segments(capabilities, channels)
    return Sites(
        settings.content,
        channels,
        settings.catalogue_cache,
        words=words,
        reserved=reserved,
        reserved_steps=reserved_steps(capabilities),
        clock=clock,
    )


def _write_sheets(
    sites: Sites, channels: Sequence[Channel], renderers: Mapping[str, Renderer], files: StaticFiles
) -> None:
    """Draw the style sheets of every channel in the colours of the current site. They have no words of any language,
    but one edition for each direction of writing."""
    if sites.current:
        catalogue = sites.current.catalogue
        brand = sites.current.brands[catalogue.languages[0]]
        # In the order of home, where My area comes first if there are rounds.
        own = [AREA_ICON] if sites.current.local.schedule.rounds else []
        icons = [*own, *(section.icon for section in catalogue.sections)][-HOME_ICONS:]
        for channel in channels:
            for device in {one.sheet: one for one in channel.devices.values() if one.sheet}.values():
                for rtl in {words.direction == "rtl" for words in sites.current.words.values()}:
                    name = f"rtl-{device.sheet}" if rtl else device.sheet
                    files.replace(name, renderers[channel.name].sheet(device, brand, icons, rtl=rtl))


def _files(channels: Sequence[Channel]) -> StaticFiles:
    assets = [asset for channel in channels for asset in channel.assets.items()]
    return StaticFiles([*assets, *((file.name, file.read_bytes()) for file in preview_files(TEMPLATES))])
