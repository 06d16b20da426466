"""Long-lived objects are left out of garbage collections, at most once a minute."""

import gc
from collections.abc import Callable, Iterator

import pytest
from support.servers.running_server import Clock

from onestop.server.process.garbage import EVERY, FULL, MOST, PAUSE, THRESHOLDS, YOUNG, ShortCollections

DUE: list[Callable[[], None]] = []
"""What is to be called later."""


@pytest.fixture
def collections(clock: Clock) -> Iterator[ShortCollections]:
    thresholds, before = gc.get_threshold(), [*gc.callbacks]
    made = ShortCollections(clock)
    made.begin(lambda seconds, function: DUE.append(function))
    yield made
    DUE.clear()
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
    for number in range(150_000):
        clock.now += 0.002
        kept.append([[]])
        if number % 600 == 0:
            DUE.pop()()
    assert len(looked_at) > 5
    assert max(looked_at) < 2 * MOST + 2 * EVERY / 0.002


def test_collections_are_steps_of_their_own(collections: ShortCollections) -> None:
    generations: list[int] = []
    gc.callbacks.append(lambda phase, about: generations.append(about["generation"]) if phase == "stop" else None)
    DUE.pop()()
    assert len(DUE) == 1 and PAUSE <= 0.05
    generations.clear()
    kept: list[list[int]] = [[] for _ in range(2 * YOUNG)]
    assert not generations
    for _ in range(60):
        DUE.pop()()
        kept += [[] for _ in range(2 * YOUNG)]
    assert generations.count(0) > generations.count(1) > generations.count(FULL) > 0
    assert len(generations) == 60
    generations.clear()
    gc.disable()
    DUE.pop()()
    gc.enable()
    assert not generations
