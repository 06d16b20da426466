"""Store packages: complete, valid, branded, and reproducible."""

import io
import json
import math
import xml.etree.ElementTree as ElementTree
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image
from support.paths import CONTENT

from onestop.catalogue.source.load import load
from server import main
from tvapp.crest import draw_icon
from tvapp.outlines import UntraceableShape, outlines
from tvapp.package import PackageError, origin_of, pack

URL = "https://www.eastmere.example"
WIDGET, TIZEN = "{http://www.w3.org/ns/widgets}", "{http://tizen.org/ns/widgets}"


def size(body: bytes) -> tuple[int, int]:
    return Image.open(io.BytesIO(body)).size


def test_the_samsung_package_is_a_widget_that_opens_the_server(tmp_path: Path) -> None:
    folder, widget = pack("tizen", CONTENT, URL, tmp_path)
    with ZipFile(widget) as archive:
        assert archive.testzip() is None
        files = {name: archive.read(name) for name in archive.namelist()}
    assert files == {file.name: file.read_bytes() for file in folder.iterdir()}
    config = ElementTree.fromstring(files["config.xml"])
    application = config.find(f"{TIZEN}application")
    assert application is not None and application.attrib["id"] == f"{application.attrib['package']}.Onestop"
    assert len(application.attrib["package"]) == 10 and application.attrib["package"].isalnum()
    assert {found.attrib["name"].rpartition("/")[2] for found in config.iter(f"{TIZEN}privilege")} == {
        "internet",
        "tv.inputdevice",
    }
    assert [found.attrib["name"] for found in config.iter(f"{TIZEN}profile")] == ["tv-samsung"]
    assert [found.attrib["origin"] for found in config.iter(f"{WIDGET}access")] == [URL]
    assert [found.attrib["hwkey-event"] for found in config.iter(f"{TIZEN}setting")] == ["enable"]
    for kind in ("content", "icon"):
        assert [found.attrib["src"] in files for found in config.iter(f"{WIDGET}{kind}")] == [True]
    assert (size(files["icon.png"]), size(files["store.png"])) == ((117, 117), (512, 423))


def test_the_lg_package_has_every_file_it_names(tmp_path: Path) -> None:
    (folder,) = pack("webos", CONTENT, URL, tmp_path)
    info = json.loads((folder / "appinfo.json").read_text(encoding="utf-8"))
    assert (info["id"], info["title"], info["type"]) == ("example.eastmere.onestop", "Eastmere", "web")
    assert (info["resolution"], info["disableBackHistoryAPI"]) == ("1280x720", False)
    assert all((folder / info[name]).is_file() for name in ("main", "icon", "largeIcon"))
    assert size((folder / info["icon"]).read_bytes()) == (80, 80)
    assert size((folder / info["largeIcon"]).read_bytes()) == (130, 130)


def test_the_start_page_has_the_origin_and_every_language(tmp_path: Path) -> None:
    (folder,) = pack("webos", CONTENT, URL, tmp_path)
    page = ElementTree.fromstring((folder / "index.html").read_text(encoding="utf-8").replace("<!DOCTYPE html>", ""))
    body = page.find("body")
    assert body is not None and body.attrib["data-origin"] == URL and body.attrib["data-prefix"] == "/tv"
    assert [section.attrib["lang"] for section in page.iter("section")] == ["en", "cy"]
    assert (folder / "start.js").stat().st_size < 2048


def test_packages_are_reproducible(tmp_path: Path) -> None:
    made = [list(pack("tizen", CONTENT, URL, tmp_path / name))[1].read_bytes() for name in ("a", "b")]
    assert made[0] == made[1]


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://www.eastmere.example", "stores want https://"),
        ("https://www.eastmere.example/tv/", "not an origin"),
        ("www.eastmere.example", "not an origin"),
        ("https://x y", "not an origin"),
    ],
)
def test_an_invalid_url_is_reported_in_one_line(url: str, why: str) -> None:
    with pytest.raises(PackageError, match=why) as refused:
        origin_of(url)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("url", ["http://192.168.1.4:8080", "http://localhost:8080/", "http://box.local"])
