"""The screens of the catalogue."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.samples.small_content import FILES, TODAY, write_content

from onestop.catalogue.catalogue import Catalogue
from onestop.catalogue.screens import (
    letters_screen,
    phone_screen,
    problem_screen,
    reference_screen,
    screen_at,
    search_screen,
)
from onestop.catalogue.search.index import SearchIndex
from onestop.catalogue.source.load import load
from onestop.language import Words
from onestop.screen import (
    Action,
    Alert,
    Bullets,
    Code,
    Facts,
    Heading,
    Link,
    Menu,
    MenuItem,
    Note,
    Paragraph,
    Place,
    Run,
    Screen,
    Search,
)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ALERT = Alert("Ice on pavements tonight.", "See which roads and paths we grit.", "/roads/gritting", "608")


def shown(catalogue: Catalogue, address: str, words: Words, now: datetime = NOON) -> Screen:
    screen = screen_at(catalogue, address, words, now)
    assert screen
    return screen


def test_home_has_search_and_every_section(catalogue: Catalogue, english: Words) -> None:
    home = shown(catalogue, "/", english)
    assert (home.kind, home.number, home.title, home.trail, home.alert) == (
        "home",
        "100",
        "How can we help?",
        (),
        ALERT,
    )
    assert home.languages == ("en", "cy")
    search, menu = home.blocks
    assert search == Search()
    assert isinstance(menu, Menu)
    assert menu.kind == "sections"
    assert menu.items[0] == MenuItem("Bins and recycling", "/bins", "200", "trash-2", "What we do")


def test_the_section_of_the_home_hundred_comes_last(tmp_path_factory: pytest.TempPathFactory, english: Words) -> None:
    section = FILES["services/bins/section.yaml"].replace("200", "150")
    folder = write_content(tmp_path_factory.mktemp("say") / "content", {"services/say/section.yaml": section})
    catalogue = load(folder, TODAY).catalogue
    assert catalogue
    assert [item.number for item in _menu(shown(catalogue, "/", english)).items] == ["200", "600", "150"]


def test_a_section_lists_its_services_by_number(catalogue: Catalogue, english: Words, welsh: Words) -> None:
    section = shown(catalogue, "/bins", english)
    assert (section.kind, section.number, section.title) == ("section", "200", "Bins and recycling")
    assert section.trail == (Link("Home", "/"),)
    assert [item.target for item in _menu(section).items] == ["/bins/missed-bin"]
    assert shown(catalogue, "/bins", welsh).title == "Biniau"
    assert shown(catalogue, "/bins", welsh).languages == ("cy", "en")


def test_the_blocks_of_a_service_are_in_order(catalogue: Catalogue, english: Words) -> None:
    screen = shown(catalogue, "/bins/missed-bin", english)
    assert (screen.kind, screen.number, screen.reviewed) == ("service", "214", "2026-10-01")
    assert screen.trail == (Link("Home", "/"), Link("Bins and recycling", "/bins"))
    assert [type(block) for block in screen.blocks] == [
        *(Paragraph, Facts, Heading, Bullets),
        *(Paragraph, Heading, Paragraph),
        *(Place, Place, Menu),
    ]
    assert screen.blocks[0] == Paragraph(
        (Run("Tell us within two working days and we will come back for it."),), lead=True
    )
    assert screen.blocks[1] == Facts((("Cost", (Run("Free"),)),))
    assert screen.blocks[3] == Bullets(((Run("Your address"),), (Run("Which bin was missed"),)))
    assert screen.blocks[-2] == Place(
        "Market Hall One Stop Shop",
        ("Market Hall", "1 Market Street", "EM1 1AA"),
        hours=(
            ("Monday to Friday", "09:00 to 17:00"),
            ("Saturday", "09:00 to 12:30"),
            ("Sunday", "Closed"),
            ("Bank holidays", "Closed"),
        ),
        status="Open until 17:00 today",
    )
    summary = "Which roads and paths we treat when ice is forecast."
    related = MenuItem("Gritting and winter repairs", "/roads/gritting", "608", summary=summary)
    assert screen.blocks[-1] == Menu((related,), "related", "Related services")


def test_a_service_screen_expires_when_a_place_opens_or_closes(catalogue: Catalogue, english: Words) -> None:
    early = datetime(2026, 11, 23, 8, tzinfo=UTC)
    assert shown(catalogue, "/bins/missed-bin", english, early).valid_until == early.replace(minute=30)
    assert shown(catalogue, "/bins/missed-bin", english).valid_until == NOON.replace(hour=17)
    late = datetime(2026, 11, 23, 20, tzinfo=UTC)
    assert shown(catalogue, "/bins/missed-bin", english, late).valid_until == datetime(2026, 11, 24, tzinfo=UTC)
    assert shown(catalogue, "/roads/gritting", english).valid_until is None


def test_a_translation_inherits_numbers_telephones_and_places(catalogue: Catalogue, welsh: Words) -> None:
    screen = shown(catalogue, "/bins/missed-bin", welsh)
    assert (screen.language, screen.languages, screen.number) == ("cy", ("cy", "en"), "214")
    assert screen.title == "Rhoi gwybod am fin a gollwyd"
    team, shop = (block for block in screen.blocks if isinstance(block, Place))
    assert (team.name, team.phone) == ("Gwastraff ac ailgylchu", "01632 960 200")
    assert (shop.name, shop.address) == (
        "Siop Un Stop Neuadd y Farchnad",
        ("Market Hall", "1 Market Street", "EM1 1AA"),
    )
    assert shop.hours[0][0].startswith("Dydd Llun")


def test_an_untranslated_service_declares_its_language(write_untranslated: Catalogue, welsh: Words) -> None:
    screen = shown(write_untranslated, "/bins/missed-bin", welsh)
    assert (screen.language, screen.languages, screen.title) == ("en", ("en",), "Report a missed bin")
    assert screen.trail[1] == Link("Biniau", "/bins")


@pytest.fixture
def write_untranslated(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    folder = write_content(tmp_path_factory.mktemp("en") / "content", {"services/bins/missed-bin.cy.md": None})
    catalogue = load(folder, TODAY).catalogue
    assert catalogue
    return catalogue


@pytest.mark.parametrize(
    "address", ["", "//", "/bins/", "/bin", "/bins/missed-bin/", "/bins/missed-bin/2", "bins", "/214", "/\x00"]
)
def test_an_unknown_address_has_no_screen(catalogue: Catalogue, english: Words, address: str) -> None:
    assert screen_at(catalogue, address, english, NOON) is None


def test_services_and_sections_are_found_by_number(catalogue: Catalogue) -> None:
    assert catalogue.numbered("214") is catalogue.find("/bins/missed-bin")
    assert catalogue.numbered("200") is catalogue.find("/bins")
    assert catalogue.numbered("999") is None
    assert catalogue.languages == ("en", "cy")


def test_an_alert_that_is_off_is_not_shown(tmp_path_factory: pytest.TempPathFactory, english: Words) -> None:
    alert = FILES["alert.yaml"].replace("\non: yes", "\non: no")
    folder = write_content(tmp_path_factory.mktemp("off") / "content", {"alert.yaml": alert})
    catalogue = load(folder, TODAY).catalogue
    assert catalogue
    assert shown(catalogue, "/", english).alert is None


def test_the_a_to_z_has_only_letters_with_services(catalogue: Catalogue, english: Words, welsh: Words) -> None:
    screen = letters_screen(catalogue, english, NOON)
    assert screen
    assert _menu(screen).items == (MenuItem("G", "/a-z/g"), MenuItem("R", "/a-z/r"))
    letter = letters_screen(catalogue, english, NOON, "r")
    assert letter
    assert [item.label for item in _menu(letter).items] == ["Report a missed bin"]
    assert letter.trail == (Link("Home", "/"), Link("A to Z of services", "/a-z"))
    assert letter.address == "/a-z/r"
    assert letters_screen(catalogue, english, NOON, "x") is None
    in_welsh = letters_screen(catalogue, welsh, NOON, "g")
    assert in_welsh
    assert [item.number for item in _menu(in_welsh).items] == ["608"]


def test_a_search_shows_the_number_of_results(catalogue: Catalogue, english: Words) -> None:
    screen = search_screen(catalogue, SearchIndex.build(catalogue, "en"), " missed  bin ", english, NOON)
    assert screen.blocks[0] == Search("missed bin")
    assert screen.blocks[1] == Paragraph((Run("2 services found"),))
    assert screen.address == "/search/missed%20bin"
    assert _menu(screen).items[0].target == "/bins/missed-bin"


def test_a_search_without_results_says_what_to_do(catalogue: Catalogue, english: Words) -> None:
    screen = search_screen(catalogue, SearchIndex.build(catalogue, "en"), "zzzz{0}", english, NOON)
    assert screen.title == "Search: zzzz{0}"
    assert screen.blocks[1:] == (Paragraph((Run("Nothing found. Try another word, or look through the A to Z."),)),)
    empty = search_screen(catalogue, SearchIndex.build(catalogue, "en"), "", english, NOON)
    assert (empty.blocks, empty.address, empty.title) == ((Search(),), "/search", "Search")


def test_the_phone_screen_has_a_qr_code_in_capitals(catalogue: Catalogue, english: Words, welsh: Words) -> None:
    screen = phone_screen(catalogue, "/bins/missed-bin", english, NOON)
    assert screen
    code = next(block for block in screen.blocks if isinstance(block, Code))
    assert code.address == "HTTPS://WWW.EASTMERE.EXAMPLE/214"
    assert screen.address == "/phone/bins/missed-bin"
    assert "www.eastmere.example/214" in _said(screen)
    in_welsh = phone_screen(catalogue, "/bins/missed-bin", welsh, NOON)
    assert in_welsh
    assert any(
        block == Code("https://www.eastmere.example/cy/bins/missed-bin", block.caption)
        for block in in_welsh.blocks
        if isinstance(block, Code)
    )
    home = phone_screen(catalogue, "/", welsh, NOON)
    assert home
    assert "https://www.eastmere.example/cy" in [block.address for block in home.blocks if isinstance(block, Code)]
    assert phone_screen(catalogue, "/nowhere", english, NOON) is None


def test_an_error_screen_has_links_onwards(catalogue: Catalogue, english: Words) -> None:
    nearest = (MenuItem("Report a missed bin", "/bins/missed-bin", "214"),)
    screen = problem_screen(404, "Page not found", "There is nothing at this address.", catalogue, nearest, english)
    assert (screen.status, screen.kind, screen.alert) == (404, "problem", ALERT)
    assert _menu(screen).items == nearest
    assert Search() in screen.blocks
    without = problem_screen(500, "Sorry", "Try again.", None, (), english)
    assert without.blocks == (Paragraph((Run("Try again."),), lead=True),)


def test_a_service_has_json_ld(catalogue: Catalogue, english: Words, welsh: Words) -> None:
    said = json.loads(shown(catalogue, "/bins/missed-bin", english).data)
    assert said["@type"] == "GovernmentService"
    assert said["identifier"] == "214"
    assert said["serviceType"] == "http://id.esd.org.uk/service/577"
    assert said["url"] == "https://www.eastmere.example/bins/missed-bin"
    phone, place = said["availableChannel"]
    assert phone["servicePhone"]["telephone"] == "01632 960 200"
    saturday = {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": ["https://schema.org/Saturday"],
        "opens": "09:00",
        "closes": "12:30",
    }
    assert saturday in place["serviceLocation"]["openingHoursSpecification"]
    in_welsh = json.loads(shown(catalogue, "/bins/missed-bin", welsh).data)
    assert (in_welsh["inLanguage"], in_welsh["url"]) == ("cy", "https://www.eastmere.example/cy/bins/missed-bin")


def test_json_ld_cannot_close_its_script_element(tmp_path_factory: pytest.TempPathFactory, english: Words) -> None:
    text = FILES["services/roads/gritting.md"].replace("Gritting and winter repairs", "Grit < </ script")
    folder = write_content(tmp_path_factory.mktemp("script") / "content", {"services/roads/gritting.md": text})
    catalogue = load(folder, TODAY).catalogue
    assert catalogue
    screen = shown(catalogue, "/roads/gritting", english)
    assert "<" not in screen.data
    assert json.loads(screen.data)["name"] == "Grit < </ script"


def test_a_reference_typed_into_search_leads_to_where_it_is_followed(catalogue: Catalogue, english: Words) -> None:
    found = _menu(reference_screen(catalogue, "123 456 7890", "1234567890", english))
    assert [(item.target, item.number) for item in found.items] == [("/track", "102")]


def _menu(screen: Screen) -> Menu:
    return next(block for block in screen.blocks if isinstance(block, Menu))


def _said(screen: Screen) -> str:
    return " ".join(run.text for block in screen.blocks if isinstance(block, Paragraph) for run in block.text)


SEARCHED = """
urgent:
  - words: {en: [wife/husband hits, "999"], cy: [gŵr taro]}
    say: {en: Ring 999 now., cy: Ffoniwch 999 nawr.}
    ring:
      - {name: {en: Police, cy: Heddlu}, phone: "999"}
    target: /roads/gritting
