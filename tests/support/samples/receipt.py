"""The receipt of a missed bin, as every channel lays it out."""

from datetime import datetime
from zoneinfo import ZoneInfo

from support.render_screen import words_for

from channels.contract import Channel, Page
from onestop.journeys.screens.context import ScreenContext
from onestop.journeys.screens.receipt import Confirmation, done_screen
from onestop.screen import Link, Place

SENT = datetime(2026, 11, 25, 14, 5, tzinfo=ZoneInfo("Europe/London"))
SAID = "We will be back within two working days. Leave it, with the lid shut, where the crew can see it."
CONTACT = Place(
    "Waste and recycling", (), "01632 960 200", "bins@eastmere.example", (("Monday to Friday", "08:30 to 17:00"),),
    "Closed now. Opens at 08:30 on Monday",
)  # fmt: skip


def receipt(channel: Channel, device: str, language: str) -> tuple[Page, ...]:
    words = words_for(channel, language)
    trail = (Link("Home", "/"), Link("Report a missed bin", "/bins/missed-bin"))
    context = ScreenContext("/bins/missed-bin", trail, words, ("en", "cy"), channel.means, find_contact=lambda: CONTACT)
    rows = [["Which was missed?", "Grey bin"], ["What is the address?", "12 High Street, EM4 2QT"]]
    sent = Confirmation(
        "Report a missed bin", "486 768 6748", SENT, {"said": SAID, "rows": rows}, "Two working days",
        "https://eastmere.example", ticket="T" * 26, number="102"
    )  # fmt: skip
    return channel.lay_out(done_screen(sent, context), channel.devices[device], words)
