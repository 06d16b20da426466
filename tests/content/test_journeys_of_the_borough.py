"""The journeys of the demonstration borough: used, translated, within their budgets, without dead ends."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

import pytest
from support.paths import CONTENT

from channels.registry import find_channels
from onestop.catalogue.catalogue import AREA_NUMBER
from onestop.catalogue.source.load import LoadResult
from onestop.journeys.journey import Ask, Journey
from onestop.journeys.paths.paths import find_paths
from onestop.journeys.paths.presses import median_presses, without_typing
from onestop.journeys.source.desks import read_desks
from onestop.journeys.source.folder import ReadJourneys, read_journeys
from onestop.language import Translations
from onestop.screen import Choice, DateEntry, Entry, Field, Means

TODAY = date(2026, 11, 25)
NAMES = sorted(path.stem for path in (CONTENT / "journeys").glob("*.yaml"))
WELSH = ("bulky-waste", "complaint", "housing-repair", "missed-bin")
"""Journeys that must be completely translated into Welsh."""
QUESTION, OPTION, HINT, STOP = 90, 45, 130, 340
"""The longest texts, in characters: two lines of a television, one, three, and one page."""
MEDIAN, WORST, ROWS = 12, 20, 6
"""Presses of a remote control on half of the paths and on the longest one; the options that one page of a television shows."""
WAY_OUT = re.compile(
    r"(something else|another|none\b|nobody|no\b|not\b|i do not know|i am not sure|i cannot tell|more\b).*",
    re.IGNORECASE,
)
"""The beginnings of options for residents whom no other option fits."""
CLOSED = """
    bulky-waste: reach
    complaint: kind when answered whose reach
    contact-councillor: ward reach
    council-tax-discount: cared age since reach
    housing-repair: room flow supply toilet slot reach
    library-renewal: what
    moving-home: adults reach
    parking-permit: length keeper vouchers reach
    planning-comment: view reach
    school-place: born start reach
