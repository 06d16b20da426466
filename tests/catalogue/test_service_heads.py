"""Keys of a service's head that decide whether and where it is shown: online, draft, from, until, was."""

from collections.abc import Callable
from pathlib import Path

import pytest
from catalogue.shown import shown
from support.samples.small_content import FILES, TODAY

from onestop.catalogue.catalogue import Catalogue
from onestop.catalogue.source.load import load
from onestop.language import Words
from onestop.screen import (
    Action,
)


def heads(write: Callable[..., Path], keys: str) -> Catalogue:
    text = FILES["services/roads/gritting.md"].replace("lgsl: 600\n", f"lgsl: 600\n{keys}\n")
    loaded = load(write({"services/roads/gritting.md": text}), TODAY)
    assert loaded.catalogue and not [fault for fault in loaded.faults if fault.severity == "error"], loaded.faults
    return loaded.catalogue


def test_a_service_done_elsewhere_has_a_button_for_it(write: Callable[..., Path], english: Words) -> None:
    catalogue = heads(write, "online: https://grit.example/ask")
    buttons = [block for block in shown(catalogue, "/roads/gritting", english).blocks if isinstance(block, Action)]
    assert buttons == [Action("Do it online", "https://grit.example/ask", "external-link")]


@pytest.mark.parametrize(
    ("keys", "there"),
    [
        ("draft: yes", False),
        ("draft: no", True),
        ("from: 2026-11-24", False),
        ("from: 2026-11-23", True),
        ("until: 2026-11-22", False),
        ("until: 2026-11-23", True),
    ],
)
def test_drafts_and_services_out_of_their_time_are_not_published(
    write: Callable[..., Path], keys: str, there: bool
) -> None:
    catalogue = heads(write, keys)
    assert bool(catalogue.find("/roads/gritting")) == there
    assert bool(catalogue.numbered("608")) == there


def test_former_addresses_and_numbers_lead_to_the_service(write: Callable[..., Path]) -> None:
    catalogue = heads(write, "was: [/winter/grit-bins, 214999]")
    assert catalogue.moved == {"/winter/grit-bins": "/roads/gritting", "214999": "/roads/gritting"}
