"""The television's entry points that are no screens: HbbTV's application table, the red-button page, the diagnostics page."""

import gzip
import re
import subprocess
import urllib.request
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping
from pathlib import Path
from urllib.error import HTTPError

import pytest
from support.paths import ROOT
from support.programs.system_programs import NODE, need

from onestop.http.static_files import small
from onestop.settings import WrongSetting, read_settings
from tvapp.ait import Application, table

TVAPP = ROOT / "tvapp"
SCRIPTS = ("red.js", "set.js", "start.js")
LACKING = (
    "fetch(",
    "Promise",
    "closest(",
    "classList",
    "=>",
    "`",
    "let ",
    "const ",
    "dataset",
    "includes(",
    ".key ",
    ".remove()",
)
HBBTV = "HbbTV/1.2.1 (;Panasonic;VIERA 2013;3.720;4101-0003 0002-0000;)"
HBBTV2 = "HbbTV/1.4.1 (;Panasonic;VIERA 2017;3.142;3501-0003 0002-0000;) PanasonicSDK/2017"
MHP = "{urn:dvb:mhp:2009}"


def get(address: str, agent: str = "curl/8") -> tuple[int, Mapping[str, str], str]:
    asked = urllib.request.Request(address, headers={"User-Agent": agent})
    try:
        with urllib.request.urlopen(asked, timeout=10) as answer:
            return answer.status, dict(answer.headers), answer.read().decode()
    except HTTPError as wrong:
        return wrong.code, dict(wrong.headers), wrong.read().decode()


def valid(document: str, folder: Path) -> bool:
    """Validate against the schema in this folder, a strict subset of TS 102 809."""
    file = folder / "table.ait"
    file.write_text(document, encoding="utf-8")
    command = [need("xmllint"), "--noout", "--schema", str(Path(__file__).parent / "ait.xsd"), str(file)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_the_application_table_is_valid(origin: str, tmp_path: Path) -> None:
    status, headers, text = get(f"{origin}/tv/app.ait", HBBTV)
    assert (status, headers["Content-Type"]) == (200, "application/vnd.dvb.ait+xml")
    assert valid(text, tmp_path)
    root = ElementTree.fromstring(text)
    names = {name.attrib["Language"]: name.text for name in root.iter(f"{MHP}appName")}
    assert names == {"eng": "Eastmere Borough Council", "cym": "Cyngor Bwrdeistref Eastmere"}
    assert root.findtext(f".//{MHP}URLBase") == "https://www.eastmere.example/"
    assert root.findtext(f".//{MHP}applicationLocation") == "tv/"


def test_the_application_table_is_valid_with_any_council_name(tmp_path: Path) -> None:
    told = Application(2**32 - 1, 0x3FFF, {"en": "Fish & <Chips>", "xx": '"Quoted"'}, "http://[::1]:8080", "tv/")
    assert valid(table(told), tmp_path)
    assert "Fish &amp; &lt;Chips&gt;" in table(told)
    assert not valid(table(told).replace("AUTOSTART", "SOMETIME"), tmp_path)


def test_the_ids_of_an_application_are_checked() -> None:
    found = read_settings({"hbbtv_organisation": "4294967295", "hbbtv_application": "16383"}, {})
    assert (found.hbbtv_organisation, found.hbbtv_application) == (4294967295, 16383)
    for name, value in (
        ("hbbtv_organisation", "4294967296"),
        ("hbbtv_application", "16384"),
        ("hbbtv_application", "x"),
    ):
        with pytest.raises(WrongSetting, match="is not a whole number"):
            read_settings({name: value}, {})


@pytest.mark.parametrize("page", ["red", "about-this-set"])
@pytest.mark.parametrize("language", ["", "/cy"])
@pytest.mark.parametrize(
    ("agent", "kind"), [(HBBTV, "application/vnd.hbbtv.xhtml+xml"), (HBBTV2, "text/html"), ("curl/8", "text/html")]
)
def test_entry_pages_are_well_formed_and_have_the_media_type_of_the_set(
    page: str, language: str, agent: str, kind: str, origin: str
) -> None:
    status, headers, text = get(f"{origin}/tv{language}/{page}", agent)
    assert status == 200
    assert headers["Content-Type"].startswith(kind)
    root = ElementTree.fromstring(text)
    assert root.attrib["lang"] == (language[1:] or "en")
    assert ("oipfApplicationManager" in text) == ("HbbTV" in agent)
    script = re.search(r'src="([^"]+\.js)"', text)
    assert script and get(origin + script[1])[0] == 200
    assert "unsafe-inline" not in headers["Content-Security-Policy"]


def test_an_unknown_language_is_404(origin: str) -> None:
    assert get(f"{origin}/tv/de/about-this-set")[0] == 404
    assert get(f"{origin}/tv/de/app.ait")[0] == 404


def test_the_diagnostics_page_explains_the_family_and_is_not_cached(origin: str) -> None:
    agent = 'Mozilla/5.0 (SMART-TV; LINUX; Tizen 5.0) TV <script>alert("x")</script>\x9b & more'
    _, headers, text = get(f"{origin}/tv/about-this-set", agent)
    assert headers["Cache-Control"] == "no-store"
    assert "<b>tizen</b>" in text and "Tizen + TV" in text
    assert "<script>alert" not in text and "&lt;script&gt;alert" in text
    assert "\x9b" not in text
    assert "no script has run" in text
    _, _, unknown = get(f"{origin}/tv/about-this-set", "x" * 2000)
    assert "<b>browser</b>" in unknown and "…" in unknown
    ElementTree.fromstring(unknown)


def test_990_redirects_to_the_diagnostics_page(origin: str) -> None:
    assert "About this set" in get(f"{origin}/tv/990")[2]
    assert "Am y set hwn" in get(f"{origin}/tv/cy/990")[2]


def test_a_package_can_probe_the_server_across_origins(origin: str) -> None:
    with urllib.request.urlopen(f"{origin}/tv/here.gif?1", timeout=10) as answer:
        assert (answer.headers["Content-Type"], answer.headers["Cache-Control"]) == ("image/gif", "no-store")
        assert answer.read().startswith(b"GIF89a")


@pytest.mark.parametrize("name", SCRIPTS)
def test_entry_scripts_are_ecmascript_5_without_unsupported_features(name: str) -> None:
    acorn = [need(NODE / ".bin" / "acorn"), "--ecma5", "--silent", str(TVAPP / name)]
    assert subprocess.run(acorn, capture_output=True, check=False).returncode == 0
    plain = re.sub(r"/\*.*?\*/", "", (TVAPP / name).read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not [word for word in LACKING if word in plain]


def test_the_red_page_and_its_script_are_small(origin: str) -> None:
    assert len(gzip.compress(small((TVAPP / "red.js").read_bytes()), 9)) < 1024
    assert len(gzip.compress(get(f"{origin}/tv/red", HBBTV)[2].encode(), 9)) < 1024


def test_every_sampled_user_agent_is_redirected_to_the_television_channel(origin: str) -> None:
    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: object) -> None:
            return None

    opener = urllib.request.build_opener(Stay)
    rows = [
        line.split("\t") for line in (Path(__file__).parent / "agents.tsv").read_text(encoding="utf-8").splitlines()
    ]
    wrong = []
    for family, _, agent in rows:
        try:
            with opener.open(urllib.request.Request(f"{origin}/", headers={"User-Agent": agent}), timeout=10) as answer:
                where = answer.url
        except HTTPError as moved:
            where = moved.headers["Location"]
        if (where == "/tv/") != bool(family):
            wrong.append((family, agent, where))
    assert not wrong
