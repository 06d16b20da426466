"""A journey with every construct, two kinds of means, and helpers to read a journey written in a test."""

from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

from support.paths import ROOT

from onestop.authoring.source import Source
from onestop.capability import reserved_steps
from onestop.journeys.journey import Journey
from onestop.journeys.screens.context import ScreenContext
from onestop.journeys.source.folder import check_journey
from onestop.language import Words, load_words
from onestop.screen import Choice, DateEntry, Entry, Field, Link, Means
from server import CAPABILITIES

TODAY = date(2026, 11, 23)
LANGUAGES = ("en", "cy")
DESKS = {"housing": {"en": "Housing repairs", "cy": "Atgyweiriadau tai"}}
WORDS: Mapping[str, Words] = load_words([ROOT / "onestop" / "language"], LANGUAGES, ZoneInfo("Europe/London"))
ENGLISH, WELSH = WORDS["en"], WORDS["cy"]


def remote_presses(field: Field) -> int:
    """Return the presses of a field: a digit chooses and submits; a tenth option is on the next page; keyed-in digits need OK."""
    if isinstance(field, Choice):
        places = [place for place, option in enumerate(field.options) if option.chosen]
        turns = max(places, default=0) // 9
        return turns + (len(places) + 1 if field.several else 1)
    if isinstance(field, DateEntry):
        return len(field.day + field.month + field.year) + 1
    return sum(sign.isdigit() for sign in field.value) + 1 if isinstance(field, Entry) else 1


TOUCH = Means()
REMOTE = Means(
    keyboard=False, letters=False, upload=False, handheld=False, presses=remote_presses, median=12, worst=20, most=30
)
MEANS = {"touch": TOUCH, "remote": REMOTE}

REPAIR = """\
title: {en: Order a housing repair, cy: Archebu atgyweiriad}
who: tenant
keeps: {draft: 30 days, case: 2 years}
asks:
  - ask: danger
    text: {en: "Can you smell gas, or is water near electrics?", cy: "A allwch arogli nwy, neu a oes dŵr ger trydan?"}
    pick:
      gas:
        text: {en: Smell of gas, cy: Arogl nwy}
        stop: {en: Leave now and ring 0800 111 999., cy: Gadewch nawr a ffoniwch 0800 111 999.}
      water: {en: Water near electrics, cy: Dŵr ger trydan}
      none: {en: Neither, cy: Y naill na'r llall}
  - ask: room
    text: {en: Where is the problem?, cy: Ble mae'r broblem?}
    pick:
      kitchen: {text: {en: Kitchen, cy: Cegin}, said: {en: kitchen, cy: gegin}}
      bath: {text: {en: Bathroom, cy: Ystafell ymolchi}, said: {en: bathroom, cy: ystafell ymolchi}}
      bed: {en: Bedroom, cy: Ystafell wely}
      hall: {en: Hall or stairs, cy: Cyntedd neu risiau}
      outside: {en: Outside, cy: Y tu allan}
  - ask: fault
    text: {en: "What is wrong in the {room}?", cy: "Beth sydd o'i le yn y {room}?"}
    pick:
      leak: {en: Leak or burst, cy: Gollyngiad}
      heat: {en: No heating or hot water, cy: Dim gwres na dŵr poeth}
      drain: {text: {en: Blocked sink or toilet, cy: Sinc neu doiled wedi blocio}, if: room is kitchen or bath}
      lock: {en: Door or lock, cy: Drws neu glo}
      other: {en: Something else, cy: Rhywbeth arall}
  - ask: since
    text: {en: How many days has it been like this?, cy: Ers sawl diwrnod?}
    number: {min: 0, max: 99, unit: {en: days, cy: diwrnod}, one: {en: day, cy: diwrnod}}
    if: fault is not other
  - ask: detail
    text: {en: Tell us about it, cy: Dywedwch wrthym}
    words: {max: 300}
    if: fault is other
    thin: {en: Please ring me, cy: Ffoniwch fi}
  - ask: photo
    text: {en: Add a photo, cy: Ychwanegu llun}
    file: image
    need: no
    only: [touch]
  - ask: people
    text: {en: "Is anyone over 75 or under 1? Their ages", cy: "A oes rhywun dros 75 neu dan 1? Eu hoedrannau"}
    each: {max: 4, number: {min: 0, max: 120}}
    if: fault is heat
    need: no
facts:
  urgent: danger is water or fault is heat and people is given
  within:
    - {say: {en: 24 hours, cy: 24 awr}, if: urgent}
    - {say: {en: 20 days, cy: 20 diwrnod}}
done:
  say: {en: "We will come within {within}.", cy: "Byddwn yn dod o fewn {within}."}
  send: [housing]
"""

