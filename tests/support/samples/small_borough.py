"""A borough of three services with two channels of its own, for tests of the server that need no real channel."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from support.paths import ROOT

from channels.contract import Channel, Device, Page
from onestop.language import Words
from onestop.screen import Means, Paragraph, Run, Screen

SERVICE = """---
number: "{number}"
title: {title}
summary: {summary}
lgsl: 577
words: [rubbish]
cost: Free
contact: {{team: Customer services, phone: 01632 960 100, hours: Mo-Fr 08:30-17:00}}
reviewed: 2026-10-01
---
{body}
"""
SERVICES = {
    "missed-bin": (
        "214",
        "Report a missed bin",
        "We come back for it.",
        "Tell us by the end of the next day.\n\nSee [bulky waste](/bins/bulky).",
    ),
    "bulky": ("215", "Bulky waste", "We take away what is large.", "Ring us.\n\n" + "A sentence about sofas. " * 40),
    "garden": ("216", "Garden waste", "A brown bin for grass.", "Every other week."),
}


@dataclass
class Small(Channel):
    """A channel without templates. If `cuts`, each block is a page of its own."""

    name: str
    prefix: str
    varies: tuple[str, ...] = ()
    cuts: bool = False
    template_sets: tuple[str, ...] = ()
    assets: Mapping[str, bytes] = field(default_factory=dict)
    means: Means = field(default_factory=Means)
    rest: str = "/"
    packet: int = 0
    devices: Mapping[str, Device] = field(
        default_factory=lambda: {"old": Device("old", "application/xhtml+xml"), "new": Device("new")}
    )

    def claims(self, headers: Mapping[str, str]) -> bool:
        return "Big" in headers.get("User-Agent", "")

    def recognise(self, headers: Mapping[str, str]) -> Device:
        return self.devices["old" if "Old" in headers.get("User-Agent", "") and self.varies else "new"]

    def lay_out(self, screen: Screen, device: Device, words: Words) -> tuple[Page, ...]:
        groups = [(block,) for block in screen.blocks] if self.cuts else [screen.blocks]
        return tuple(Page(screen, device, group, number, len(groups)) for number, group in enumerate(groups, 1))

    def __post_init__(self) -> None:
        self.own_screens = {"fails": self.own_screen, "pad": self.own_screen}

    def own_screen(self, address: str, words: Words) -> Screen | None:
        if address == "/fails":
            raise RuntimeError("this screen cannot be made")
        if address != "/pad" or not self.cuts:
            return None
        return Screen("Pad", (Paragraph((Run("Key in a number."),)),), "/pad", words.language, languages=("en",))


CHANNELS = (Small("small", ""), Small("big", "/big", ("User-Agent",), cuts=True))


def write_borough(folder: Path) -> Path:
    """Write the borough below `folder`, with the council of the demonstration; return the content folder."""
    content = folder / "content"
    section = content / "services" / "bins"
    section.mkdir(parents=True)
    for file in (ROOT / "content").iterdir():
        # These are about services that this borough has not got.
        if file.is_file() and file.name not in ("search.yaml", "figures.yaml"):
            shutil.copy(file, content / file.name)
    (content / "alert.yaml").write_text("on: no\ntitle: {en: Ice, cy: Rhew}\n", encoding="utf-8")
    (section / "section.yaml").write_text(
        'number: "200"\ntitle: {en: Bins, cy: Biniau}\nsummary: {en: Your bins., cy: Eich biniau.}\nicon: trash-2\n',
        encoding="utf-8",
    )
    for name, (number, title, summary, body) in SERVICES.items():
        text = SERVICE.format(number=number, title=title, summary=summary, body=body)
        (section / f"{name}.md").write_text(text, encoding="utf-8")
    translated = (
        "---\ntitle: Rhoi gwybod am fin\nsummary: Byddwn yn dod yn ôl.\nwords: [sbwriel]\n---\nDywedwch wrthym.\n"
    )
    (section / "missed-bin.cy.md").write_text(translated, encoding="utf-8")
    return content
