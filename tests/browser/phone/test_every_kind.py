"""One question of every kind on a phone, with and without script: rejected, corrected, revisited, checked, changed and sent."""

import io
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from browser.browser_types import Open
from PIL import Image
from playwright.sync_api import Page, expect
from support.samples.every_kind import (
    AGES,
    ASK,
    BEFORE,
    COUNT,
    EVERY,
    HOME,
    LATER,
    MANY,
    PHOTO,
    SPOT,
    WHEN,
    Asked,
    Everything,
    values,
    wanted,
)

from onestop.journeys.values.form_values import FormValues

HERE = {"latitude": 51.50101, "longitude": -0.14189}
FIELDS: Mapping[str, tuple[str, ...]] = {
    "count": ("text", "numeric", ""),
    "cost": ("text", "decimal", ""),
    "when": ("text", "numeric", ""),
    "name": ("text", "", "name"),
    "born": ("text", "numeric", "bday-day"),
    "phone": ("tel", "tel", "tel"),
    "email": ("email", "email", "email"),
    "home": ("text", "", "address-line1"),
    "spot": ("text", "", ""),
    "photo": ("file", "", ""),
    "ages": ("text", "numeric", ""),
}
"""Input type, keyboard and autocomplete of each field."""
PLANTED = b"Planted Phone 12"


@pytest.fixture(scope="module")
def origin(everything: Everything) -> str:
    return everything.origin


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a JPEG with a camera's metadata: owner and place."""
    exif = Image.Exif()
    exif[0x010F] = PLANTED.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 3.6), 3: "W", 4: (0.0, 8.0, 31.0)})
    file = tmp_path_factory.mktemp("photo") / "bin.jpg"
    Image.new("RGB", (640, 480), "#396").save(file, exif=exif)
    assert PLANTED in file.read_bytes()
    yield file


def fill(page: Page, entered: FormValues) -> None:
    """Enter values into the fields; clear those that are not given."""
    for field in page.locator(
        "main form .options input, main form [id=field]:not([type=file]), .day input, .two input"
    ).all():
        name, kind = field.get_attribute("name") or "", field.get_attribute("type")
        if kind in ("radio", "checkbox"):
            chosen = field.get_attribute("value") in entered.get(name, ())
            if chosen or kind == "checkbox":
                field.set_checked(chosen)
        else:
            field.fill("".join(entered.get(name, ())))


def go_on(page: Page, name: str = "Continue") -> None:
    page.get_by_role("button", name=name, exact=True).tap()


def title(page: Page, text: str) -> None:
    expect(page.locator("h1")).to_have_text(text)


def fits(page: Page) -> None:
    """Check that nothing is wider than the screen, on a current phone also at 200 % text."""
    over = "(size) => { const page = document.documentElement; page.style.fontSize = size; return page.scrollWidth - innerWidth; }"
    small = page.viewport_size == {"width": 240, "height": 320}
    assert [page.evaluate(over, size) for size in ("100%" if small else "200%", "")] == [0, 0], page.url


def has(page: Page, entered: FormValues) -> None:
    """Check that the fields still have what was entered."""
    for name, texts in entered.items():
        field = page.locator(f"main form [name='{name}']")
        if field.first.get_attribute("type") in ("radio", "checkbox"):
            assert tuple(one.get_attribute("value") for one in field.all() if one.is_checked()) == texts
        else:
            expect(field).to_have_value("".join(texts))


def refused(page: Page, asked: Asked, script: bool) -> None:
    """Enter a wrong value; check the focused summary, the error beside the question, and that the input is kept."""
    fill(page, asked.wrong)
    go_on(page)
    problem = page.get_by_role("alert")
    expect(problem).to_contain_text(asked.problem)
    fits(page)
    title(page, asked.title)
    expect(page.locator("#error")).to_contain_text(asked.problem)
    has(page, asked.wrong)
    if script:
        expect(problem).to_be_focused()
    problem.get_by_role("link").tap()
    expect(page.locator("#field")).to_be_focused()


def add(page: Page, photo: Path) -> None:
    page.locator("input[type=file]").set_input_files(photo)
    go_on(page)


def answer(page: Page, asked: Asked, photo: Path) -> None:
    """Answer a question with its right value, with several forms if it takes them."""
    if asked is PHOTO:
        add(page, photo)
        return
    fill(page, asked.right)
    go_on(page)
    if asked is AGES:
        expect(page.locator(".answers dd").first).to_have_text("7")
        fill(page, {"answer": ("40",)})
        go_on(page)
        go_on(page, "That is everything")


