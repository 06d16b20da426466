"""The text of messages: in the resident's language, with nothing in it that could be another header or another sender's link."""

import re
from zoneinfo import ZoneInfo

import pytest
from support.paths import ROOT

from onestop.journeys.values.recipient import MessageMeans, Recipient
from onestop.language import Words, load_words
from onestop.messages.carrier import OutgoingMessage
from onestop.messages.smtp import mail
from onestop.messages.wording import OCCASION_WORDING, MessageFrame, clean, wording_of
from onestop.store.messages.queue import MessageContent

FOLDERS = (ROOT / "onestop" / "language", ROOT / "onestop" / "messages")
WORDS = load_words(FOLDERS, ("en", "cy", "pl", "ur", "bn"), ZoneInfo("Europe/London"))
PLACE = re.compile(r"\{(\w+)\}")


def frame(words: Words) -> MessageFrame:
    return MessageFrame(words, "Eastmere", "Missed bin", "https://eastmere.example/track")


def content(means: MessageMeans = "email", **values: str) -> MessageContent:
    return MessageContent(Recipient(means, "x"), values, "1234567890", "missed-bin")


@pytest.mark.parametrize("language", ["cy", "pl", "ur", "bn"])
def test_every_message_is_translated(language: str) -> None:
    for wording in OCCASION_WORDING.values():
        for text in filter(None, (wording.subject, wording.first, wording.last)):
            translated = WORDS[language].texts.gettext(text)
            assert translated != text and set(PLACE.findall(translated)) == set(PLACE.findall(text)), text


def test_a_message_in_welsh() -> None:
    subject, body = wording_of("closed", content(text="Done.\nThank you."), frame(WORDS["cy"]))
    assert subject == "Mae Eastmere wedi gorffen â'r hyn a anfonoch"
    assert body.startswith(
        "Missed bin: rydym wedi gorffen ag ef.\n\nDone.\nThank you.\n\nEich cyfeirnod yw 123 456 7890."
    )


def test_a_text_message_is_one_paragraph_and_short() -> None:
    _, body = wording_of("accepted", content("sms"), frame(WORDS["en"]))
    assert "\n" not in body and len(body) <= 160
    assert body == (
        "Missed bin: the team has it now. Your reference is 123 456 7890. Follow it at https://eastmere.example/track"
    )


def test_a_subject_cannot_begin_another_header() -> None:
    evil = MessageFrame(WORDS["en"], "Eastmere\r\nBcc: all@example.com", "x", "y")
    subject, body = wording_of("update", content(text="a\r\nBcc: b\x00\u202e"), evil)
    assert "\n" not in subject and "\r" not in subject
    message = OutgoingMessage("m1", Recipient("email", "sam@example.com"), subject, body, "en")
    made = mail(message, "no-reply@eastmere.example", 1_795_805_266.0)
    assert made["Bcc"] is None and "\u202e" not in made.get_content() and made["Auto-Submitted"] == "auto-generated"
    with pytest.raises(ValueError, match="linefeed"):
        mail(
            OutgoingMessage("m1", Recipient("email", "a@b.example\nBcc: c@d.example"), "s", "b", "en"), "a@b.example", 0
        )


def test_links_of_residents_are_no_links_and_those_of_officers_are() -> None:
    for written in ("see https://evil.example/x", "www.evil.example", "evil.example", "[click](http://evil.example)"):
        cleaned = clean(written, links=False)
        assert "://" not in cleaned.replace(" :// ", "") and not re.search(r"\w\.[a-z]{2}", cleaned), cleaned
        assert clean(written, links=True) == written
