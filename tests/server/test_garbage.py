"""Long-lived objects are left out of garbage collections, at most once a minute."""

import gc
from collections.abc import Iterator

import pytest
from support.servers.running_server import Clock

from onestop.server.process.garbage import EVERY, FULL, MOST, THRESHOLDS, ShortCollections


@pytest.fixture
def collections(clock: Clock) -> Iterator[ShortCollections]:
    thresholds, before = gc.get_threshold(), [*gc.callbacks]
    made = ShortCollections(clock)
    made.begin()
    yield made
    gc.callbacks[:] = before
    gc.set_threshold(*thresholds)
    gc.unfreeze()


def test_many_survivors_are_frozen_once_a_minute(collections: ShortCollections, clock: Clock) -> None:
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


def test_full_collections_stay_small_while_a_server_fills_its_caches(
    collections: ShortCollections, clock: Clock
) -> None:
    looked_at: list[int] = []

    def note(phase: str, about: dict[str, int]) -> None:
        if phase == "start" and about["generation"] == FULL:
            looked_at.append(sum(len(gc.get_objects(generation=number)) for number in range(FULL + 1)))

    gc.callbacks.insert(0, note)
    kept: list[list[list[int]]] = []
    for _ in range(150_000):
        clock.now += 0.002
        kept.append([[]])
    assert len(looked_at) > 5
    assert max(looked_at) < 2 * MOST + 2 * EVERY / 0.002
