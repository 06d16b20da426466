"""Pictures of every kind of screen at the real sizes, from a running server: `python scripts/take_shots.py [origin] [folder]`."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

SIZES = {
    "tv": (1280, 720),
    "portrait": (1080, 1920),
    "landscape": (1920, 1080),
    "phone": (390, 844),
    "small": (240, 320),
}
SIZES |= {"desk": (1280, 900), "preview": (1600, 1000)}
SHOTS = {
    "tv": """/tv/ /tv/bins /tv/bins/missed-bin /tv/bins/missed-bin/2 /tv/search /tv/search/737 /tv/cy/ /tv/nowhere /tv/a-z
        /tv/bins/collection-days/2 /tv/leisure/libraries/2 /tv/phone/bins/missed-bin /tv/have-your-say/one-stop-shops/2""",
    "portrait": """/kiosk/ /kiosk/bins /kiosk/bins/missed-bin /kiosk/search /kiosk/number /kiosk/attract /kiosk/nowhere
        /kiosk/~portrait.large/bins/missed-bin /kiosk/~portrait.contrast/ /kiosk/~portrait.low/ /kiosk/leisure/libraries""",
    "landscape": """/kiosk/~landscape/ /kiosk/~landscape/bins/missed-bin /kiosk/~landscape.low/bins /kiosk/~landscape/search""",
    "phone": "/ /bins /bins/missed-bin /search?q=repairs /a-z /cy/ /nowhere /have-your-say/one-stop-shops",
    "small": "/ /bins/missed-bin",
    "desk": "/ /bins/missed-bin /bins",
    "preview": "/preview/bins/missed-bin",
}


def main(origin: str = "http://localhost:8080", folder: str = "shots") -> None:
    """One PNG for each address in `folder`, named after its size and address."""
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-background-networking"]
        )
        for size, addresses in SHOTS.items():
            width, height = SIZES[size]
            page = browser.new_page(viewport={"width": width, "height": height})
            for address in addresses.split():
                page.goto(origin + address)
                page.wait_for_timeout(150)
                name = f"{size}{address.replace('/', '-').replace('?', '-')}"
                page.screenshot(path=place / f"{name}.png", full_page=size in ("phone", "desk"))
            page.close()
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