SLOT = """\
  - ask: slot
    text: {en: When can we come?, cy: Pryd gallwn ni ddod?}
    number: {min: 1, max: 9}
    if: danger is none
facts:
"""

KINDS = """\
title: {en: Everything, cy: Popeth}
asks:
  - {ask: one, text: {en: Choose, cy: Dewiswch}, pick: {a: {en: First, cy: Cyntaf}, b: {en: Second, cy: Ail}}}
  - ask: many
    text: {en: Tick, cy: Ticiwch}
    picks: {x: {en: Ex, cy: Ecs}, y: {en: Why, cy: Pam}, z: {en: Zed, cy: Sed}}
  - {ask: count, text: {en: Count, cy: Cyfrwch}, number: {min: 1, max: 500, unit: {en: days, cy: diwrnod}, one: {en: day, cy: diwrnod}}}
  - {ask: cost, text: {en: Cost, cy: Cost hyn}, money: {min: 0.10, max: 5000}}
  - {ask: when, text: {en: When, cy: Pryd}, date: {from: -30 days, to: today}}
  - {ask: born, text: {en: Born, cy: Ganed}, date: {birth: yes}}
  - {ask: detail, text: {en: Detail, cy: Manylion}, words: {max: 20}, thin: {en: Ring me, cy: Ffoniwch fi}}
  - {ask: name, text: {en: Name, cy: Enw}, name: yes, thin: {en: Ask me, cy: Gofynnwch}}
  - {ask: child, text: {en: Child, cy: Plentyn}, name: other, need: no}
  - {ask: phone, text: {en: Phone, cy: Ffôn}, phone: yes}
  - {ask: email, text: {en: Email, cy: E-bost}, email: yes, need: no}
  - {ask: home, text: {en: Home, cy: Cartref}, place: address, thin: {en: You know it, cy: Mae gennych}}
  - {ask: spot, text: {en: Spot, cy: Man}, place: spot, thin: {en: I will say, cy: Dywedaf}}
  - {ask: photo, text: {en: Photo, cy: Llun}, file: image, need: no}
  - {ask: ages, text: {en: Ages, cy: Oedrannau}, each: {max: 3, number: {min: 0, max: 120}}}
done: {say: {en: Done, cy: Wedi gorffen}, send: [housing]}
"""


def read(text: str, name: str = "trial", means: Mapping[str, Means] = MEANS) -> tuple[Journey | None, list[str]]:
    """Return the journey that `text` declares, if it has no errors, and every fault without the file's name."""
    source = Source("journeys/trial.yaml")
    journey = check_journey(source, name, text, LANGUAGES, DESKS, means, TODAY, reserved_steps(CAPABILITIES))
    return journey, [str(fault).removeprefix("journeys/trial.yaml:") for fault in sorted(source.faults)]


def journey_of(text: str, means: Mapping[str, Means] = MEANS) -> Journey:
    """Return the journey that `text` declares; fail if it has faults."""
    journey, faults = read(text, means=means)
    assert journey, faults
    assert not [fault for fault in faults if "warning" not in fault]
    return journey


def around(words: Words = ENGLISH, means: Means = REMOTE) -> ScreenContext:
    """Return the context of the screens of a journey of a small service."""
    trail = (Link("Home", "/"), Link("Homes", "/homes"), Link("Repairs", "/homes/repairs"))
    return ScreenContext(
        "/homes/repairs", trail, words, LANGUAGES, means, (("token", "t"), ("seen", "7")), "/homes/repairs/ask/moved"
    )


def place(text: str, *, within: str = "") -> str:
    """Return the position of a text in the journey, "12:9"; `within` is more of its line if it occurs more than once."""
    found = [(number, line) for number, line in enumerate(REPAIR.split("\n"), 1) if text in line and within in line]
    assert len(found) == 1, (text, found)
    number, line = found[0]
    return f"{number}:{line.index(text) + 1}"


def changed(*changes: tuple[str, str]) -> str:
    """Return the journey with some of its texts replaced."""
    text = REPAIR
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def only_fault(text: str, means: Mapping[str, Means] = MEANS) -> str:
    """Return the only fault of a journey."""
    journey, faults = read(text, means=means)
    assert journey is None and len(faults) == 1, faults
    return faults[0]
