"""What is said of every page of the demonstration borough on a television, whole."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from support.render_screen import words_for

from channels.tv import CHANNEL
from onestop.catalogue.screens import screen_at
from onestop.catalogue.source.load import LoadResult
from onestop.speech import patterns
from onestop.speech.spoken_form import spoken_form
from onestop.speech.utterances import utterances

pytestmark = pytest.mark.slow

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
VOICES = {"en": "Press {} for ", "cy": "Pwyswch {} am "}
TELEPHONE = re.compile(patterns.PHONE)
DIGITS = {
    "en": ["oh|zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
    "cy": ["dim", "un", "dau", "tri", "pedwar", "pump", "chwech", "saith", "wyth", "naw"],
}


def _read(borough: LoadResult, language: str) -> Iterator[str]:
    """Yield every utterance of every page of a catalogue's screens."""
    catalogue, words = borough.catalogue, words_for(CHANNEL, language)
    assert catalogue
    device = next(iter(CHANNEL.devices.values()))
    for address in ("/", *catalogue.by_address):
        screen = screen_at(catalogue, address, words, NOON)
        assert screen
        pages = CHANNEL.lay_out(screen, device, words)
        for page in pages:
            own = words_for(CHANNEL, screen.language)
            yield from utterances(screen, own, page.blocks, page=page.number, pages=len(pages), pressed=page.pressed)


@pytest.mark.parametrize("language", VOICES)
def test_the_digit_of_every_choice_is_said_as_a_digit(borough: LoadResult, language: str) -> None:
    """In Welsh "am" is a word: "Pwyswch 1 am Biniau" is not one o'clock in the morning."""
    before = VOICES[language]
    choices = [said for said in _read(borough, language) if re.match(before.format(r"\d"), said)]
    assert len(choices) > 100
    for said in choices:
        digit = re.search(r"\d", said)
        assert digit and spoken_form(said, language).startswith(before.format(digit[0])), said


@pytest.mark.parametrize("language", VOICES)
@pytest.mark.parametrize("before", ["", "{} "], ids=["alone", "after its name"])
def test_every_telephone_number_is_said_whole_and_digit_by_digit(
    borough: LoadResult, language: str, before: str
) -> None:
    word = before.format({"en": "Number", "cy": "Rhif"}[language])
    numbers = {found[0] for said in _read(borough, language) for found in TELEPHONE.finditer(said)}
    assert len(numbers) > 5
    for number in (*numbers, "07700 900 982"):
        said = spoken_form(word + number, language)
        assert not re.search(r"\d", said), said
        assert _digits(said, language) == re.sub(r"\D", "", number), said


def _digits(said: str, language: str) -> str:
    """Return the digits of a number that is said digit by digit."""
    told = {word: str(digit) for digit, words in enumerate(DIGITS[language]) for word in words.split("|")}
    found, times = "", 1
    for word in re.findall(r"\w+", said.replace("hundred", "zero zero")):
        times = {"double": 2, "triple": 3}.get(word, times)
        if word in told:
            found, times = found + told[word] * times, 1
    return found
