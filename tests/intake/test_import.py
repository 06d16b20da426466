"""Imported pages pass `check`, and every word of each is on every channel, with nothing drawn raw."""

import json
import re
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from unicodedata import normalize

import pytest
import yaml
from bs4 import BeautifulSoup

from channels.registry import find_channels
from onestop.capabilities.import_command import read_source
from onestop.catalogue.screens import screen_at
from onestop.intake.content_files import REPORT, ContentFiles
from onestop.intake.markup import MarkupReader
from onestop.site.check import ContentRules, read_checked
from onestop.site.current import Sites
from onestop.starter.borough import write_borough

TODAY = date(2026, 11, 27)
NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
CHANNELS = find_channels()
RULES = ContentRules({channel.name: channel.means for channel in CHANNELS})
BODY = """
<p>Bring a <em>bag</em>, <code>two</code> boxes &amp; a <strong> label</strong>. Cost: 5 * 3 = £15 [each] {or} less_than #4 ~~no~~.</p>
loose text <b>here</b><br>and there
<h2>What to <a href="/x">bring</a></h2>
<ul><li><p>One.</p><p>More of one.</p><ul><li>nested a</li><li>nested b</li></ul></li><li>Two</li><li></li></ul>
<ol><li>First</li><li>Second <table><tr><td>inside</td></tr></table></li></ol>
<h4>Small</h4><h5>Smaller</h5>
<blockquote><p>Mind this:</p><ul><li>ice</li><li>snow</li></ul></blockquote>
<table><caption>Prices</caption><tr><th>A</th><th>B</th><th>C</th><th>D</th><th>E</th></tr>
<tr><td>1</td><td>2 | 3</td><td></td><td>4</td><td>5</td></tr></table>
<table><tr><th>Day</th><th>What</th></tr><tr><td>Monday</td>
<td>A long sentence about what we take away on this day of the week.</td></tr></table>
<dl><dt>Term</dt><dd>What it means</dd><dd>Again</dd></dl>
<address>Market Hall<br>1 Market Street<br>EM1 1AA</address>
<details><summary>Ask more</summary>Inside the fold</details>
<p><img src="map.png" alt="A map of bins"><a href="mailto:bins@example.org">Write to us</a> or <a href="tel:01632960100">ring</a>.</p>
<p>Take:<br>• salt<br>• sand<br>and a bag</p><p>● grit, 20 m <sup>2</sup> at CO <sub>2</sub><sup><a href="#1">7</a></sup></p>
<p>1. not a list</p><p>- nor this</p><p># nor a heading</p><p>: nor a definition</p><p>See <a href="/old/second-page">the second page</a>
and <a href="#top">the top</a>, [[this]] [a][b] [^1] :smile: ==x== {{y}} $$z$$ m^2^</p>
<p>One <strong>"Note:"</strong>bar, x<b>£5</b>y, pre<b>(in)</b>fix</p><ul><li><b>Hello,</b>world</li></ul>
<iframe src="https://films.example/1" title="A film"></iframe><hr><script>var hidden = 1</script><!-- hidden -->
"""


def html(title: str, body: str, address: str) -> str:
    return (
        f'<html><head><title>{title} | Town</title><link rel="canonical" href="https://town.example{address}">'
        f'<meta name="description" content="About **{title}** &amp; `its` _parts_: [more](/x) &lt;b&gt;."></head>'
        f"<body><nav>Menu Home</nav><main><h1>{title}</h1>{body}</main>"
        "<footer>Imprint</footer></body></html>"
    )


@pytest.fixture
def council(tmp_path: Path) -> Path:
    folder = tmp_path / "council"
    write_borough(folder, "Anytown")
    return folder


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "site" / "old"
    folder.mkdir(parents=True)
    (folder / "first.html").write_text(html("First page", BODY, "/old/first-page"))
    long = "A title that is much too long to be shown in one line of a television menu"
    (folder / "second.html").write_text(html(long, "<h2>Begins</h2><p>With a heading.</p>", "/old/second-page"))
    (folder / "empty.html").write_text(html("Nothing at all.", "", "/old/nothing"))
    return tmp_path / "site"


