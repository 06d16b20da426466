"""The pictures of docs/: pages of televisions and kiosks, and receipts, from a server of its own: `python scripts/make_pictures.py`.

It is always ten on a Monday, so that pictures differ only where pages do.
"""

import io
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, sync_playwright

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from engines.frozen_server import frozen_server  # noqa: E402
from support.resident import Resident, answer_report  # noqa: E402
from support.servers.running_server import MORNING  # noqa: E402

SIZES = {"tv": (1280, 720), "portrait": (1080, 1920), "landscape": (1920, 1080), "phone": (390, 844)}
GAP, BACKGROUND, QUALITY = 16, "#dfe4ea", 82
OLD_SET = "Mozilla/5.0 (SmartHub; SMART-TV; U; Linux/SmartTV; Maple 5.1.00277) AppleWebKit/534.7 (KHTML, like Gecko)"
MISSED = "/bins/missed-bin"


@dataclass(frozen=True, slots=True)
class Shot:
    """A page of a device of a size; `path` is "receipt" for what is shown after Send in a channel, at its page `page`."""

    size: str
    path: str
    agent: str = ""
    page: int = 1


def tv(*paths: str) -> list[Shot]:
    return [Shot("tv", f"/tv{path}") for path in paths]


TELEVISION = [
    *tv("/", "/bins", MISSED, f"{MISSED}/3"),
    *tv(f"{MISSED}/5", "/bins/recycling-guide/3", "/leisure/libraries/2", "/have-your-say/one-stop-shops/2"),
    *tv("/homes/homelessness", "/cy/", f"/cy{MISSED}", "/search/737"),
    *tv("/search/999", "/a-z", "/~tizen.large/", f"/~tizen.large{MISSED}"),
    *tv(f"/~tizen.contrast{MISSED}", f"/phone{MISSED}", f"{MISSED}/ask"),
    Shot("tv", f"/tv{MISSED}", OLD_SET),
]
KIOSK = [
    *(
        Shot("portrait", f"/kiosk{path}")
        for path in ("/", MISSED, "/~portrait.large/bins", f"/~portrait.contrast{MISSED}", "/search")
    ),
    *(
        Shot("landscape", f"/kiosk/~landscape{path}")
        for path in ("/", MISSED, f".larger{MISSED}", f".low{MISSED}", f"{MISSED}/ask")
    ),
]
RECEIPTS = [
    Shot("tv", "/tv receipt"),
    Shot("tv", "/tv receipt", page=2),
    Shot("landscape", "/kiosk/~landscape receipt"),
    Shot("portrait", "/kiosk/~portrait receipt"),
    Shot("phone", " receipt"),
]


@dataclass(frozen=True, slots=True)
class Camera:
    browser: Browser
    origin: str

    def picture(self, shot: Shot) -> Image.Image:
        """Return the picture of a page, after walking a journey to its end for a receipt."""
        width, height = SIZES[shot.size]
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, base_url=self.origin, locale="en-GB",
            timezone_id="Europe/London", reduced_motion="reduce", user_agent=shot.agent or None,
        )  # fmt: skip
        path = self._receipt(context, shot) if shot.path.endswith(" receipt") else shot.path
        page = context.new_page()
        page.clock.set_fixed_time(MORNING)
        page.goto(path)
        page.wait_for_load_state("networkidle")
        shown = page.screenshot(animations="disabled", caret="hide")
        context.close()
        return Image.open(io.BytesIO(shown)).convert("RGB")

    def _receipt(self, context: BrowserContext, shot: Shot) -> str:
        """Send a report and return the address of its receipt; the browser gets the resident's cookies."""
        prefix = shot.path.removesuffix(" receipt")
        resident = Resident(self.origin)
        seen = resident.send(answer_report(resident, prefix), {"do": ("send",)})
        cookies = [{"name": c.name, "value": c.value or "", "url": self.origin} for c in resident.jar]
        context.add_cookies(cookies)  # type: ignore[arg-type]
        return f"{seen.address}/{shot.page}" if shot.page > 1 else seen.address


def sheet(rows: Sequence[Sequence[Image.Image]], width: int) -> Image.Image:
    """Return pictures in rows of one width; those of a row are equally high."""
    scaled = [_row(row, width) for row in rows]
    made = Image.new("RGB", (width, sum(row[0].height + GAP for row in scaled) + GAP), BACKGROUND)
    top = GAP
    for row in scaled:
        left = GAP
        for picture in row:
            made.paste(picture, (left, top))
            left += picture.width + GAP
        top += row[0].height + GAP
    return made


def _row(row: Sequence[Image.Image], width: int) -> list[Image.Image]:
    height = (width - GAP * (len(row) + 1)) / sum(picture.width / picture.height for picture in row)
    return [
        picture.resize((int(picture.width / picture.height * height), int(height)), Image.Resampling.LANCZOS)
        for picture in row
    ]


SHEETS = {"television-pages": (TELEVISION, 4), "kiosk-pages": (KIOSK, 5), "receipts": (RECEIPTS, 5)}


def main(*names: str) -> None:
    """Write the sheets of these names, or all, into docs/."""
    with TemporaryDirectory() as folder, frozen_server(Path(folder)) as origin, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-background-networking", "--hide-scrollbars"],
        )
        for name in names or SHEETS:
            shots, columns = SHEETS[name]
            pictures = [Camera(browser, origin).picture(shot) for shot in shots]
            rows = [pictures[at : at + columns] for at in range(0, len(pictures), columns)]
            sheet(rows, 2600).save(ROOT / "docs" / f"{name}.webp", quality=QUALITY, method=6)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
