"""Display modes on televisions: every family has them, only sizes and colours change, and contrast meets its ratios."""

import re
from dataclasses import fields

import pytest
from support.render_screen import draw, sheet, words_for
from support.samples.block_samples import BLOCKS, screen

from channels.text_metrics import width
from channels.tv import CHANNEL
from channels.tv.devices import MODES, PREFERENCES, SET_FIELDS, STRONG_CONTRAST
from channels.tv.display_screen import ADDRESS, NUMBER
from channels.tv.families import Family
from channels.tv.layout import PAD
from channels.tv.script import ASKING
from channels.tv.sizes import LARGE, USUAL, WIDTH, Sizes
from onestop.catalogue.brand.colours import PAIRS, ROLES, contrast
from onestop.screen import Choice, Form, Screen

SETS, FAMILIES = CHANNEL.sets, CHANNEL.families
LOUDEST, DARKEST = 0xEE, 0x11


def test_every_family_has_every_mode() -> None:
    assert len(SETS) == len(FAMILIES) * len(PREFERENCES) == len(FAMILIES) * 2 ** len(MODES)
    for name, one in SETS.items():
        assert one.name == name and one.family == name.partition(".")[0]
        for fact in fields(Family):
            assert fact.name in SET_FIELDS or getattr(one, fact.name) == getattr(FAMILIES[one.family], fact.name), name


def test_every_preference_is_available_and_removable_on_every_set() -> None:
    for one in SETS.values():
        assert tuple(one.preferences) == PREFERENCES
        for preference, name in one.preferences.items():
            assert SETS[name].family == one.family and ".".join(SETS[name].modes) == preference
            assert SETS[name].preferences == one.preferences


def test_all_modes_of_a_family_share_its_script() -> None:
    assert set(CHANNEL.assets) == {
        f"{name}.{language}.js" for name in FAMILIES for language in ("en", "cy", "pl", "bn", "ur")
    } | {ASKING}
    for name in ("hbbtv.large.contrast", "maple.large"):
        (page, *_) = draw(CHANNEL, screen(BLOCKS[0]), device=name)
        assert f'src="/static/{name.partition(".")[0]}.en.js"' in page
        assert FAMILIES[name.partition(".")[0]].doctype in page


@pytest.mark.parametrize(("over", "under", "least"), PAIRS["dark"], ids=str)
def test_strong_contrast_exceeds_the_contrast_required_of_council_colours(over: str, under: str, least: float) -> None:
    assert contrast(STRONG_CONTRAST[f"dark_{over}"], STRONG_CONTRAST[f"dark_{under}"]) >= max(least, 10)


def test_strong_contrast_has_every_role_and_no_colour_that_flickers() -> None:
    assert set(STRONG_CONTRAST) == {f"dark_{role}" for role in ROLES["dark"]}
    for colour in STRONG_CONTRAST.values():
        parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
        assert min(parts) >= DARKEST and max(parts) <= LOUDEST, colour


def test_the_key_colours_contrast_with_the_background() -> None:
    drawn = sheet(CHANNEL, "browser.contrast")
    found = [colour for colour in re.findall(r"#[0-9a-f]{3}\b", drawn) if colour in ("#d43", "#3a5", "#fc2", "#37d")]
    assert len(set(found)) == 4
    for colour in found:
        assert contrast("#" + "".join(2 * digit for digit in colour[1:]), STRONG_CONTRAST["dark_ground"]) >= 3


def test_large_text_is_two_sevenths_larger_and_the_foot_less() -> None:
    for usual, larger in ((USUAL.text, LARGE.text), (USUAL.cell, LARGE.cell)):
        assert larger / usual >= 9 / 7
    assert LARGE.title / USUAL.title >= 1.2 and LARGE.edge > USUAL.edge


@pytest.mark.parametrize("sizes", [USUAL, LARGE], ids=["usual", "large"])
@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_foot_is_one_line(sizes: Sizes, language: str) -> None:
    words = words_for(CHANNEL, language)
    keys = [words(word) for word in ("Search", "Home", "Listen", "On your phone")]
    ways = [f"{words('More')} »", f"« {words('Back')}"]
    taken = sum(width(word, sizes.edge) + sizes.colour + 4 * sizes.aside for word in keys)
    assert taken + sum(width(word, sizes.edge) + 2 * sizes.aside for word in ways) <= 1024


@pytest.mark.parametrize("sizes", [USUAL, LARGE], ids=["usual", "large"])
def test_a_label_of_the_number_pad_is_one_line(sizes: Sizes) -> None:
    for digit, letters in PAD:
        taken = 2 * sizes.key + width(digit, sizes.text, strong=True) + width(f" {letters}", sizes.text)
        assert taken <= 170, letters


def test_the_style_sheet_uses_the_sizes_of_the_device() -> None:
    for name, sizes in (("browser", USUAL), ("browser.large", LARGE)):
        drawn = sheet(CHANNEL, name)
        assert (
            f"font:{sizes.text}px/{sizes.line}px" in drawn
            and f"font-size:{sizes.title}px;line-height:{sizes.title_line}px" in drawn
        )


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("preference", PREFERENCES)
def test_the_display_screen_shows_the_current_preference(preference: str, language: str) -> None:
    words, one = words_for(CHANNEL, language), SETS[SETS["browser"].preferences[preference]]
    (page,) = CHANNEL.lay_out(_asking(language), one, words)
    form = page.blocks[0]
    assert isinstance(form, Form) and isinstance(form.field, Choice)
    assert [option.value for option in form.field.options if option.chosen and option.hint] == [preference]
    assert len(form.field.options) == len(PREFERENCES)
    assert page.screen.number == NUMBER


def _asking(language: str) -> Screen:
    found = CHANNEL.own_screens["display"](ADDRESS, words_for(CHANNEL, language))
    assert found
    return found


@pytest.mark.parametrize("sizes", [USUAL, LARGE], ids=["usual", "larger"])
@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_foot_of_a_page_in_the_middle_is_one_line_in_the_widest_font(sizes: Sizes, language: str) -> None:
    words = words_for(CHANNEL, language)
    keys = [words(label) for label in ("Search", "Home", "Listen", "On your phone")]
    wide = sum(sizes.colour + 2 * sizes.aside + width(label, sizes.edge) for label in keys)
    for label in (f"0 {words('More')} »", f"9 « {words('Back')}"):
        wide += 2 * (sizes.foot_digit + sizes.foot_link) + width(label, sizes.edge)
    assert wide <= WIDTH