def test_plain_http_is_accepted_on_private_networks_only(url: str) -> None:
    assert origin_of(url) == url.rstrip("/")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["tizen", "--url", "http://a.example"], "stores want https://"),
        (["roku"], "there is no store called roku: tizen or webos"),
        (["webos", "--out", "/proc/nowhere"], "cannot be written"),
        (["webos", "--content", "/nowhere"], "there is no folder /nowhere"),
    ],
)
def test_the_command_reports_an_error_in_one_line(
    arguments: list[str], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["tv-package", *arguments]) == 1
    said = capsys.readouterr().err
    assert why in said and said.count("\n") == 1


def test_the_command_prints_the_written_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tv-package", "webos", "--out", str(tmp_path)]) == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "eastmere-webos")


def test_an_icon_shows_the_councils_crest_on_its_own_ground() -> None:
    council = load(CONTENT, date(2026, 11, 23)).content.council
    assert council is not None
    icon = draw_icon((80, 80), council.crest, "#081c33", "Eastmere", "#eaf1f8")
    assert icon.getpixel((1, 1)) == (8, 28, 51)
    assert icon.getpixel((40, 33)) == (79, 176, 190)
    found = {colour for _, colour in icon.getcolors(6400) or []}
    assert (255, 201, 51) in found


@pytest.mark.parametrize(
    "crest",
    [
        '<svg viewBox="0 0 9 9"><text>a</text></svg>',
        '<svg viewBox="0 0 9 9"><path transform="scale(2)" d="M0 0h1"/></svg>',
        '<svg viewBox="0 0 9 9"><path fill="url(#a)" d="M0 0h1v1z"/></svg>',
        '<svg viewBox="0 0 9 9"><path d="M0 0 nonsense"/></svg>',
        "<svg",
    ],
)
def test_an_unsupported_crest_becomes_a_letter(crest: str) -> None:
    icon = draw_icon((40, 40), crest, "#000000", "Eastmere", "#ffffff")
    assert len(icon.getcolors(1600) or []) > 1


@pytest.mark.parametrize(
    ("element", "at", "colour"),
    [
        ('<rect width="10" height="10" fill="#ff0000"/>', (20, 20), (255, 0, 0)),
        ('<circle cx="5" cy="5" r="5" fill="#ff0000"/>', (20, 20), (255, 0, 0)),
        ('<path fill="#ff0000" d="M0 0h10v10h-10zM3 3h4v4h-4z"/>', (20, 20), (0, 0, 0)),
        ('<g fill="#ff0000"><polygon points="0,0 10,0 10,10 0,10"/></g>', (20, 20), (255, 0, 0)),
        ('<line x2="10" y1="5" y2="5" stroke="#ff0000" stroke-width="4"/>', (20, 20), (255, 0, 0)),
        ('<path fill="none" d="M0 0h10v10z"/>', (20, 20), (0, 0, 0)),
    ],
)
def test_shapes_are_drawn_as_a_browser_draws_them(
    element: str, at: tuple[int, int], colour: tuple[int, int, int]
) -> None:
    icon = draw_icon((40, 40), f'<svg viewBox="0 0 10 10">{element}</svg>', "#000000", "E", "#ffffff")
    assert icon.getpixel(at) == colour


def test_path_commands_are_traced() -> None:
    assert outlines("m1 1 2 0v2H1z") == [[(1, 1), (3, 1), (3, 3), (1, 3), (1, 1)]]
    (arc,) = outlines("M4 21a16 16 0 0 1 32 0")
    assert math.isclose(min(y for _, y in arc), 5, abs_tol=0.1) and arc[-1] == pytest.approx((36, 21))
    (waves,) = outlines("M4 27q4-4 8 0t8 0")
    assert (min(y for _, y in waves), max(y for _, y in waves)) == pytest.approx((25, 29))
    (curve,) = outlines("M0 0C0 1 1 1 1 0S2-1 2 0")
    assert (min(y for _, y in curve), max(y for _, y in curve)) == pytest.approx((-0.75, 0.75))


@pytest.mark.parametrize("data", ["L1 1", "M1", "M0 0 X", "1 2", "M0 0z1"])
def test_invalid_path_data_is_rejected(data: str) -> None:
    with pytest.raises(UntraceableShape):
        outlines(data)
