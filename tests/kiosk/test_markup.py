"""The markup of kiosk pages: no external links, only our own styles and scripts, a link for everything without script."""

import re
from html.parser import HTMLParser

import pytest
from support.render_screen import draw, words_for
from support.samples.block_samples import BLOCKS, screen

from channels.kiosk import CHANNEL
from channels.kiosk.devices import DEVICES, Kiosk
from channels.kiosk.keyboards import BOARDS, CLEAR, ERASE, PADS, SHIFT, SPACE, keyboard, rows
from channels.kiosk.own_screens import entered_digits, own_screen
from channels.kiosk.unsupported_blocks import without_outside_links
from onestop.screen import Choice, DateEntry, Entry, Form, Option, Paragraph, Run, Screen, Upload

OUT = (Run("GOV.UK", target="https://www.gov.uk/x"), Run("a form", target="http://forms.example.org/y"))
CALL = (Run("ring us", target="tel:01632960200"), Run("write", target="mailto:a@example.org"))
ACTS = (SHIFT, CLEAR, SPACE, ERASE)
FIELDS = (
    Choice("c", (Option("a", "Apes"), Option("b", "Bats", "Winged"))),
    Entry("n", "name", complete="name"),
    Entry("w", "words"),
    Entry("m", "money", unit="£"),
    DateEntry("d"),
    Upload("u", 1000),
)


