"""content/replies.yaml: texts in every language, and every fault of them."""

from pathlib import Path

from support.paths import CONTENT

from onestop.messages.replies_file import FORMS, KNOWN, read_replies

LANGUAGES = ("en", "cy")


def test_the_replies_of_the_demonstration_have_every_form_and_both_languages() -> None:
    found, faults = read_replies(CONTENT, LANGUAGES)
    assert not faults
    assert {form for one in found for form in one.forms} == set(FORMS)
    values = {name: f"<{name}>" for name in KNOWN}
    for one in found:
        english, welsh = (one.text_in(code, values) for code in LANGUAGES)
        assert english != welsh and "{" not in english + welsh
    assert "reference <reference>." in next(one for one in found if one.name == "done-thank-you").text_in("en", values)


def test_each_fault_is_told_at_its_line(tmp_path: Path) -> None:
    (tmp_path / "replies.yaml").write_text(
        "one:\n  for: [update, closed]\n  title: {en: A, cy: B}\n  text: {en: 'On {day}, {desk}', cy: '{desc}'}\n"
        "two:\n  for: [ask]\n  title: {en: A}\n"
    )
    _, faults = read_replies(tmp_path, LANGUAGES)
    errors = [(one.line, one.message) for one in faults if one.severity == "error"]
    assert [line for line, _ in errors if line in (2, 4)] == [2, 4, 4], errors
    told = " ".join(message for _, message in errors)
    assert "closed" in told and "{day}" in told and "{desc}" in told and "text" in told


def test_without_the_file_there_are_none(tmp_path: Path) -> None:
    assert read_replies(tmp_path, LANGUAGES) == ((), ())
