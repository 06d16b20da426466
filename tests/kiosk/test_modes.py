"""Display modes are devices of their own: every combination exists, can be switched by one touch, and can be undone."""

from itertools import product

import pytest
from support.render_screen import draw
from support.samples.block_samples import BLOCKS, screen

from channels.kiosk import CHANNEL
from channels.kiosk.devices import DEVICES, DISPLAYS, MODES, STRONG_CONTRAST, Kiosk, device_name
from channels.kiosk.text_sizes import TEXT_SIZES
from onestop.catalogue.brand.colours import PAIRS, ROLES, contrast

ON_EACH = pytest.mark.parametrize("kiosk", DEVICES.values(), ids=DEVICES.keys())


def test_every_combination_has_a_device() -> None:
    chosen = [[mode for mode, on in zip(MODES, ons, strict=True) if on] for ons in product((True, False), repeat=2)]
    assert set(DEVICES) == {
        device_name(way, text, modes) for way in DISPLAYS for text in TEXT_SIZES for modes in chosen
    }
    assert len(DEVICES) == 32
    assert all(device.name == name for name, device in DEVICES.items())


@ON_EACH
@pytest.mark.parametrize("mode", MODES)
def test_switching_a_mode_twice_restores_the_device(kiosk: Kiosk, mode: str) -> None:
    other = DEVICES[kiosk.switched(mode)]
    assert (mode in other.modes) != (mode in kiosk.modes)
    assert set(other.modes) ^ set(kiosk.modes) == {mode}
    assert (other.way, other.text) == (kiosk.way, kiosk.text)
    assert other.switched(mode) == kiosk.name


@ON_EACH
def test_four_touches_go_through_all_text_sizes_and_back(kiosk: Kiosk) -> None:
    names = [kiosk.name]
    for _ in range(4):
        names.append(DEVICES[names[-1]].resized)
        assert DEVICES[names[-1]].modes == kiosk.modes
    assert names[-1] == kiosk.name
    assert {DEVICES[name].text for name in names} == {"", "large", "larger", "largest"}


@ON_EACH
def test_turning_the_display_keeps_the_modes(kiosk: Kiosk) -> None:
    turned = DEVICES[kiosk.turned]
    assert (turned.text, turned.modes) == (kiosk.text, kiosk.modes)
    assert turned.way != kiosk.way
    assert turned.turned == kiosk.name
    assert (DEVICES[kiosk.plain].text, DEVICES[kiosk.plain].modes) == ("", ())


@ON_EACH
def test_each_mode_has_a_control_that_says_whether_it_is_on(kiosk: Kiosk) -> None:
    (page, *_) = draw(CHANNEL, screen(*BLOCKS), device=kiosk.name)
    for mode in MODES:
        assert f'href="/kiosk/~{kiosk.switched(mode)}/bins/missed-bin"' in page
    assert f'href="/kiosk/~{kiosk.resized}/bins/missed-bin"' in page
    assert f"(text size {kiosk.text_step} of 4)" in page
    assert page.count("on: touch to switch off") == len(kiosk.modes)


@pytest.mark.parametrize(("over", "under", "least"), PAIRS["light"], ids=lambda part: str(part))
def test_strong_contrast_exceeds_the_contrast_required_of_council_colours(over: str, under: str, least: float) -> None:
    assert contrast(STRONG_CONTRAST[over], STRONG_CONTRAST[under]) >= max(least, 12)


def test_strong_contrast_has_every_role() -> None:
    assert set(STRONG_CONTRAST) == set(ROLES["light"])
    assert {bool(kiosk.colours) for kiosk in DEVICES.values() if "contrast" in kiosk.modes} == {True}
    assert {bool(kiosk.colours) for kiosk in DEVICES.values() if "contrast" not in kiosk.modes} == {False}
