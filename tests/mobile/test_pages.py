"""Phone pages: metadata, no script, and their size."""

import gzip
import json
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from support.render_screen import draw, words_for
from support.samples.block_samples import BLOCKS, screen

from channels.mobile import CHANNEL
from onestop.screen import (
    Action,
    Block,
    Facts,
    Form,
    Heading,
    Menu,
    MenuItem,
    Paragraph,
    Place,
    Run,
    Screen,
    Table,
    Upload,
)

PHONE = CHANNEL.devices["phone"]
WORDS = words_for(CHANNEL)
LEAD = Paragraph((Run("Koalas and llamas."),), lead=True)
TEAM = Place("Highways", phone="01632 960 600", email="highways@eastmere.example", status="Open until 17:00 today")
RELATED = Menu((MenuItem("Gritting", "/roads/gritting", "608"),), "related", "Related services")


class Tags(HTMLParser):
    """Collects every start tag with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def all(self, tag: str, **attributes: str) -> list[dict[str, str | None]]:
        return [has for name, has in self.found if name == tag and attributes.items() <= has.items()]


def page_of(shown: Screen, language: str = "en") -> str:
    (page,) = draw(CHANNEL, shown, language=language)
    return page


def test_a_page_has_one_address_for_search_engines_and_one_for_each_language() -> None:
    tags = Tags(page_of(screen(*BLOCKS)))
    assert [link["href"] for link in tags.all("link", rel="canonical")] == [
        "https://www.eastmere.example/bins/missed-bin"
    ]
    alternates = {link["hreflang"]: link["href"] for link in tags.all("link", rel="alternate")}
    assert alternates == {
        "en": "https://www.eastmere.example/bins/missed-bin",
        "cy": "https://www.eastmere.example/cy/bins/missed-bin",
    }


def test_an_untranslated_page_has_a_notice_and_a_canonical_link() -> None:
    page = page_of(screen(LEAD, languages=("en",)), "cy")
    tags = Tags(page)
    assert tags.all("html", lang="cy")
    assert tags.all("main", lang="en")
    assert [link["href"] for link in tags.all("link", rel="canonical")] == [
        "https://www.eastmere.example/bins/missed-bin"
    ]
    assert tags.all("link", rel="alternate") == []
    assert "wedi&#39;i chyfieithu" in page


@pytest.mark.parametrize(("kind", "status"), [("search", 200), ("phone", 200), ("problem", 404), ("problem", 500)])
def test_errors_and_search_results_are_noindex(kind: str, status: int) -> None:
    tags = Tags(page_of(screen(LEAD, kind=kind, status=status)))
    assert tags.all("meta", name="robots", content="noindex")
    assert not tags.all("link", rel="canonical")


def test_the_json_ld_is_valid_json() -> None:
    page = page_of(screen(LEAD, data='{"name":"Iguanas \\u0026 jays \\u003c/script>"}'))
    (said,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert json.loads(said) == {"name": "Iguanas & jays </script>"}


def test_there_is_no_script_and_no_third_party_resource() -> None:
    tags = Tags(page_of(screen(*BLOCKS)))
    assert [has for has in tags.all("script") if has.get("type") != "application/ld+json"] == []
    assert not [name for _, has in tags.found for name in has if name.startswith("on") or name == "style"]
    sources = [has.get("src") or "" for _, has in tags.found]
    assert all(source.startswith(("/", "data:")) for source in sources if source)


def test_ids_are_unique_and_every_fragment_link_has_a_target() -> None:
    tags = Tags(page_of(screen(LEAD, *BLOCKS, TEAM, RELATED)))
    ids = [has["id"] for _, has in tags.found if "id" in has]
    assert len(ids) == len(set(ids))
    linked = [href[1:] for has in tags.all("a") if (href := has["href"] or "").startswith("#")]
    assert "main" in linked
    assert set(linked) <= set(ids)


def test_telephone_numbers_and_addresses_are_links() -> None:
    tags = Tags(page_of(screen(LEAD, TEAM)))
    assert tags.all("a", href="tel:01632960600")
    assert tags.all("a", href="mailto:highways@eastmere.example")


def test_the_contact_link_is_between_facts_and_text() -> None:
    facts, text = Facts((("Cost", (Run("Free"),)),)), Paragraph((Run("Bilbies."),))
    page = page_of(screen(LEAD, Action("Begin", "/x"), facts, text, TEAM, RELATED))
    order = [
        page.index(mark)
        for mark in ("Koalas and llamas.</p>", "Begin", "Free", 'href="#contact"', "Bilbies", 'id="contact"')
    ]
    assert order == sorted(order)
    assert "Highways · Open until 17:00 today" in page


def test_only_a_service_has_a_side_column() -> None:
    blocks: tuple[Block, ...] = (LEAD, TEAM, RELATED)
    (service,), (section,) = (
        CHANNEL.lay_out(screen(*blocks, kind=kind), PHONE, WORDS) for kind in ("service", "section")
    )
    assert service.blocks == (LEAD,)
    assert service.frame["beside"] == (TEAM, RELATED)
    assert section.blocks == blocks
    assert section.frame["beside"] == ()


def test_a_menu_without_other_blocks_is_the_main_content() -> None:
    (page,) = CHANNEL.lay_out(screen(RELATED), PHONE, WORDS)
    assert page.blocks == (RELATED,)


def test_a_narrow_table_stays_a_table_and_a_wide_one_is_stacked() -> None:
    def table(word: str) -> Table:
        cell = (Run(word),)
        return Table((cell, cell, cell), ((cell, cell, cell),))

    page = page_of(screen(LEAD, table("Wednesday"), table("Responsibilities")))
    assert page.count('<table class="slim">') == page.count('<table class="wide">') == 1
    assert 'data-head="Responsibilities"' in page


def test_the_title_of_home_is_the_council() -> None:
    assert "<title>Eastmere Borough Council</title>" in page_of(screen(LEAD, kind="home", trail=(), address="/"))
    assert "<title>Iguanas &amp; jays - Eastmere Borough Council</title>" in page_of(screen(LEAD))


def test_home_has_the_search_field_and_other_pages_link_to_it() -> None:
    assert not Tags(page_of(screen(LEAD, kind="home", trail=()))).all("a", href="/search")
    assert Tags(page_of(screen(LEAD))).all("a", href="/search")


def test_headings_never_skip_a_level() -> None:
    page = page_of(screen(LEAD, Heading("Two"), Heading("Three", 3), TEAM, RELATED))
    levels = [int(level) for level in re.findall(r"<h(\d)", page)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_page_of_all_blocks_with_its_style_is_within_its_budget() -> None:
    packed = len(gzip.compress(page_of(screen(LEAD, *BLOCKS, TEAM, RELATED)).encode(), 9))
    assert packed < 10 * 1024, packed


def test_a_photo_may_be_chosen_from_the_gallery() -> None:
    """With the attribute `capture` a phone would only open its camera."""
    page = page_of(screen(Form("/ask/photo", "Continue", Upload("photo", 1000)), kind="question"))
    (field,) = Tags(page).all("input", type="file")
    assert field["accept"] == "image/jpeg,image/png,image/webp,image/heic"
    assert "capture" not in field
