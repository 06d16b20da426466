"""How the steps of a journey are shown and taken: one request, what its visitor holds, and a screen or another address."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from aiohttp import web

from onestop.catalogue.catalogue import Service
from onestop.catalogue.screens import phone_screen
from onestop.journeys.journey import Journey
from onestop.screen import Screen
from onestop.store.database import Database
from onestop.store.failing import Unavailable
from onestop.web.addresses import Address
from onestop.web.asking import Asking
from onestop.web.held import Held, Holding, council_day
from onestop.web.moving import Moving
from onestop.web.personal import Go, Personal
from onestop.web.sending import Sent, read_sent
from onestop.web.site import Site
from onestop.web.steps import Step, step_at
from onestop.web.taking import Taking
from onestop.web.visitor import Visitor, from_our_pages

Answered = Screen | Go | web.Response
READS, SENDS = ("GET", "HEAD"), ("POST",)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request for a step of a journey."""

    request: web.Request
    site: Site
    address: Address
    step: Step
    service: Service
    journey: Journey
    visitor: Visitor
