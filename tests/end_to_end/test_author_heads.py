"""What authors write besides text, over HTTP on every channel: several alerts, former addresses, and services of other sites."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from support.resident import Resident, Seen
from support.samples.small_borough import write_borough
from support.servers.server_process import serving

from onestop.site.templates import qr

CHANNELS = {"mobile": "", "kiosk": "/kiosk", "tv": "/tv", "text": "/text"}
BROWSERS = ("mobile",)
"""Channels on which a link to another site can be followed."""
ONLINE = "https://forms.example/sofa"
TOMORROW = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
YESTERDAY = (datetime.now(UTC) - timedelta(days=2)).date().isoformat()
ALERTS = f"""alerts:
  - {{on: yes, title: {{en: Ice tonight.}}, text: {{en: Which roads we grit.}}, target: /bins/bulky, until: {TOMORROW}}}
  - {{on: yes, title: {{en: "A fault: too"}}, until: soon}}
  - {{on: yes, title: {{en: No water in Mill Road.}}, from: {YESTERDAY}}}
  - {{on: no, title: {{en: Not now.}}}}
  - {{on: yes, title: {{en: Over.}}, until: {YESTERDAY}}}
  - {{on: yes, title: {{en: To come.}}, from: {TOMORROW}}}
"""


@pytest.fixture(scope="module")
def resident(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Resident]:
    folder = tmp_path_factory.mktemp("heads")
    content = write_borough(folder)
    bulky = content / "services/bins/bulky.md"
    head = f"lgsl: 577\nwas: [/waste/sofas, 299]\nonline: {ONLINE}\nstart: Ask for a visit"
    bulky.write_text(bulky.read_text().replace("lgsl: 577", head))
    (content / "alert.yaml").write_text(ALERTS)
    with serving(folder, content) as origin:
        yield Resident(origin)


def words(page: Seen) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.body)).split())


@pytest.mark.parametrize("prefix", CHANNELS.values(), ids=CHANNELS)
def test_a_banner_has_every_current_alert_and_leads_to_all_of_them(resident: Resident, prefix: str) -> None:
    home = words(resident.get(f"{prefix}/"))
    assert "Ice tonight. 215 No water in Mill Road." in home
    page = resident.get(f"{prefix}/alerts")
    assert page.status == 200
    shown = words(page)
    assert "Ice tonight." in shown and "Which roads we grit." in shown and "No water in Mill Road." in shown
    for absent in ("Not now.", "Over.", "To come.", "A fault"):
        assert absent not in home + shown


@pytest.mark.parametrize("prefix", CHANNELS.values(), ids=CHANNELS)
@pytest.mark.parametrize("former", ["/waste/sofas", "/299"])
def test_a_former_address_or_number_leads_to_the_service(resident: Resident, prefix: str, former: str) -> None:
    page = resident.get(prefix + former)
    assert (page.status, page.address) == (200, f"{prefix}/bins/bulky")


@pytest.mark.parametrize("name", CHANNELS)
def test_a_service_of_another_site_is_a_button_or_a_code_to_scan(resident: Resident, name: str) -> None:
    prefix = CHANNELS[name]
    page = resident.get(f"{prefix}/bins/bulky")
    assert page.status == 200
    links = re.findall(r'href="([^"]+)"', page.body)
    if name in BROWSERS:
        assert ONLINE in links and "Ask for a visit" in words(page)
        return
    assert ONLINE not in links
    if name == "text":
        assert ONLINE in page.body
        return
    pages = [page, resident.get(f"{prefix}/bins/bulky/2")]
    (shown,) = [one for one in pages if str(qr(ONLINE)) in one.body]
    assert "Ask for a visit: point your phone's camera at the code" in words(shown)
