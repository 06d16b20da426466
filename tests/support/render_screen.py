"""Render a screen on a channel as the server would, without a server."""

from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from support.paths import ROOT

from channels.contract import Channel, Device
from onestop.catalogue.catalogue import Numbering
from onestop.language import Words, direction, load_words
from onestop.screen import Brand, Screen
from onestop.site.templates import marked, renderer

LANGUAGES = {"en": "English", "cy": "Cymraeg"}


class AnyColour(dict[str, str]):
    """A theme in which every role has the same colour."""

    def __missing__(self, role: str) -> str:
        return "#123456"


BRAND = Brand(
    "Eastmere Borough Council", "Eastmere", "https://www.eastmere.example", "01632 960 100", AnyColour(), "<svg></svg>"
)


def words_for(channel: Channel, language: str = "en") -> Words:
    folders = [ROOT / "onestop" / "language", ROOT / "channels" / channel.name]
    return load_words(folders, LANGUAGES, ZoneInfo("Europe/London"))[language]


def draw(
    channel: Channel,
    screen: Screen,
    *,
    device: str = "",
    language: str = "en",
    brand: Brand = BRAND,
    templates: Path = ROOT / "templates",
) -> tuple[str, ...]:
    """Render every page of a screen."""
    chosen = channel.devices[device] if device else channel.recognise({})
    words = words_for(channel, language)
    drawing, own = renderer(channel, templates, lambda name: f"/static/{name}"), marked(brand)
    context = {
        **_context(channel, screen, words, own, chosen),
        "style": drawing.style(chosen, own, rtl=direction(screen.language) == "rtl"),
    }
    return tuple(drawing.page(page, context) for page in channel.lay_out(screen, chosen, words))


def sheet(channel: Channel, device: str, brand: Brand = BRAND) -> str:
    """Draw the style sheet that the pages of a device link to."""
    drawing = renderer(channel, ROOT / "templates", lambda name: f"/static/{name}")
    return drawing.sheet(channel.devices[device], marked(brand)).decode()


def _context(channel: Channel, screen: Screen, words: Words, brand: Brand, device: Device) -> Mapping[str, object]:
    def address(language: str, target: str) -> str:
        if ":" in target.split("/")[0] or target.startswith("#"):
            return target
        return f"{channel.prefix}{'' if language == 'en' else '/' + language}{target}"

    links = {code: (code, LANGUAGES[code], address(code, screen.address)) for code in LANGUAGES}
    return {
        "brand": brand,
        "_": words,
        "own": words.of(screen.language),
        "words": words,
        "rtl": direction(screen.language) == "rtl",
        "numbering": Numbering(3, "123456789"),
        "language": words.language,
        "link": lambda target: address(words.language, target),
        "page_link": lambda number: address(words.language, screen.address) + (f"/{number}" if number > 1 else ""),
        "other_languages": tuple(links[code] for code in screen.languages if code != screen.language),
        "listen": lambda: "",
        "listen_key": "F13",
        "language_links": tuple(link for code, link in links.items() if code != words.language),
        "choose_link": lambda code, path: path,
        "device_link": lambda name: f"{channel.prefix}/~{name}{screen.address}",
        "fresh_link": lambda name, target: f"{channel.prefix}/~{name}{target}",
        "device": device,
    }
