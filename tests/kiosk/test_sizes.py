"""Millimetres are converted to px by the display, and all sizes meet the standards."""

import pytest
from hypothesis import given
from hypothesis import strategies as some
from support.render_screen import words_for

from channels.kiosk import CHANNEL
from channels.kiosk.devices import DEVICES, DISPLAYS, Kiosk, all_kiosks
from channels.kiosk.dimensions import GAP, REACH, TARGET, Dimensions, Display
from channels.kiosk.text_sizes import TEXT_SIZES, TYPES
from channels.text_metrics import width

# A 21.5-inch and a 43-inch display with as many px as the default one of 32 inches.
OTHERS = {
    "small portrait": Display(1080, 1920, density=4.03),
    "large portrait": Display(1080, 1920, density=2.02),
    "large landscape": Display(1920, 1080, density=2.02, floor=900),
}
EVERY = {**DEVICES, **all_kiosks(OTHERS)}
ON_EACH = pytest.mark.parametrize("kiosk", EVERY.values(), ids=EVERY.keys())
# Ascent and descent of the fonts asked for, as a share of the type size: how high a link in running text can be touched.
TOUCHED = 1.2
# The height of a capital as a share of the font size: 0.714 in Noto Sans, 0.727 in Inter, 0.729 in DejaVu Sans, 0.716 in Arial.
SHARE = 0.714
BAR = ("Home", "Back", "Search", "Number", "Larger", "Smaller", "Contrast", "Lower")


@given(some.floats(0.1, 700), some.floats(1, 8))
def test_lengths_in_px_are_rounded_up(length: float, density: float) -> None:
    px = Display(1080, 1920, density).px(length)
    assert length * density - 1e-3 <= px < length * density + 1


def test_the_default_display_is_32_inches() -> None:
    for glass in DISPLAYS.values():
        across = (glass.width**2 + glass.height**2) ** 0.5 / glass.density
        assert across / 25.4 == pytest.approx(32, abs=0.1)


@ON_EACH
def test_capitals_are_high_enough_at_arms_length(kiosk: Kiosk) -> None:
    """EN 301 549, 5.1.4: 7.3 mm at 600 mm."""
    high = {name: face.size * SHARE / kiosk.glass.density for name, face in kiosk.look.faces.items()}
    assert {name: mm for name, mm in high.items() if mm < 7.3} == {}


@ON_EACH
def test_touch_targets_meet_the_minimum_size_and_gap(kiosk: Kiosk) -> None:
    look = kiosk.look
    for height in (look.button, look.letter, look.least, look.strip, look.key, look.tile):
        assert height >= kiosk.mm(TARGET)
    assert look.gap * 0.75 >= GAP * kiosk.glass.density


@pytest.mark.parametrize("name", ["paragraph", "lead", "item", "note", "fact", "cell"])
def test_links_in_running_text_meet_the_minimum_touch_height(name: str) -> None:
    kind = TYPES[name]
    assert kind.size * TOUCHED >= TARGET
    assert kind.line - kind.size * TOUCHED >= GAP - 0.25


@ON_EACH
def test_only_the_text_size_changes_font_sizes(kiosk: Kiosk) -> None:
    assert look_of(kiosk.switched("low")).faces == kiosk.look.faces
    if kiosk.text_step == kiosk.text_steps:
        return
    larger = look_of(kiosk.resized)
    grown = [larger.faces[name].size / face.size for name, face in kiosk.look.faces.items()]
    assert min(grown) >= 1
    for name in ("paragraph", "lead", "item", "note", "heading", "fact", "cell", "label", "summary"):
        assert larger.faces[name].size >= kiosk.look.faces[name].size * 1.2, name


def look_of(name: str) -> Dimensions:
    """Return the dimensions of a kiosk on the default display or on one of the others."""
    return EVERY[name].look


def test_the_largest_of_four_sizes_doubles_running_text() -> None:
    """WCAG 2.2, 1.4.4: 200 percent."""
    assert len(TEXT_SIZES) == 4
    for way in DISPLAYS:
        usual, largest = DEVICES[way].look.faces, DEVICES[f"{way}.largest"].look.faces
        for name in ("paragraph", "lead", "item", "note", "heading", "fact", "cell", "label", "summary"):
            assert largest[name].size >= usual[name].size * 1.95, name


@pytest.mark.parametrize("kiosk", DEVICES.values(), ids=DEVICES.keys())
def test_lowered_controls_are_within_reach_from_a_wheelchair_on_every_display(kiosk: Kiosk) -> None:
    high = (kiosk.look.height - kiosk.look.high) / kiosk.glass.density + kiosk.glass.floor
    assert high <= REACH if "low" in kiosk.modes else kiosk.look.high == 0
    # The bar ends at the lower edge of the screen.
    assert kiosk.glass.floor >= 380


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("kiosk", DEVICES.values(), ids=DEVICES.keys())
def test_the_labels_of_the_bar_fit(kiosk: Kiosk, language: str) -> None:
    words, look = words_for(CHANNEL, language), kiosk.look
    count = 8 if look.wide else 4
    room = (look.width - 2 * kiosk.mm(7) - kiosk.mm(72) - kiosk.mm(5) - (count - 1) * kiosk.mm(3)) / count
    size = look.faces["bar"].size
    over = {text: width(words(text), size, True) for text in BAR if width(words(text), size, True) > room}
    assert not over, room
    assert max(width(word, size, True) for word in words("I’m finished").split()) <= kiosk.mm(72)


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("kiosk", DEVICES.values(), ids=DEVICES.keys())
def test_no_word_of_the_navigation_is_broken(kiosk: Kiosk, language: str) -> None:
    words, look = words_for(CHANNEL, language), kiosk.look
    icon, size = kiosk.mm(15) + kiosk.mm(4), look.faces["small"].size
    room = look.rail - kiosk.mm(30) - look.gap - 2 * kiosk.mm(3) if look.wide else kiosk.mm(108) - icon
    for said in ("Next page", "More to choose"):
        assert max(width(part, size, True) for part in words(said).split()) <= room
    take = look.rail - 2 * look.gap - icon if look.wide else look.room(foot=True) - kiosk.mm(188) - 3 * look.gap
    assert max(width(part, size, True) for part in words("Take it with you").split()) <= take
