"""Any text for any kind of answer, on every channel over HTTP: stored as what was meant, or refused beside the field and kept."""

import re
from html import unescape
from random import Random

import pytest
from support.odd_texts import Fields, meaning, odd_form, visible
from support.resident import Resident, Seen
from support.samples.every_kind import AGES, ASK, EVERY, PHOTO, Asked, Everything

from onestop.journeys.kinds.place import FIELDS
from onestop.journeys.values.postal_address import join_address

PLACES = {"mobile": "", "kiosk": "/kiosk/~portrait", "tv": "/tv"}
"""Channels with forms; in a terminal what was entered stands in the command."""
PARTS = ("things", "people", "places")
"""What a television asks about in one go."""
CHOICES = ("danger", "part", "many")
TRIES = 6
INPUT = re.compile(r'<input [^>]*name="(answer[^"]*)"[^>]*>')
VALUE, TYPE = re.compile(r'\bvalue="([^"]*)"'), re.compile(r'\btype="([^"]*)"')
AREA = re.compile(r'<textarea [^>]*name="(answer)"[^>]*>\n?(.*?)</textarea>', re.DOTALL)


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("channel", PLACES)
def test_a_typed_text_is_stored_as_what_was_meant_or_kept_beside_its_error(
    channel: str, seed: int, everything: Everything
) -> None:
    outcomes = {"stored": 0, "refused": 0}
    for part in PARTS if channel == "tv" else PARTS[:1]:
        resident = Resident(everything.origin)
        page = resident.get(f"{PLACES[channel]}{ASK}")
        while not page.address.endswith("/check"):
            name = step_of(page)
            asked = next((one for one in EVERY if one.name == name), None)
            for number in range(0 if asked in (None, PHOTO, AGES) or name in CHOICES else TRIES):
                assert asked
                page = try_one(resident, page, asked, Random(f"{channel} {seed} {name} {number}"), outcomes)
            page = resident.get(f"{PLACES[channel]}{ASK}/{name}") if name != step_of(page) else page
            page = resident.send(page, right(asked, name, part))
            assert page.status == 200, page.body
    assert min(outcomes.values()) >= TRIES, outcomes


def try_one(resident: Resident, page: Seen, asked: Asked, chance: Random, outcomes: dict[str, int]) -> Seen:
    """Send an odd text for the question of a page, check what became of it, and return a page of the same question."""
    address, form = page.address, odd_form(chance, dict(asked.right))
    found = resident.send(page, form)
    assert found.status == 200, (form, found.status)
    if step_of(found) == asked.name:
        outcomes["refused"] += 1
        assert re.search(r"Error|error", found.body), form
        kept = entered(resident, found)
        for field, (text,) in form.items():
            assert visible(kept[field][0]) == visible(text), (field, text, kept[field])
        return found
    outcomes["stored"] += 1
    again = resident.get(address)
    assert step_of(again) == asked.name
    assert meaning(asked.name, entered(resident, again)) == meaning(asked.name, form), form
    return again


def step_of(page: Seen) -> str:
    return re.sub(r"/\d+$", "", page.address).rpartition("/")[2].partition(".")[0]


def entered(resident: Resident, page: Seen) -> Fields:
    """Return what the fields of a question hold, on whichever of its pages they are."""
    first = re.sub(r"/\d+$", "", page.address)
    for body in (page.body, *(resident.get(f"{first}/{number}").body for number in (2, 3))):
        fields: dict[str, str] = dict(AREA.findall(body))
        for found in INPUT.finditer(body):
            kind, value = TYPE.search(found[0]), VALUE.search(found[0])
            if not kind or kind[1] not in ("radio", "checkbox", "hidden", "file"):
                fields[found[1]] = value[1] if value else ""
        if fields:
            # A phone has a field for each part of an address.
            if FIELDS[-1] in fields:
                house, street, town, postcode = (unescape(fields.pop(name)) for name in FIELDS)
                return {"answer": (join_address(house, street, town, postcode),)}
            return {name: (unescape(text),) for name, text in fields.items()}
    raise AssertionError(page.body)


def right(asked: Asked | None, name: str, part: str) -> Fields:
    if name == "part":
        return {"answer": (part,)}
    if asked is None or asked in (PHOTO, AGES):
        return {"do": ("skip",)}
    return dict(asked.right)
