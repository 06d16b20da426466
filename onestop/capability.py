"""A capability: a part of the program that answers addresses. Routing, reserved names and words follow from what it declares."""

import argparse
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from aiohttp import web

from channels.contract import Channel
from onestop.http.page_cache import PageCache
from onestop.http.readiness import Readiness
from onestop.http.request.upload import UploadBudget
from onestop.http.respond import Responder
from onestop.http.response_counter import ResponseCounter
from onestop.http.static_files import StaticFiles
from onestop.pages.audio import PageAudio
from onestop.pages.errors import ErrorPages
from onestop.pages.find_screen import BlocksLoop, ScreenAt, Screens, segment
from onestop.pages.handler import PageHandler
from onestop.pages.present import Presenter
from onestop.pages.private import PrivatePages
from onestop.pictures.photo_queue import PhotoQueue
from onestop.places.gazetteer.reader import Gazetteer
from onestop.places.notices.notice import NoticeBoard
from onestop.settings import Settings
from onestop.site.context import RequestContext
from onestop.site.current import Sites
from onestop.site.metrics import Metrics
from onestop.site.reload import Reloader
from onestop.site.site import Site
from onestop.site.templates import Renderer
from onestop.site.worker_peers import WorkerPeers
from onestop.store.database import Database

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a server, for capabilities to use. `uploads` and `photos` bound what uploads cost; `clock` gives seconds since 1970."""

    settings: Settings
    channels: Sequence[Channel]
    capabilities: "Sequence[Capability]"
    sites: Sites
    screens: Screens
    cache: PageCache
    counter: ResponseCounter
    metrics: Metrics
    files: StaticFiles
    templates: Path
    renderers: Mapping[str, Renderer]
    presenter: Presenter
    respond: Responder
    handler: PageHandler
    errors: ErrorPages
    private: PrivatePages
    audio: PageAudio
    reloader: Reloader
    gazetteer: Gazetteer
    clock: Callable[[], float]
    readiness: Readiness = field(default_factory=Readiness)
    uploads: UploadBudget = field(default_factory=UploadBudget)
    notices: NoticeBoard = field(default_factory=NoticeBoard)
    photos: PhotoQueue = field(default_factory=PhotoQueue)
    workers: WorkerPeers = field(default_factory=WorkerPeers)


DATABASE: web.AppKey[Database] = web.AppKey("DATABASE", Database)
WAKE: web.AppKey[Callable[[], None]] = web.AppKey("WAKE", Callable[[], None])  # type: ignore[arg-type]
"""Tells the delivery worker that a case may have been made."""

Answer = Callable[[RequestContext, Parts], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Route:
    """aiohttp path patterns that do not depend on channel, device or language; `make` is called once and returns their handler.

    Only if it is `public` does the access log hold what stands for a variable of the path.
    """

    paths: tuple[str, ...]
    make: Callable[[Parts], Handler]
    public: bool = False


class CommandFailed(Exception):
    """Why a command failed: one line for the operator."""


def _no_options(parser: argparse.ArgumentParser) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the command line: `run` returns the exit status. `argument` is its name in the help, `needs` says what it must be
    if it may not be left out. `add_options` declares options of its own. With `many` it takes further files, in `options.more`.
    """

    run: Callable[[argparse.Namespace, Settings], int]
    help: str
    argument: str = ""
    needs: str = ""
    add_options: Callable[[argparse.ArgumentParser], None] = _no_options
    many: bool = False


