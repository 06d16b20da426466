"""How full kiosk pages are, and how many a service takes, by the layout itself."""

import statistics
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bench.layout.tv_pages import NOON, words_of
from channels.block_heights import height
from channels.kiosk.density import fit_screen
from channels.kiosk.devices import DEVICES as KIOSKS
from onestop.catalogue.catalogue import Catalogue
from onestop.catalogue.screens.service import service_screen
from onestop.catalogue.source.load import load

DEVICES = ("portrait", "landscape", "portrait.large", "landscape.large")


@dataclass(slots=True)
class KioskFullness:
    """`counts` are pages by service; `fills` are shares of the height of each column, those of last pages aside."""

    counts: dict[str, int] = field(default_factory=dict)
    fills: list[float] = field(default_factory=list)

    @property
    def fill(self) -> float:
        return statistics.mean(self.fills)


def kiosk_fullness(catalogue: Catalogue, device: str, language: str) -> KioskFullness:
    """Lay out every service of a catalogue in one language on one kiosk."""
    found, words, kiosk = KioskFullness(), words_of(language, catalogue), KIOSKS[device]
    for service in catalogue.services:
        drawn, cut = fit_screen(service_screen(catalogue, service, words, NOON), words, kiosk)
        found.counts[service.address] = len(cut.spreads)
        for number, spread in enumerate(cut.spreads[:-1]):
            # A page with one column has an empty one beside it.
            taken = [sum(height(block, cut.measures) for block in column) for column in spread]
            taken += [0.0] * (drawn.look.columns - len(spread))
            alert = 0 if number else cut.measures.first[0]
            found.fills += [(alert + one) / cut.measures.height for one in taken]
    return found


def measure(content: Path) -> None:
    """One row for each kiosk and language."""
    catalogue = load(content, date(2026, 11, 25)).catalogue
    assert catalogue
    print("\nKiosk pages of the services")
    for device in DEVICES:
        for language in catalogue.languages:
            found = kiosk_fullness(catalogue, device, language)
            counts = list(found.counts.values())
            print(
                f"  {device:18} {language}  pages {sum(counts):5}  median {statistics.median(counts):4}"
                f"  worst {max(counts):3}  fill {found.fill:4.0%}",
                flush=True,
            )