"""


@pytest.mark.parametrize(
    ("language", "query"),
    [
        ("en", "my husband hit me"),
        ("en", "hits wife!"),
        ("en", "4872263 4487"),
        ("en", "69048722630448063"),
        ("en", "999"),
        ("en", "husbend hits"),
        ("cy", "mae fy ngŵr yn fy nharo"),
        ("cy", "my husband hits me"),
    ],
)
def test_an_urgent_query_shows_whom_to_ring_above_the_results(
    tmp_path: Path, english: Words, welsh: Words, language: str, query: str
) -> None:
    searched = load(write_content(tmp_path / "content", {"search.yaml": SEARCHED}), TODAY).catalogue
    assert searched
    index = SearchIndex.build(searched, language)
    screen = search_screen(searched, index, query, english if language == "en" else welsh, NOON)
    note, facts, _, menu = screen.blocks[1:]
    assert isinstance(note, Note)
    assert isinstance(facts, Facts)
    assert isinstance(menu, Menu)
    assert (note.kind, "999" in note.text[0].text) == ("warning", True)
    assert facts.rows[0][1][0].target == "tel:999"
    assert menu.items[0].target == "/roads/gritting"


def test_other_queries_are_not_urgent(tmp_path: Path) -> None:
    searched = load(write_content(tmp_path / "content", {"search.yaml": SEARCHED}), TODAY).catalogue
    assert searched
    index = SearchIndex.build(searched, "en")
    assert not any(map(index.urgent.answer, ["husband", "hits", "missed bin", "husbandry", "", "4878"]))


def test_a_complete_query_has_no_search_field(catalogue: Catalogue, english: Words) -> None:
    screen = search_screen(catalogue, SearchIndex.build(catalogue, "en"), "7684653", english, NOON, typed=True)
    assert (screen.kind, screen.address) == ("results", "/search/7684653/results")
    assert not any(isinstance(block, Search) for block in screen.blocks)


def test_a_result_in_another_language_says_so(catalogue: Catalogue, welsh: Words) -> None:
    screen = search_screen(catalogue, SearchIndex.build(catalogue, "cy"), "bin", welsh, NOON)
    menu = next(block for block in screen.blocks if isinstance(block, Menu))
    translated = {
        address for address, thing in catalogue.by_address.items() if "cy" in getattr(thing, "texts", {"cy": 1})
    }
    assert {item.target for item in menu.items if not item.language} <= translated
    assert all(item.language == "en" for item in menu.items if item.target not in translated)


def heads(write: Callable[..., Path], keys: str) -> Catalogue:
    text = FILES["services/roads/gritting.md"].replace("lgsl: 600\n", f"lgsl: 600\n{keys}\n")
    loaded = load(write({"services/roads/gritting.md": text}), TODAY)
    assert loaded.catalogue and not [fault for fault in loaded.faults if fault.severity == "error"], loaded.faults
    return loaded.catalogue


def test_a_service_done_elsewhere_has_a_button_for_it(write: Callable[..., Path], english: Words) -> None:
    catalogue = heads(write, "online: https://grit.example/ask")
    buttons = [block for block in shown(catalogue, "/roads/gritting", english).blocks if isinstance(block, Action)]
    assert buttons == [Action("Do it online", "https://grit.example/ask", "external-link")]


@pytest.mark.parametrize(
    ("keys", "there"),
    [
        ("draft: yes", False),
        ("draft: no", True),
        ("from: 2026-11-24", False),
        ("from: 2026-11-23", True),
        ("until: 2026-11-22", False),
        ("until: 2026-11-23", True),
    ],
)
def test_drafts_and_services_out_of_their_time_are_not_published(
    write: Callable[..., Path], keys: str, there: bool
) -> None:
    catalogue = heads(write, keys)
    assert bool(catalogue.find("/roads/gritting")) == there
    assert bool(catalogue.numbered("608")) == there


def test_former_addresses_and_numbers_lead_to_the_service(write: Callable[..., Path]) -> None:
    catalogue = heads(write, "was: [/winter/grit-bins, 214999]")
    assert catalogue.moved == {"/winter/grit-bins": "/roads/gritting", "214999": "/roads/gritting"}