def look(page: Page, asked: Asked) -> None:
    """Check the input type, keyboard and autocomplete of a field."""
    if asked.name in FIELDS:
        shown = [page.locator("#field").get_attribute(name) or "" for name in ("type", "inputmode", "autocomplete")]
        assert tuple(shown) == FIELDS[asked.name], asked.name


def locate(page: Page) -> None:
    """Check the messages for location denied, unavailable and found; an address can always be typed."""
    use = page.get_by_role("button", name="Use where I am now")
    status = page.get_by_role("status")
    use.tap()
    expect(status).to_contain_text("We could not find where you are. Tell us in words.")
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation(None)
    page.evaluate("document.querySelector('[role=status]').textContent = ''")
    use.tap()
    expect(status).to_contain_text("We could not find where you are. Tell us in words.")
    page.context.set_geolocation(HERE)  # type: ignore[arg-type]
    use.tap()
    expect(status).to_contain_text("We have found where you are.")
    expect(page.locator("#field")).to_be_focused()


def two_windows(page: Page) -> None:
    """Check that the second of two windows is shown the first one's answer beside its own."""
    other = page.context.new_page()
    other.goto(f"{ASK}/count")
    fill(other, {"answer": ("5",)})
    go_on(other)
    expect(other.locator("h1")).not_to_have_text(COUNT.title)
    other.close()
    fill(page, COUNT.right)
    go_on(page)
    expect(page.locator("main")).to_contain_text("There: “5 days”. Here: “3 days”. Which is right?")
    has(page, COUNT.right)


def there_and_back(page: Page, asked: Asked, after: str) -> None:
    """Check that the browser's Back and Forward keep answers and show each question again."""
    title(page, after)
    page.go_back()
    title(page, asked.title)
    has(page, asked.right)
    page.go_forward()
    title(page, after)
    page.reload()
    title(page, after)


def change_count(page: Page) -> None:
    """Change an answer so that another question is asked; return to the check page."""
    page.get_by_role("link", name="Change How many days has it been so?").tap()
    title(page, COUNT.title)
    has(page, COUNT.right)
    fill(page, LATER)
    go_on(page)
    title(page, BEFORE.title)
    fill(page, BEFORE.right)
    go_on(page)
    title(page, "Check your answers")


def checked(page: Page, given: Mapping[str, str]) -> None:
    """Return the answers on the check page by question."""
    rows = page.locator(".answers > div")
    said = dict(
        zip(rows.locator("dt").all_inner_texts(), rows.locator("dd:first-of-type").all_inner_texts(), strict=True)
    )
    assert said == given


def bare(everything: Everything, name: str) -> None:
    """Check that the delivered photo is an image without metadata."""
    found = (everything.outbox / "waste" / name).read_bytes()
    assert PLANTED not in found and b"Exif" not in found
    with Image.open(io.BytesIO(found)) as opened:
        assert (opened.size, opened.format, dict(opened.getexif())) == ((640, 480), "JPEG", {})


@pytest.mark.parametrize("script", [True, False])
def test_one_of_every_kind_is_answered(script: bool, open_page: Open, everything: Everything, photo: Path) -> None:
    page = open_page("phone" if script else "small", script=script)
    page.goto(ASK)
    for number, asked in enumerate(EVERY):
        title(page, asked.title)
        look(page, asked)
        # Without a script a browser asks before going back to the response to a POST: go back to a question without an error.
        if asked is not PHOTO and (script or asked is not HOME):
            refused(page, asked, script)
        if asked is SPOT and script:
            locate(page)
        if asked is COUNT:
            two_windows(page)
        answer(page, asked, photo)
        if asked in (WHEN, HOME, MANY) if script else asked is HOME:
            there_and_back(page, asked, EVERY[number + 1].title)
    title(page, "Check your answers")
    said = {asked.title: asked.said for asked in EVERY}
    checked(page, said)
    change_count(page)
    checked(page, said | {COUNT.title: "12 days", BEFORE.title: BEFORE.said})
    fits(page)
    go_on(page, "Send")
    title(page, "Thank you. We have it.")
    expect(page.locator("main")).to_contain_text("We come within a day.")
    fits(page)
    case = everything.case(page.inner_text("main"))
    given = values(case)
    at = {"at": [HERE["latitude"], HERE["longitude"]]} if script else {}
    picture = given.pop("photo")
    assert isinstance(picture, dict)
    rest = tuple(asked for asked in EVERY if asked is not PHOTO)
    assert given == wanted(*rest) | {"count": 12, "before": "often", "spot": {"words": "by the bridge"} | at}
    assert (case["channel"], case["facts"]["urgent"]) == ("mobile", True)
    bare(everything, case["photos"][0]["file"])
