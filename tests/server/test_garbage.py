"""Long-lived objects are left out of garbage collections, at most once an hour."""

import gc
from collections.abc import Iterator

import pytest
from support.servers.running_server import Clock

from onestop.server.process.garbage import EVERY, MOST, THRESHOLDS, ShortCollections


@pytest.fixture
def collections(clock: Clock) -> Iterator[ShortCollections]:
    thresholds, before = gc.get_threshold(), [*gc.callbacks]
    made = ShortCollections(clock)
    made.begin()
    yield made
    gc.callbacks[:] = before
    gc.set_threshold(*thresholds)
    gc.unfreeze()


def test_many_survivors_are_frozen_once_an_hour(collections: ShortCollections, clock: Clock) -> None:
    assert gc.get_threshold() == THRESHOLDS
    begun = gc.get_freeze_count()
    kept: list[list[list[int]]] = [[[]] for _ in range(MOST)]
    gc.collect()
    assert gc.get_freeze_count() < begun + MOST
    clock.now += EVERY
    gc.collect()
    assert gc.get_freeze_count() > begun + MOST
    kept += [[[]] for _ in range(MOST)]
    gc.collect()
    assert gc.get_freeze_count() < begun + 4 * MOST


def test_few_survivors_stay_collectable(collections: ShortCollections, clock: Clock) -> None:
    clock.now += EVERY
    begun = gc.get_freeze_count()
    gc.collect()
    assert gc.get_freeze_count() <= begun
