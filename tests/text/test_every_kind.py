"""One question of every kind in a terminal, by the commands on its pages: refused, corrected, checked and sent."""

from pathlib import Path

from support.samples.every_kind import AGES, ASK, EVERY, LATER, PHOTO, Asked, Everything, values, wanted
from text.test_curl_journey import answered, run

from onestop.journeys.values.form_values import FormValues

JAR = ("-b", "onestop.jar", "-c", "onestop.jar")
EMPTY: FormValues = {"answer": ("",)}


def right(asked: Asked) -> tuple[FormValues, ...]:
    """Return the forms that answer a question: for a repeat, one for each item and one that finishes it."""
    if asked is PHOTO:
        return ({"do": ("skip",)},)
    return ({"answer": ("7",)}, {"answer": ("40",)}, {"do": ("done",)}) if asked is AGES else (asked.right,)


def test_one_of_every_kind_is_answered(everything: Everything, tmp_path: Path) -> None:
    page = run(["curl", "-L", *JAR, f"{everything.origin}/text{ASK}"], tmp_path)
    for asked in EVERY:
        assert asked.title.upper() in page
        if asked is not PHOTO:
            page = answered(page, asked.wrong or EMPTY, everything.origin, tmp_path)
            assert asked.problem in page and asked.title.upper() in page
        for sent in right(asked):
            page = answered(page, sent, everything.origin, tmp_path)
    given = [asked for asked in EVERY if asked is not PHOTO]
    assert all(asked.said in page for asked in given), page
    change = run(["curl", "-L", *JAR, f"{everything.origin}/text{ASK}/count"], tmp_path)
    page = answered(change, LATER, everything.origin, tmp_path)
    assert "WAS IT SO BEFORE THOSE 12 DAYS, TOO?" in page
    page = answered(page, {"answer": ("often",)}, everything.origin, tmp_path)
    assert "12 days" in page and "Yes, often" in page
    page = answered(page, {}, everything.origin, tmp_path)
    case = everything.case(page)
    assert values(case) == wanted(*given) | {"count": 12, "before": "often", "photo": None}
    assert (case["channel"], case["facts"]["urgent"], case["facts"]["within"]) == ("text", True, "a day")
    assert "We come within a day." in page


def test_a_stop_ends_the_journey_without_sending(everything: Everything, tmp_path: Path) -> None:
    page = run(["curl", "-L", *JAR, f"{everything.origin}/text{ASK}"], tmp_path)
    page = answered(page, {"answer": ("yes",)}, everything.origin, tmp_path)
    assert "Ring 999 now." in page and "Nothing has been sent." in page
