"""A small content folder without faults, and a way to write it with some files changed."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from support.paths import CONTENT

TODAY = date(2026, 11, 23)
SETTINGS = CONTENT

MISSED_BIN = """\
---
number: 214
title: Report a missed bin
summary: Tell us within two working days and we will come back for it.
lgsl: 577
words: [rubbish, refuse, wheelie, not collected]
cost: Free
need: [Your address, Which bin was missed]
contact: {team: Waste and recycling, phone: 01632 960 200, hours: Mo-Fr 08:30-17:00}
places:
  - name: Market Hall One Stop Shop
    address: Market Hall, 1 Market Street, EM1 1AA
    hours: Mo-Fr 09:00-17:00; Sa 09:00-12:30
reviewed: 2026-10-01
---
Tell us if we did not empty your bin.

## Before you report

See [what we grit](/roads/gritting) first.
"""

MISSED_BIN_CY = """\
---
title: Rhoi gwybod am fin a gollwyd
summary: Dywedwch wrthym o fewn dau ddiwrnod gwaith.
words: [sbwriel, gwastraff]
contact: {team: Gwastraff ac ailgylchu}
places:
  - name: Siop Un Stop Neuadd y Farchnad
---
Dywedwch wrthym os na wnaethom wagio eich bin.
"""

GRITTING = """\
---
number: 608
title: Gritting and winter repairs
summary: Which roads and paths we treat when ice is forecast.
lgsl: 600
words: [ice, snow, salt]
reviewed: 2026-10-01
---
We grit the main roads before it freezes.
"""

GRITTING_CY = """\
---
title: Graeanu a gwaith trwsio’r gaeaf
summary: Pa ffyrdd a llwybrau rydym yn eu trin.
words: [rhew, eira, halen]
---
Rydym yn graeanu’r prif ffyrdd.
"""

SECTION = (
    "number: {number}\ntitle: {{en: {en}, cy: {cy}}}\nsummary: {{en: What we do, cy: Beth a wnawn}}\nicon: {icon}\n"
)

FILES = {
    "services/bins/section.yaml": SECTION.format(number=200, en="Bins and recycling", cy="Biniau", icon="trash-2"),
    "services/bins/missed-bin.md": MISSED_BIN,
    "services/bins/missed-bin.cy.md": MISSED_BIN_CY,
    "services/roads/section.yaml": SECTION.format(number=600, en="Roads and parking", cy="Ffyrdd", icon="car"),
    "services/roads/gritting.md": GRITTING,
    "services/roads/gritting.cy.md": GRITTING_CY,
    **{
        name: (SETTINGS / name).read_text(encoding="utf-8")
        for name in ("council.yaml", "holidays.yaml", "alert.yaml", "crest.svg")
    },
}
# The services that the borough's home shows are not in the small catalogue.
FILES["council.yaml"] = re.sub(r"most_used:.*\n", "", FILES["council.yaml"])

Changes = Mapping[str, str | bytes | None]


def write_content(folder: Path, changes: Changes) -> Path:
    """Write the small catalogue below `folder` with some files changed; leave out those that are None."""
    for name, text in {**FILES, **changes}.items():
        if text is not None:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder
