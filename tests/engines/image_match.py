"""Comparing a screenshot with a reference image, with a tolerance for antialiasing."""

import os
from pathlib import Path

from PIL import Image, ImageChops, ImageStat
from support.paths import ROOT

KEPT = Path(__file__).parent / "references"
DIFFERENT = ROOT / "shots" / "different"
RENEW = "RENEW_REFERENCES"
"""Environment variable: write the references instead of comparing."""
COLOURS = 256
SHARPER, COARSER = 2, 2
"""References are stored at half size and compared at a quarter."""
OFF, MOST_OFF, MOST_MEAN = 40, 0.003, 0.8
"""A px differs if a channel is off by more than OFF of 255; the largest share of them, and the largest mean difference."""


def expect_match(name: str, shot: Path) -> None:
    """Fail if a screenshot differs from the reference of that name; write the difference to shots/different."""
    with Image.open(shot) as whole:
        seen = whole.convert("RGB").reduce(SHARPER)
    kept = KEPT / f"{name}.png"
    if os.environ.get(RENEW):
        seen.quantize(COLOURS, dither=Image.Dither.NONE).save(kept, optimize=True)
    assert kept.exists(), f"{kept} is not there: `make references` draws it"
    with Image.open(kept) as there:
        expected = there.convert("RGB")
    off, mean = distance(expected, seen)
    if seen.size != expected.size or off > MOST_OFF or mean > MOST_MEAN:
        folder = _draw(name, expected, seen)
        said = f"{off:.2%} of it are off, {mean:.2f} of 255 on average"
        raise AssertionError(f"{name} looks otherwise: {said}. See {folder}; `make references` if it is meant to.")


def distance(expected: Image.Image, seen: Image.Image) -> tuple[float, float]:
    """Return the share of differing px and the mean difference of 255; 1.0 and 255.0 if the sizes differ."""
    if expected.size != seen.size:
        return 1.0, 255.0
    difference = ImageChops.difference(expected.reduce(COARSER), seen.reduce(COARSER))
    mean = sum(ImageStat.Stat(difference).mean) / 3
    red, green, blue = difference.split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return sum(most.histogram()[OFF:]) / (most.width * most.height), mean


def _draw(name: str, expected: Image.Image, seen: Image.Image) -> Path:
    """Write the expected, the actual and the difference image; return their folder."""
    folder = DIFFERENT / name
    folder.mkdir(parents=True, exist_ok=True)
    expected.save(folder / "expected.png")
    seen.save(folder / "seen.png")
    same = seen if seen.size == expected.size else seen.resize(expected.size)
    ImageChops.difference(expected, same).convert("L").point(lambda level: min(255, level * 4)).save(
        folder / "difference.png"
    )
    return folder