@dataclass(frozen=True, slots=True)
class Capability:
    """A declaration of addresses and their handlers. Neutral addresses work under every channel, device and language.

    `screens` are public and cached: "/hello" is one address, "/hello/" everything below it. Those in `slow` are found in a thread if
    their function says that it takes long. `answers` are for one visitor and never cached. `steps` follow the address of a service:
    "ask" is /bins/missed-bin/ask and what is below it; `step_names` are the names below it that no question may have. `channel_form`
    takes forms on screens that only one channel has. `words` is a folder of .po files. `tables` are the modules of onestop/store/tables
    and onestop/store/counts that it uses: its room may import no others. `running` is entered for as long as the server runs, for its
    background work: erasing expired data, say.
    """

    name: str
    screens: Mapping[str, ScreenAt] = field(default_factory=dict)
    slow: Mapping[str, BlocksLoop] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    steps: Mapping[str, Answer] = field(default_factory=dict)
    step_names: frozenset[str] = frozenset()
    channel_form: Answer | None = None
    routes: tuple[Route, ...] = ()
    words: Path | None = None
    tables: frozenset[str] = frozenset()
    running: Callable[[Parts, Database], AbstractAsyncContextManager[None]] | None = None
    commands: Mapping[str, Command] = field(default_factory=dict)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every address and path pattern that it declares."""
        return (*self.screens, *self.answers, *(path for route in self.routes for path in route.paths))


def private_segments(capabilities: Iterable[Capability]) -> frozenset[str]:
    """Return the segments below which an address may hold what is one visitor's: of all answers, and of routes that are not public."""
    capabilities = tuple(capabilities)
    answers = [address for capability in capabilities for address in capability.answers if address.endswith("/")]
    routes = [route for capability in capabilities for route in capability.routes if not route.public]
    paths = [path.partition("{")[0] for route in routes for path in route.paths if "{" in path]
    return frozenset(path.rpartition("/")[0].strip("/") for path in (*answers, *paths)) - {""}


def check_declarations(capabilities: Iterable[Capability]) -> None:
    """Raise ValueError if two capabilities declare the same address or step."""
    owners: dict[str, str] = {}
    for capability in capabilities:
        for address in (*capability.addresses, *capability.steps):
            owner = owners.setdefault(address, capability.name)
            if owner != capability.name:
                raise ValueError(f"{capability.name} declares {address}, which {owner} has")


def screens_of(capabilities: Sequence[Capability]) -> Screens:
    """Return the public screens of all capabilities."""
    screens = {address: make for capability in capabilities for address, make in capability.screens.items()}
    slow = {address: blocks for capability in capabilities for address, blocks in capability.slow.items()}
    return Screens(screens, slow)


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """The answers of all capabilities by neutral address, and their steps by name."""

    by_address: Mapping[str, Answer]
    steps: Mapping[str, Answer]

    def at(self, site: Site, neutral: str) -> Answer | None:
        """Return what answers a neutral address for one visitor, or None if it is a public page."""
        answer = self.by_address.get(neutral) or self.by_address.get(f"/{segment(neutral)}/")
        if answer:
            return answer
        section, service, step, *_ = (*neutral[1:].split("/"), "", "", "")
        return self.steps.get(step) if site.catalogue.find(f"/{section}/{service}") else None


def answers_of(capabilities: Sequence[Capability]) -> AnswerTable:
    """Return the answers of all capabilities."""
    return AnswerTable(
        {address: answer for capability in capabilities for address, answer in capability.answers.items()},
        {name: answer for capability in capabilities for name, answer in capability.steps.items()},
    )


def reserved_segments(capabilities: Iterable[Capability], channels: Iterable[Channel]) -> frozenset[str]:
    """Return the first segments that no section may be called: their addresses lead elsewhere, on all channels or on one."""
    channels = tuple(channels)
    prefixes = [channel.prefix for channel in channels]
    addresses = [address for capability in capabilities for address in capability.addresses]
    below = [address[len(prefix) :] for prefix in prefixes for address in addresses if address.startswith(prefix + "/")]
    own = [name for channel in channels for name in channel.own_screens]
    return frozenset((*own, *map(segment, (*prefixes, *addresses, *below)))) - {""}


def reserved_steps(capabilities: Iterable[Capability]) -> frozenset[str]:
    """Return the names that no question of a journey may have."""
    return frozenset().union(*(capability.step_names for capability in capabilities))


def brought_by(channels: Iterable[Channel]) -> tuple[Capability, ...]:
    """Return the capabilities that channels bring: the `CAPABILITY` of every module that one names."""
    return tuple(import_module(name).CAPABILITY for channel in channels for name in channel.brings)
