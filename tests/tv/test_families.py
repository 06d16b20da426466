"""Which family a set belongs to, by what real sets say of themselves; and whether each has what its pages and keys need."""

from pathlib import Path

import pytest

from channels.registry import find_channels
from channels.tv import CHANNEL
from channels.tv.families import UNKNOWN, read_families

FAMILIES = read_families()
ROWS = [line.split("\t") for line in (Path(__file__).parent / "agents.tsv").read_text(encoding="utf-8").splitlines()]
AGENTS = [(family, agent) for family, agent in ROWS if family]
BROWSERS = [agent for family, agent in ROWS if not family] + [""]


@pytest.mark.parametrize(("family", "agent"), AGENTS)
def test_a_set_is_known_by_what_it_says(family: str, agent: str) -> None:
    assert CHANNEL.recognise({"User-Agent": agent}).name == family
    assert CHANNEL.claims({"User-Agent": agent})


@pytest.mark.parametrize("agent", BROWSERS)
def test_nobody_elses_browser_is_taken_for_a_set(agent: str) -> None:
    assert not CHANNEL.claims({"User-Agent": agent})
    assert CHANNEL.recognise({"User-Agent": agent}).name == UNKNOWN


def codes(keys: str) -> list[list[int]]:
    """The codes of each table of a remote, as the script reads them."""
    tables = []
    for table in keys.split(","):
        found: list[int] = []
        for span in table.split():
            first, _, last = span.partition("-")
            found += range(int(first), int(last or first) + 1)
        tables.append(found)
    return tables


@pytest.mark.parametrize("name", sorted(FAMILIES))
def test_every_remote_has_arrows_ok_colours_digits_and_a_back(name: str) -> None:
    for table in codes(FAMILIES[name].keys):
        assert len(table) >= 20
        assert len(set(table[:19])) == 19
        assert not set(table[:19]) & set(table[19:])


def test_samsungs_old_codes_mean_other_keys_than_everybody_elses() -> None:
    (maple, *_) = codes(FAMILIES["maple"].keys)
    assert maple[:5] == [4, 29460, 5, 29461, 29443]
    assert maple[9 + 4] == 8 and maple[9 + 5] == 9 and maple[9 + 8] == 13


def test_only_hbbtv_gets_hbbtvs_kind_of_page() -> None:
    special = {name for name, family in FAMILIES.items() if family.media_type != "text/html"}
    assert special == {"hbbtv"}
    assert all(FAMILIES[name].manager and "HbbTV-1.1.1.dtd" in FAMILIES[name].doctype for name in special)


def test_no_other_channel_claims_a_set() -> None:
    for _, agent in AGENTS:
        others = [c.name for c in find_channels() if c is not CHANNEL and c.prefix and c.claims({"User-Agent": agent})]
        assert others == []