def texts(value: object) -> str:
    """Return every text in a block, with spaces between."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return ("" if value and type(value[0]).__name__ == "Run" else " ").join(map(texts, value))
    if is_dataclass(value) and not isinstance(value, type):
        return " ".join(
            texts(getattr(value, one.name)) for one in fields(value) if one.name not in ("target", "number")
        )
    return ""


def words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", normalize("NFKC", text).lower()))


def imported(council: Path, source: Path) -> list[str]:
    return ContentFiles(council, TODAY).write(read_source(source))


def expect_every_word_on_every_channel(council: Path, address: str, original: str) -> None:
    sites = Sites(council, CHANNELS)
    site = sites.read()
    assert site
    soup = BeautifulSoup(original, "html.parser")
    for part in soup(["script", "nav", "footer", "head"]):
        part.decompose()
    wanted = words(soup.get_text(" "))
    for channel in CHANNELS:
        own = site.words[channel.name, "en"]
        screen = screen_at(site.catalogue, address, own, NOON)
        assert screen
        for device in list(channel.devices.values())[:2]:
            drawn = " ".join(texts(block) for page in channel.lay_out(screen, device, own) for block in page.blocks)
            assert wanted - words(f"{screen.title} {drawn}") == set(), (channel.name, device.name)
            assert not re.search(r"\*\*|\]\(|\\[\\*_{}\[\]]", drawn)


def errors_of(council: Path) -> list[str]:
    return [str(fault) for fault in read_checked(council, RULES).errors]


def test_saved_pages_come_in_whole_and_without_faults(council: Path, pages: Path) -> None:
    report = imported(council, pages)
    assert errors_of(council) == []
    assert len(report) == 3
    first = (council / "services/old/first-page.md").read_text()
    assert "](/old/a-title-that-is-much-too-long-to-be-shown-in-one)" in first
    assert 'contact: {team: "Contact us", phone: "01632960100", email: "bins@example.org"}' in first
    assert "- [ ] a picture is left out" in (council / REPORT).read_text()
    for name, address in (
        ("first", "/old/first-page"),
        ("second", "/old/a-title-that-is-much-too-long-to-be-shown-in-one"),
    ):
        expect_every_word_on_every_channel(council, address, (pages / f"old/{name}.html").read_text())


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<strong>&quot;Note:&quot;</strong>bar", '**"Note**:"bar'),
        ("pre<strong>(inside)</strong>fix", "pre(inside)fix"),
        ("x<b>£5</b>y", "x£**5**y"),
        ("<b>Hello,</b>world", "**Hello**,world"),
        ("<b>Ring!</b> now", "**Ring!** now"),
        ("<b>a*b.</b>c", "**a\\*b**.c"),
        ('<b><a href="https://x.example/">Link</a></b>after', "[Link](https://x.example/)after"),
        ("<b>?</b>x", "?x"),
        ("<b>one</b><b>two,</b>three", "**onetwo**,three"),
    ],
)
def test_signs_at_the_ends_of_strong_text_stand_outside_its_marks(html: str, markdown: str) -> None:
    assert MarkupReader(lambda address: address).read(f"<p>{html}</p>") == markdown


def test_numbers_are_kept_and_files_left_alone_at_a_second_import(council: Path, pages: Path) -> None:
    imported(council, pages)
    files = {file: file.read_text() for file in (council / "services").rglob("*.md")}
    numbers = re.findall(r"^number: (\d+)", "\n".join(files.values()), re.MULTILINE)
    assert len(numbers) == len(set(numbers))
    assert all("was imported before" in part for part in imported(council, pages))
    assert {file: file.read_text() for file in (council / "services").rglob("*.md")} == files


def test_a_second_import_writes_only_what_changed_in_the_source(council: Path, pages: Path) -> None:
    imported(council, pages)
    kept = {file: file.read_text() for file in (council / "services").rglob("*.md")}
    (pages / "old/second.html").write_text(
        (pages / "old/second.html").read_text().replace("With a heading", "Like a heading")
    )
    (pages / "old/first.html").write_text((pages / "old/first.html").read_text().replace("Ask more", "Ask less"))
    first = council / "services/old/first-page.md"
    first.write_text(first.read_text().replace("lgsl: 0", "lgsl: 577"))
    report = "".join(imported(council, pages))
    second = council / "services/old/a-title-that-is-much-too-long-to-be-shown-in-one.md"
    assert second.read_text() == kept[second].replace("With a heading", "Like a heading")
    assert first.read_text() == kept[first].replace("lgsl: 0", "lgsl: 577")
    assert "- [ ] compare the two" in report and errors_of(council) == []
    assert all("was imported before" in part for part in imported(council, pages))


def test_of_two_pages_with_one_address_the_first_keeps_it(council: Path, pages: Path) -> None:
    (pages / "old/third.html").write_text(html("Third page", "<p>Text.</p>", "/old/first-page"))
    report = imported(council, pages)
    assert errors_of(council) == []
    assert any(
        "another page has its former address, too: /old/first-page leads to /old/first-page" in one for one in report
    )
    assert all("was imported before" in part for part in imported(council, pages))


def test_a_page_that_is_longer_than_a_service_becomes_several(council: Path, pages: Path) -> None:
    long = "".join(f"<h2>Part {n}</h2><p>{'word ' * 1500}{n}</p>" for n in range(20))
    (pages / "old/long.html").write_text(html("A long page", long, "/old/long-page"))
    report = "".join(imported(council, pages))
    assert errors_of(council) == []
    assert "part 2 is" in report and "services/old/a-long-page-part-2.md" in report
    text = "".join(file.read_text() for file in sorted((council / "services/old").glob("a-long-page*.md")))
    assert [f"Part {n}" in text and f"word {n}\n" in text for n in range(20)] == [True] * 20
    assert "## A long page" not in "".join(imported(council, pages)).replace("was imported before", "")


def test_former_addresses_lead_to_the_imported_page(council: Path, pages: Path) -> None:
    imported(council, pages)
    site = Sites(council, CHANNELS).read()
    assert site and site.catalogue.moved["/old/second-page"].startswith("/old/a-title")
    assert site.catalogue.moved["/old/first"] == "/old/first-page"


def test_a_drupal_export_comes_in_with_its_paragraphs(council: Path, tmp_path: Path) -> None:
    paragraph = {"_meta": {"bundle": "localgov_text"}, "default": {
        "localgov_title": [{"value": "More to know"}], "localgov_text": [{"value": "<p>Deep inside.</p>", "format": "wysiwyg"}],
    }}  # fmt: skip
    node = {"_meta": {"entity_type": "node", "uuid": "0f5c", "bundle": "localgov_services_page"}, "default": {
        "title": [{"value": "Care at home"}], "status": [{"value": True}],
        "path": [{"alias": "/care/care-home", "langcode": "en"}],
        "body": [{"value": BODY, "format": "wysiwyg", "summary": "How to get care."}],
        "localgov_page_components": [{"entity": paragraph}],
        "localgov_services_cta": [{"uri": "https://care.example", "title": "Ask for care"}],
        "localgov_email": [{"value": "care@example.org"}], "localgov_phone": [{"value": "01632 960 200"}],
        "localgov_services_parent": [{"entity": "57b46ceb-20d3-45cc-9f9b-2bf2a6561c78"}],
    }}  # fmt: skip
    (tmp_path / "export").mkdir()
    (tmp_path / "export/0f5c.yml").write_text(yaml.safe_dump(node))
    imported(council, tmp_path / "export")
    assert errors_of(council) == []
    wanted = f"<h1>Care at home</h1>How to get care.{BODY}More to know Deep inside. Ask for care care@example.org 01632 960 200"
    expect_every_word_on_every_channel(council, "/care/care-at-home", wanted)


def test_a_json_api_answer_comes_in(council: Path, tmp_path: Path) -> None:
    answer = {
        "data": [
            {
                "type": "node--localgov_services_page",
                "id": "a1",
                "attributes": {
                    "title": "Parks",
                    "path": {"alias": "/leisure/parks"},
                    "body": {"value": BODY, "format": "x"},
                },
                "relationships": {"field_parts": {"data": [{"type": "paragraph--text", "id": "p1"}]}},
            }
        ],
        "included": [
            {"type": "paragraph--text", "id": "p1", "attributes": {"text": {"value": "<p>Swings.</p>", "format": "x"}}}
        ],
    }
    file = tmp_path / "nodes.json"
    file.write_text(json.dumps(answer))
    imported(council, file)
    assert errors_of(council) == []
    expect_every_word_on_every_channel(council, "/leisure/parks", f"<h1>Parks</h1>{BODY} Swings.")


def test_an_open_referral_feed_comes_in_with_contact_and_places(council: Path, tmp_path: Path) -> None:
    service = {
        "id": "s1", "name": "Lunch club", "description": "Lunch for all.\n\nEvery Friday.", "url": "https://lunch.example/club",
        "contacts": [{"name": "Lunch team", "phones": [{"number": "+44 1632 960300"}]}], "email": "lunch@example.org",
        "cost_options": [{"option": "Per meal", "amount": "4"}], "eligibilitys": [{"eligibility": "Over 60"}],
        "service_at_locations": [{"location": {"name": "Town Hall", "physical_addresses": [
            {"address_1": "1 High Street", "city": "Anytown", "postal_code": "AN1 1AA"}]}}],
        "regular_schedules": [{"byday": "FR", "opens_at": "12:00", "closes_at": "14:00"}],
    }  # fmt: skip
    file = tmp_path / "services.json"
    file.write_text(json.dumps({"contents": [service]}))
    imported(council, file)
    assert errors_of(council) == []
    site = Sites(council, CHANNELS).read()
    assert site
    found = next(one for one in site.catalogue.services if one.title("en") == "Lunch club")
    text = found.text("en")
    assert (found.online, text.cost, text.eligibility) == ("https://lunch.example/club", "Per meal £4", "Over 60")
    assert text.contact and (text.contact.team, text.contact.phone) == ("Lunch team", "01632 960300")
    assert [(one.name, one.address) for one in text.places] == [("Town Hall", "1 High Street, Anytown, AN1 1AA")]


@pytest.mark.parametrize(
    "html",
    ["", "<p>", "<ul><li>", "<table><tr><td>a<td>b", "<b><p>x</b></p>", "a\x00b\u2028", "<a href='http://['>x</a>"],
)
def test_broken_html_is_read(html: str) -> None:
    assert isinstance(MarkupReader(lambda href: "").read(html), str)
