"""The screens of the catalogue."""

import json
from datetime import UTC, datetime

import pytest
from catalogue.shown import NOON, menu_of, shown, text_of
from support.samples.small_content import FILES, TODAY, write_content

from onestop.catalogue.catalogue import Catalogue
from onestop.catalogue.screens import (
    letters_screen,
    phone_screen,
    problem_screen,
    screen_at,
)
from onestop.catalogue.source.load import load
from onestop.language import Words
from onestop.screen import (
    Alert,
    Bullets,
    Code,
    Facts,
    Heading,
    Link,
    Menu,
    MenuItem,
    Paragraph,
    Place,
    Run,
    Search,
)

ALERT = Alert("Ice on pavements tonight.", "See which roads and paths we grit.", "/roads/gritting", "608")


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
    assert [item.number for item in menu_of(shown(catalogue, "/", english)).items] == ["200", "600", "150"]


def test_a_section_lists_its_services_by_number(catalogue: Catalogue, english: Words, welsh: Words) -> None:
    section = shown(catalogue, "/bins", english)
    assert (section.kind, section.number, section.title) == ("section", "200", "Bins and recycling")
    assert section.trail == (Link("Home", "/"),)
    assert [item.target for item in menu_of(section).items] == ["/bins/missed-bin"]
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
    assert menu_of(screen).items == (MenuItem("G", "/a-z/g"), MenuItem("R", "/a-z/r"))
    letter = letters_screen(catalogue, english, NOON, "r")
    assert letter
    assert [item.label for item in menu_of(letter).items] == ["Report a missed bin"]
    assert letter.trail == (Link("Home", "/"), Link("A to Z of services", "/a-z"))
    assert letter.address == "/a-z/r"
    assert letters_screen(catalogue, english, NOON, "x") is None
    in_welsh = letters_screen(catalogue, welsh, NOON, "g")
    assert in_welsh
    assert [item.number for item in menu_of(in_welsh).items] == ["608"]


def test_the_phone_screen_has_a_qr_code_in_capitals(catalogue: Catalogue, english: Words, welsh: Words) -> None:
    screen = phone_screen(catalogue, "/bins/missed-bin", english, NOON)
    assert screen
    code = next(block for block in screen.blocks if isinstance(block, Code))
    assert code.address == "HTTPS://WWW.EASTMERE.EXAMPLE/214"
    assert screen.address == "/phone/bins/missed-bin"
    assert "www.eastmere.example/214" in text_of(screen)
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
    assert menu_of(screen).items == nearest
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
