"""Whether a page looks as it did: its picture is held to one that is kept, with a tolerance for how letters are smoothed."""

import os
from pathlib import Path

from PIL import Image, ImageChops, ImageStat
from support.paths import ROOT

KEPT = Path(__file__).parent / "references"
DIFFERENT = ROOT / "shots" / "different"
RENEW = "RENEW_REFERENCES"
"""In the environment: keep what is seen instead."""
COLOURS = 128
SHARPER, COARSER = 2, 2
"""A picture is kept at half its size, and compared at a quarter."""
OFF, MOST_OFF, MOST_MEAN = 40, 0.003, 0.8
"""A px is off if a colour of it differs by so much of 255; how many of them may be, and by how much all of them may differ on average."""


def expect_match(name: str, shot: Path) -> None:
    """Fails if a page does not look like the reference of that name, and then says where it is drawn how."""
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
    """Which share of the px is off, and by how much of 255 all differ on average; everything if they are of two sizes."""
    if expected.size != seen.size:
        return 1.0, 255.0
    difference = ImageChops.difference(expected.reduce(COARSER), seen.reduce(COARSER))
    mean = sum(ImageStat.Stat(difference).mean) / 3
    red, green, blue = difference.split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return sum(most.histogram()[OFF:]) / (most.width * most.height), mean


def _draw(name: str, expected: Image.Image, seen: Image.Image) -> Path:
    """The folder in which the expected, the seen and the difference are, the difference as white on black."""
    folder = DIFFERENT / name
    folder.mkdir(parents=True, exist_ok=True)
    expected.save(folder / "expected.png")
    seen.save(folder / "seen.png")
    same = seen if seen.size == expected.size else seen.resize(expected.size)
    ImageChops.difference(expected, same).convert("L").point(lambda level: min(255, level * 4)).save(
        folder / "difference.png"
    )
    return folder
