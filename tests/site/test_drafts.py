"""Drafts, and services before or after their time, are seen in the preview only; days begin at the council's midnight."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.samples.small_borough import CHANNELS
from support.servers.running_server import Clock, RunningServer

from onestop.capabilities.unpublished import DraftAddresses, site_with
from onestop.catalogue.source.settings_files import today_of
from onestop.site.address import Address

ADDRESS, PUBLIC = "/bins/bulky", ("", "/big", "/big/~old")
NEIGHBOURS = ("/", "/bins", "/a-z", "/a-z/b", "/search?q=bulky", "/sitemap.xml", "/bins/missed-bin", "/cy/bins")


def publish(server: RunningServer, extra: str, name: str = "bulky") -> None:
    """Write lines into the head of the service, and read the catalogue again."""
    file = server.parts.settings.content / f"services/bins/{name}.md"
    text = re.sub(r"^(?:draft|from|until): .*\n", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    file.write_text(text.replace("---\n", f"---\n{extra}", 1), encoding="utf-8")
    read_again(server)


def begin(file: str, paragraph: str) -> str:
    """Return the text of a file with one more paragraph at the beginning of its body."""
    return file.replace("\n---\n", f"\n---\n{paragraph}\n\n", 1)


def read_again(server: RunningServer) -> None:
    server.parts.sites.take(server.parts.sites.read())


async def title_of(server: RunningServer) -> str:
    found = re.search(r"<h1[^>]*>\s*(.*?)\s*</h1>", (await server.get(ADDRESS)).text, re.DOTALL)
    assert found
    return found[1]


@pytest.fixture
async def title(server: RunningServer) -> AsyncIterator[str]:
    yield await title_of(server)


@pytest.mark.parametrize("head", ["draft: yes\n", "from: 2026-11-24\n", "until: 2026-11-22\n"])
async def test_an_unpublished_service_is_seen_in_the_preview_only(server: RunningServer, title: str, head: str) -> None:
    assert title in (await server.get("/bins")).text
    publish(server, head)
    for prefix in PUBLIC:
        assert (await server.get(prefix + ADDRESS)).status == 404
        for neighbour in NEIGHBOURS:
            page = await server.get(prefix + neighbour)
            assert title not in page.text and f"{ADDRESS}<" not in page.text, prefix + neighbour
    preview = await server.get(f"/preview{ADDRESS}")
    assert f'value="{ADDRESS}"' in preview.text and f'<a href="/preview{ADDRESS}">' in preview.text
    for channel in CHANNELS:
        shown = await server.get(f"/preview/~draft{channel.prefix}{ADDRESS}")
        assert shown.status == 200 and title in shown.text, channel.name
        assert shown.headers["Cache-Control"] == "no-store"
    publish(server, "")
    again = await server.get(f"/preview/~draft{ADDRESS}")
    assert (again.status, again.headers["Location"]) == (302, ADDRESS)
    assert title in (await server.get(ADDRESS)).text


async def test_the_preview_of_a_draft_leads_to_its_own_pages_and_languages(server: RunningServer) -> None:
    publish(server, "draft: yes\n")
    page = await server.get(f"/preview{ADDRESS}")
    assert f'href="/preview/cy{ADDRESS}"' in page.text
    shown = site_with(server.parts.sites, ADDRESS)
    assert shown and shown.addresses.write(Address(CHANNELS[0], "", "en", ADDRESS)) == f"/preview/~draft{ADDRESS}"
    to_phone = Address(CHANNELS[1], "", "cy", f"/phone{ADDRESS}")
    assert shown.addresses.write(to_phone) == f"/preview/~draft/cy{ADDRESS}"
    assert (await server.get(f"/preview/~draft/cy{ADDRESS}")).status == 200
    assert (await server.get(f"/preview/~draft{ADDRESS}/99")).headers["Location"].startswith("/preview/~draft")
    assert (await server.get("/preview/~draft/bins/nothing")).status == 302


async def test_links_of_a_draft_lead_to_other_drafts_and_its_own_languages(server: RunningServer) -> None:
    bins = server.parts.settings.content / "services/bins"
    other = (bins / "bulky.md").read_text(encoding="utf-8")
    other = re.sub(r"number: .*", "number: 298", other).replace("---\n", "---\ndraft: yes\n", 1)
    (bins / "other.md").write_text(begin(other, "See [the first](/bins/bulky)."), encoding="utf-8")
    text = (bins / "bulky.md").read_text(encoding="utf-8")
    linked = begin(text, "See [the other](/bins/other) and [missed bins](/bins/missed-bin).")
    (bins / "bulky.md").write_text(linked, encoding="utf-8")
    publish(server, "draft: yes\n")
    for channel in CHANNELS:
        draft = f"/preview/~draft{channel.prefix}"
        shown = await whole(server, draft + ADDRESS)
        assert f'href="{draft}/bins/other"' in shown, channel.name
        assert f'href="{channel.prefix}/bins/missed-bin"' in shown, channel.name
        for href in re.findall(rf'href="([^"]*(?:{ADDRESS}|/bins/other))"', shown):
            assert (await server.get(href)).status == 200, href
        assert f'href="{draft}{ADDRESS}"' in await whole(server, f"{draft}/bins/other"), channel.name


async def whole(server: RunningServer, address: str) -> str:
    """Return the first three pages of an address."""
    return "".join([(await server.get(f"{address}{page}")).text for page in ("", "/2", "/3")])


def test_the_link_to_another_language_of_a_draft_leads_to_the_draft() -> None:
    addresses = DraftAddresses(CHANNELS, ("en", "cy"), frozenset([ADDRESS]))
    for neutral, path in (
        (f"/language/cy{ADDRESS}", f"/preview/~draft/cy{ADDRESS}"),
        ("/language/cy/bins", "/language/cy/bins"),
        (ADDRESS, f"/preview/~draft{ADDRESS}"),
        ("/bins", "/bins"),
    ):
        assert addresses.write(Address(CHANNELS[0], "", "en", neutral)) == path


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("first", "midnight"),
    [
        ("2027-07-01", "2027-06-30T23:00"),  # summer time
        ("2026-12-01", "2026-12-01T00:00"),
        ("2027-03-28", "2027-03-28T00:00"),  # the day on which summer time begins
        ("2027-03-29", "2027-03-28T23:00"),
        ("2026-10-25", "2026-10-24T23:00"),  # the day on which it ends
        ("2026-10-26", "2026-10-26T00:00"),
    ],
)
async def test_from_and_until_turn_at_the_council_s_midnight(
    server: RunningServer, clock: Clock, title: str, first: str, midnight: str
) -> None:
    last = datetime.fromtimestamp(at(first) - 3600, UTC).date().isoformat()
    clock.now = at(midnight) - 30
    publish(server, f"from: {first}\n")
    publish(server, f"until: {last}\n", "garden")
    garden = "Garden"
    before = await server.get("/bins")
    assert title not in before.text and garden in before.text
    assert before.headers["Cache-Control"] == "max-age=30"
    assert server.parts.sites.today().isoformat() == last
    clock.now = at(midnight)
    assert server.parts.sites.today().isoformat() == first
    stale = await server.get("/bins")
    assert stale.headers["Cache-Control"] == "max-age=0"
    read_again(server)
    after = await server.get("/bins")
    assert title in after.text and garden not in after.text
    assert after.headers["Cache-Control"] == "max-age=60"
    assert ((await server.get(ADDRESS)).status, (await server.get("/bins/garden")).status) == (200, 404)


def test_the_day_is_read_from_the_zone_of_the_council_file(tmp_path: Path) -> None:
    (tmp_path / "council.yaml").write_text("zone: Pacific/Auckland\n")
    noon = datetime(2026, 11, 28, 12, tzinfo=UTC)
    assert today_of(tmp_path, noon).isoformat() == "2026-11-29"
    (tmp_path / "council.yaml").write_text("zone: Nowhere/At_all\n")
    assert today_of(tmp_path, noon).isoformat() == "2026-11-28"
