"""A virtual display: an X server in memory, its mouse and keyboard, and its screen contents."""

import os
import struct
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageChops
from support.programs.system_programs import need

PATIENCE = 120.0
"""Seconds: far more than any program takes, however busy the machine is."""
Colour = tuple[int, int, int]


class Display:
    """A display; `name` is the value of DISPLAY."""

    def __init__(self, name: str, memory: Path, height: int) -> None:
        self.name, self.memory = name, memory
        self.height = height
        self.xdotool = need("xdotool")

    @property
    def environment(self) -> Mapping[str, str]:
        return {**os.environ, "DISPLAY": self.name}

    def capture(self) -> Image.Image:
        """Return the screen contents as an RGB image."""
        dump = self.memory.read_bytes()
        # The header of an X window dump: 25 words, then a name and a palette.
        head = struct.unpack(">25I", dump[:100])
        width, height, line, start = head[4], head[5], head[12], head[0] + head[19] * 12
        return Image.frombuffer("RGB", (width, height), dump[start : start + line * height], "raw", "BGRX", line, 1)

    def xdo(self, *order: str | int) -> None:
        """Run one xdotool command, such as `xdo("key", "Tab")`."""
        subprocess.run([self.xdotool, *map(str, order)], env=self.environment, check=True, timeout=PATIENCE)

    def click(self, across: int, down: int) -> None:
        """Click at a position in px."""
        self.xdo("mousemove", across, down, "click", 1)

    def park_mouse(self) -> None:
        """Move the mouse to the status bar, where it covers nothing."""
        self.xdo("mousemove", 5, self.height - 5)


def wait_until(true: Callable[[], object], what: str) -> None:
    """Wait until a condition is true; fail with `what` if it is not in time."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.03)


@contextmanager
def display(folder: Path, width: int, height: int) -> Iterator[Display]:
    """Run an X server of this size in px, with its framebuffer as a file in `folder`."""
    xvfb = need("Xvfb")
    told, tells = os.pipe()
    command = [
        xvfb,
        "-displayfd",
        str(tells),
        "-screen",
        "0",
        f"{width}x{height}x24",
        "-fbdir",
        str(folder),
        "-nolisten",
        "tcp",
    ]
    with subprocess.Popen(command, pass_fds=[tells], stderr=subprocess.DEVNULL) as server:
        os.close(tells)
        with os.fdopen(told) as lines:
            number = lines.readline().strip()
        assert number, "there is no X server"
        try:
            yield Display(f":{number}", folder / "Xvfb_screen0", height)
        finally:
            server.terminate()
            server.wait(timeout=PATIENCE)


def difference_box(one: Image.Image, other: Image.Image) -> tuple[int, int, int, int] | None:
    """Return left, top, right and bottom of the difference of two images in px, or None."""
    return ImageChops.difference(one, other).getbbox()


def runs(
    picture: Image.Image, colour: Colour, *, down: int | None = None, across: int | None = None, least: int = 20
) -> list[int]:
    """Return the middles of the runs of a colour along the column at `across` or the row at `down`, in px."""
    if across is not None:
        line = picture.crop((across, 0, across + 1, picture.height))
    else:
        assert down is not None
        line = picture.crop((0, down, picture.width, down + 1))
    middles, length = [], 0
    dots = line.tobytes()
    for place, seen in enumerate([*zip(dots[::3], dots[1::3], dots[2::3], strict=True), None]):
        if seen == colour:
            length += 1
        else:
            if length >= least:
                middles.append(place - length // 2 - 1)
            length = 0
    return middles