class Tags(HTMLParser):
    """Collects every start tag with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def all(self, *tags: str) -> list[dict[str, str | None]]:
        return [has for name, has in self.found if name in tags]


def own(address: str, language: str = "en") -> Screen:
    found = own_screen(address, words_for(CHANNEL, language))
    assert found is not None
    return found


def every_page(device: str) -> list[str]:
    asked = [screen(Form("/ask/x", "Continue", field, "Hint", "Wrong"), kind="question") for field in FIELDS]
    screens = [
        screen(Paragraph(OUT), Paragraph(CALL), *BLOCKS),
        *(screen(*BLOCKS, kind=kind) for kind in ("home", "section", "search", "letters", "phone", "problem", "check")),
        *asked,
        own("/number"),
        own("/number/=21"),
        own("/attract"),
    ]
    return [page for one in screens for page in draw(CHANNEL, one, device=device)]


@pytest.mark.parametrize("device", DEVICES)
def test_no_link_leaves_the_kiosk(device: str) -> None:
    for page in every_page(device):
        tags = Tags(page)
        ways = [has.get("href") or "" for has in tags.all("a")]
        ways += [has.get("action") or "" for has in tags.all("form")]
        ways += [has["formaction"] or "" for has in tags.all("button") if "formaction" in has]
        assert ways
        assert [way for way in ways if not way.startswith(("/kiosk", "#"))] == []
        assert not [has for has in tags.all("a", "form", "base") if "target" in has]
        assert not [has for has in tags.all("input") if has.get("type") == "file"]
        assert not tags.all("iframe", "object", "embed", "video", "audio")
        loaded = [has.get("src") or "" for has in tags.all("script", "img")]
        assert all(source.startswith(("/static/", "/pictures/")) for source in loaded)


@pytest.mark.parametrize("device", ["portrait", "landscape.large.contrast.low"])
def test_only_the_style_is_inline(device: str) -> None:
    for page in every_page(device):
        tags = Tags(page)
        assert not [name for _, has in tags.found for name in has if name == "style" or re.match(r"on[a-z]+$", name)]
        assert all(has.get("src") for has in tags.all("script"))


def test_external_links_become_text() -> None:
    assert without_outside_links(OUT) == (Run("GOV.UK"), Run("a form (forms.example.org)"))
    assert without_outside_links((Run("see gov.uk/x", target="https://www.gov.uk/x"),)) == (Run("see gov.uk/x"),)
    assert without_outside_links(CALL) == (Run("ring us"), Run("write"))
    assert without_outside_links((Run("bins", target="/bins", number="200"),)) == (
        Run("bins", target="/bins", number="200"),
    )


@pytest.mark.parametrize("kind", ["home", "service", "search", "problem", "question", "number"])
def test_every_page_has_a_finish_link_that_works_without_script(kind: str) -> None:
    shown = own("/number") if kind == "number" else screen(*BLOCKS, kind=kind)
    for page in draw(CHANNEL, shown, device="portrait.large.low"):
        ways = [has for has in Tags(page).all("a") if "data-finish" in has]
        assert [has["href"] for has in ways] == ["/kiosk/~portrait/leave"] * 2


def test_the_page_states_its_idle_timeouts() -> None:
    (page,) = draw(CHANNEL, screen(BLOCKS[0]))
    assert 'data-idle="60" data-warning="20"' in page
    (page,) = draw(CHANNEL, screen(BLOCKS[0], personal=True))
    assert 'data-idle="120" data-warning="45"' in page


@pytest.mark.parametrize("field", FIELDS[1:5], ids=lambda field: str(field.name))
def test_text_fields_use_the_on_screen_keyboard_only(field: Entry) -> None:
    page = draw(CHANNEL, screen(Form("/ask/x", "Continue", field), kind="question"))[0]
    tags = Tags(page)
    written = [has for has in tags.all("input", "textarea") if has.get("type") not in ("hidden",)]
    assert written
    assert all(has["inputmode"] == "none" for has in written)
    name = keyboard(field)
    assert {has["data-keyboard"] for has in written} == {name}
    pressed = [has.get("data-key") or has.get("data-act") for has in tags.all("button") if has.get("type") == "button"]
    drawn = [key for key in pressed if key]
    assert drawn == [key for row in rows(name, "en", wide=False) for key in row]
    assert "keys.js" in page


def test_text_fields_disable_autocomplete() -> None:
    for field in FIELDS:
        tags = Tags(draw(CHANNEL, screen(Form("/ask/x", "Continue", field), kind="question"))[0])
        assert [has.get("autocomplete") for has in tags.all("form")] == ["off"]
        assert not [has for has in tags.all("input", "textarea") if has.get("autocomplete") not in (None, "off")]


def written(name: str, language: str, *, wide: bool) -> list[str]:
    """Return the characters that the keys of a keyboard enter."""
    return [key for row in rows(name, language, wide=wide) for key in row if key not in ACTS]


@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize(
    ("name", "more"),
    [("words", "',.-"), ("name", "',.-âêîôûŵŷáéïö"), ("email", ("@", ".", "-", "_", "'", "+", ".co.uk", ".com"))],
)
def test_a_keyboard_has_each_character_once(name: str, more: str | tuple[str, ...], language: str, wide: bool) -> None:
    accents = "âêîôûŵŷáéïö" if (name, language) == ("words", "cy") else ""
    keys = written(name, language, wide=wide)
    assert sorted(keys) == sorted([*"abcdefghijklmnopqrstuvwxyz0123456789", *more, *accents])


@pytest.mark.parametrize(("name", "more"), [("digits", ""), ("money", "."), ("phone", "+")])
def test_a_number_pad_has_digits_and_separators(name: str, more: str) -> None:
    assert sorted(written(name, "en", wide=True)) == sorted("0123456789" + more)


@pytest.mark.parametrize(
    ("field", "name"),
    [(Entry("e", "email"), "email"), (Entry("n", "name"), "name"), (Entry("a", "address"), "words"),
     (Entry("p", "phone"), "phone"), (Entry("m", "money"), "money"), (Entry("c", "code"), "digits"), (DateEntry("d"), "digits")],
)  # fmt: skip
def test_each_kind_of_entry_has_its_keyboard(field: Entry | DateEntry, name: str) -> None:
    assert keyboard(field) == name


@pytest.mark.parametrize("kiosk", DEVICES.values(), ids=DEVICES.keys())
@pytest.mark.parametrize("name", [*BOARDS, *PADS])
def test_every_key_meets_the_minimum_width(name: str, kiosk: Kiosk) -> None:
    look = kiosk.look
    for row in rows(name, "cy", wide=look.wide):
        # None is narrower than its share of the row.
        assert (look.room(foot=False) + look.gap * 0.75) / (len(row) + 3) - look.gap * 0.75 >= kiosk.mm(12.7), row


@pytest.mark.parametrize(
    ("address", "digits"), [("/number", ""), ("/number/=2", "2"), ("/number/=21400", "21400"), ("/number/=214000", "")]
)
def test_digits_entered_without_script_are_in_the_address(address: str, digits: str) -> None:
    assert entered_digits(address) == digits
    assert (own_screen(address, words_for(CHANNEL)) is None) == (address == "/number/=214000")


def test_the_number_pad_works_without_script() -> None:
    ways = {
        has["formaction"] for has in Tags(draw(CHANNEL, own("/number/=21"))[0]).all("button") if "formaction" in has
    }
    assert {"/kiosk/number/=214", "/kiosk/number/=210", "/kiosk/number/=2"} <= ways
    full = Tags(draw(CHANNEL, own("/number/=214"))[0]).all("button")
    assert [has["formaction"] for has in full if "data-open" in has and "disabled" not in has] == ["/kiosk/214"]


def test_the_attract_screen_is_in_every_language() -> None:
    (page,) = draw(CHANNEL, own("/attract"))
    assert 'lang="cy" hreflang="cy">Cymraeg' in page
    assert 'href="/kiosk/cy/"' in page
    assert "<dialog" not in page


def test_an_unknown_address_is_not_a_screen_of_the_kiosk() -> None:
    for address in ("/attract/x", "/number/214", "/number/=", "/", "/bins"):
        assert own_screen(address, words_for(CHANNEL)) is None
