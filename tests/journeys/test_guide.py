"""The journey in the authors' guide is one that would be published as it stands."""

import re
from datetime import date

from support.paths import ROOT

from channels.registry import find_channels
from onestop.authoring.source import Source
from onestop.journeys.source.folder import check_journey

GUIDE = (ROOT / "docs" / "authors.md").read_text(encoding="utf-8")


def test_the_example_has_no_fault() -> None:
    found = re.search(r"## Writing a journey.*?```yaml\n(.*?)```", GUIDE, re.DOTALL)
    assert found
    source = Source("blue-sack.yaml")
    means = {channel.name: channel.means for channel in find_channels()}
    desks = {"waste": {"en": "Waste", "cy": "Gwastraff"}}
    journey = check_journey(source, "blue-sack", found[1], ("en", "cy"), desks, means, date(2026, 11, 25))
    assert [str(fault) for fault in source.faults] == []
    assert journey is not None
