"""Television families are recognised by real User-Agents, and every family has complete data."""

from pathlib import Path

import pytest

from channels.registry import find_channels
from channels.tv import CHANNEL
from channels.tv.families import UNKNOWN, read_families

FAMILIES = read_families()
ROWS = [line.split("\t") for line in (Path(__file__).parent / "agents.tsv").read_text(encoding="utf-8").splitlines()]
# Each row: the family, where the agent was found, and the agent.
AGENTS = [(family, agent) for family, _, agent in ROWS if family]
BROWSERS = [agent for family, _, agent in ROWS if not family] + [""]
UNSEEN = {"youview", "humax", "hisense", UNKNOWN}
"""Families of whose User-Agent no public example was found; their marks are their makers' names."""
WAYS = {"", "destroy", "tizen", "webos", "close"}


@pytest.mark.parametrize(("family", "agent"), AGENTS)
def test_a_family_is_recognised_by_its_user_agent(family: str, agent: str) -> None:
    assert CHANNEL.recognise({"User-Agent": agent}).name == family
    assert CHANNEL.claims({"User-Agent": agent})


@pytest.mark.parametrize("agent", BROWSERS)
def test_other_browsers_are_not_recognised_as_televisions(agent: str) -> None:
    assert not CHANNEL.claims({"User-Agent": agent})
    assert CHANNEL.recognise({"User-Agent": agent}).name == UNKNOWN


def codes(keys: str) -> list[list[int]]:
    """Return the codes of each key table, as the script reads them."""
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


def test_old_samsung_key_codes_differ_from_the_standard() -> None:
    (maple, *_) = codes(FAMILIES["maple"].keys)
    assert maple[:5] == [4, 29460, 5, 29461, 29443]
    assert maple[9 + 4] == 8 and maple[9 + 5] == 9 and maple[9 + 8] == 13


def test_only_the_first_hbbtv_gets_the_hbbtv_media_type() -> None:
    special = {name for name, family in FAMILIES.items() if family.media_type != "text/html"}
    assert special == {"hbbtv"}
    assert all(FAMILIES[name].manager and "HbbTV-1.1.1.dtd" in FAMILIES[name].doctype for name in special)
    assert FAMILIES["hbbtv2"].manager and not FAMILIES["hbbtv2"].doctype


def test_every_family_has_enough_sampled_user_agents() -> None:
    assert len(AGENTS) >= 60 and len(BROWSERS) >= 15
    assert set(FAMILIES) == {family for family, _ in AGENTS} | UNSEEN
    assert all(where for _, where, _ in ROWS)


def test_every_family_has_valid_fields() -> None:
    for name, family in FAMILIES.items():
        assert family.about and family.leaves in WAYS and family.registers in ("", "keyset", "tizen"), name
        assert family.isrg in ("", "yes", "no", "updated") and family.tls in ("", "1.0", "1.1", "1.2", "1.3"), name
        assert all(side > 0 for side in family.plane) and len(family.plane) == 2, name


def test_the_matched_words_of_a_user_agent_are_reported() -> None:
    samsung = (
        "Mozilla/5.0 (SMART-TV; LINUX; Tizen 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Version/5.0 TV Safari/537.36"
    )
    assert FAMILIES["tizen"].why(samsung) == ("Tizen", "TV")
    assert FAMILIES["tizen2"].why(samsung) == ()
    assert FAMILIES[UNKNOWN].why(samsung) == ()


def test_a_new_family_is_one_entry_and_an_unknown_field_is_rejected(tmp_path: Path) -> None:
    entry = '[families.new]\nabout = "New"\nmarks = ["New"]\nkeys = "k"\n'
    keys = "[keys.k]\narrows = [37, 38, 39, 40]\nok = 13\ncolours = [1, 2, 3, 4]\ndigits = []\nback = [8]\n"
    (tmp_path / "a.toml").write_text(entry + keys)
    assert read_families(tmp_path / "a.toml")["new"].keys == "37-40 13 1-4 8"
    (tmp_path / "b.toml").write_text(entry + "colour = 4\n" + keys)
    with pytest.raises(TypeError, match="colour"):
        read_families(tmp_path / "b.toml")


def test_no_other_channel_claims_a_set() -> None:
    for _, agent in AGENTS:
        others = [c.name for c in find_channels() if c is not CHANNEL and c.prefix and c.claims({"User-Agent": agent})]
        assert others == []