"""
"""Choices that need no such option: spans of time, ways of contact, exhaustive lists."""
JUDGED = {
    f"{journey.strip()}.{ask}"
    for journey, asks in (line.split(":") for line in CLOSED.strip().splitlines())
    for ask in asks.split()
}
SAME = re.compile(r"[^a-z]*|zone [a-j]|.*\b(infants|market hall)\b.*|\{.*\}", re.IGNORECASE)
"""What may read alike in both languages, beside the names of wards."""


def presses(field: Field) -> int:
    """Return the presses of a field: one digit chooses and submits; keyed-in digits need OK."""
    if isinstance(field, Choice):
        chosen = [place for place, option in enumerate(field.options) if option.chosen]
        return 1 + len(chosen) if field.several else 1 + max(chosen, default=0) // ROWS
    if isinstance(field, DateEntry):
        return 8 + 1
    assert isinstance(field, Entry)
    return sum(letter.isdigit() for letter in field.value) + 1


REMOTE = Means(keyboard=False, upload=False, presses=presses)


@pytest.fixture(scope="module")
def means() -> Mapping[str, Means]:
    return {channel.name: channel.means for channel in find_channels()}


@pytest.fixture(scope="module")
def desks(borough: LoadResult) -> Mapping[str, Translations]:
    found, faults = read_desks(CONTENT, borough.content.languages)
    assert not faults
    return found


@pytest.fixture(scope="module")
def read(borough: LoadResult, desks: Mapping[str, Translations], means: Mapping[str, Means]) -> ReadJourneys:
    return read_journeys(CONTENT, borough.content.languages, desks, means, TODAY)


def texts(journey: Journey) -> Iterator[tuple[str, int, Translations]]:
    """Yield every text that a resident may read, with its place and its limit in characters."""
    yield "title", OPTION, journey.title
    for line in journey.done.say:
        yield "done", STOP, line.text
    for step in journey.steps:
        yield step.name, QUESTION if isinstance(step, Ask) else STOP, step.text
        if isinstance(step, Ask):
            yield from _texts_of(step)
    for name, fact in journey.facts.items():
        for outcome in fact if isinstance(fact, tuple) else ():
            yield f"facts.{name}", STOP, outcome.text


def _texts_of(ask: Ask) -> Iterator[tuple[str, int, Translations]]:
    if ask.hint:
        yield f"{ask.name}.hint", HINT, ask.hint
    if ask.thin:
        yield f"{ask.name}.thin", OPTION, ask.thin
    for option in ask.kind.options:
        yield f"{ask.name}.{option.name}", OPTION, option.text
        if option.inline:
            yield f"{ask.name}.{option.name}.said", OPTION, option.inline
        if option.stop:
            yield f"{ask.name}.{option.name}.stop", STOP, option.stop


def test_there_are_twelve_journeys_without_faults(read: ReadJourneys) -> None:
    assert [str(fault) for fault in read.faults if fault.severity == "error"] == []
    assert sorted(read.journeys) == NAMES
    assert len(NAMES) >= 12


@pytest.mark.parametrize("name", WELSH)
def test_every_text_has_a_welsh_translation(read: ReadJourneys, name: str) -> None:
    assert [place for place, _, text in texts(read.journeys[name]) if not text.get("cy")] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_welsh_text_equals_the_english_one(read: ReadJourneys, name: str) -> None:
    alike = [
        place
        for place, _, text in texts(read.journeys[name])
        if text.get("cy") == text["en"] and not place.startswith("ward.") and not SAME.fullmatch(text["en"])
    ]
    assert alike == []


@pytest.mark.parametrize("name", NAMES)
def test_texts_are_within_their_limits(read: ReadJourneys, name: str) -> None:
    long = [
        f"{place} in {language}: {len(text)} of {most}"
        for place, most, said in texts(read.journeys[name])
        for language, text in said.items()
        if len(text) > most
    ]
    assert long == []


@pytest.mark.parametrize("name", NAMES)
def test_a_journey_can_be_finished_by_remote_control(read: ReadJourneys, name: str) -> None:
    journey = read.journeys[name]
    ends = [without_typing(journey, path) for path in find_paths(journey, "tv", REMOTE, TODAY) if not path.stopped]
    assert ends
    assert max(path.presses for path in ends) <= WORST
    assert median_presses(ends) <= MEDIAN


@pytest.mark.parametrize("name", NAMES)
def test_a_journey_is_within_the_press_budget_of_every_channel(
    read: ReadJourneys, means: Mapping[str, Means], name: str
) -> None:
    for channel, those in means.items():
        journey = read.journeys[name]
        whole = [path for path in find_paths(journey, channel, those, TODAY) if not path.stopped]
        ends = [without_typing(journey, path) for path in whole]
        assert ends, channel
        if those.most:
            assert max(path.presses for path in whole) <= those.most, channel
        if those.worst:
            assert max(path.presses for path in ends) <= those.worst, channel
        if those.median:
            assert median_presses(ends) <= those.median, channel


def test_every_desk_is_declared_and_used(read: ReadJourneys, desks: Mapping[str, Translations]) -> None:
    assert {desk for journey in read.journeys.values() for desk in journey.done.send} == set(desks)
    assert [name for name, text in desks.items() if set(text) != {"en", "cy"}] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_choice_has_a_way_out_or_is_known_to_be_complete(read: ReadJourneys, name: str) -> None:
    choices = {ask.name: ask.kind for ask in read.journeys[name].asks if ask.kind.options}
    closed = {ask for ask, kind in choices.items() if not any(WAY_OUT.match(one.text["en"]) for one in kind.options)}
    assert {f"{name}.{ask}" for ask in closed} == {one for one in JUDGED if one.startswith(f"{name}.")}


@pytest.mark.parametrize("name", NAMES)
def test_service_and_telephone_numbers_in_texts_exist(read: ReadJourneys, borough: LoadResult, name: str) -> None:
    """`go to number 305` is a service, in both languages alike; a telephone number is one that a service gives too."""
    catalogue = borough.catalogue
    assert catalogue
    numbers = {AREA_NUMBER, *(service.number for service in catalogue.services)}
    public = "".join(path.read_text() for path in (CONTENT / "services").rglob("*.md"))
    for place, _, said in texts(read.journeys[name]):
        led = {language: re.findall(r"(?:number|rif) (\d{3})\b", text) for language, text in said.items()}
        rung = {language: re.findall(r"\b0\d{2,4} \d{3,4} \d{3,4}\b", text) for language, text in said.items()}
        assert set(led["en"]) <= numbers, place
        assert led.get("cy", led["en"]) == led["en"], place
        assert rung.get("cy", rung["en"]) == rung["en"], place
        for number in rung["en"]:
            assert number in public or not number.startswith("01632"), f"{place}: {number}"
