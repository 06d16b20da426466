"""No television page, style sheet or script uses a feature that the oldest televisions lack (oldest.toml)."""

import re
from pathlib import Path

import pytest
from support.crawl import fetch
from support.paths import ROOT
from support.render_screen import sheet
from tv.oldest_tv import lacking, lacking_in_script, lacking_in_style

from channels.tv import CHANNEL

TEMPLATES = ROOT / "templates" / "tv"
# The preview is for computers, not for televisions.
STYLES = [file for file in sorted(TEMPLATES.rglob("*.css")) if not file.name.startswith("preview")]
# start.html is on the set itself, and only on sets that have a store: Samsung from 2015, LG from 2014.
APART = ("preview.html", "start.html")
DRAWN = [
    file for folder in (TEMPLATES, ROOT / "tvapp") for file in sorted(folder.glob("*.html")) if file.name not in APART
]
SCRIPTS = sorted((ROOT / "tvapp").glob("*.js"))
SCREENS = (
    "/tv/", "/tv/bins", "/tv/bins/missed-bin/2", "/tv/search/737", "/tv/a-z", "/tv/phone/bins", "/tv/nowhere", "/tv/red",
    "/tv/about-this-set",
)  # fmt: skip


def undrawn(template: str) -> str:
    """Return a template with each expression replaced by a number, and every branch included."""
    plain = re.sub(r"\{#.*?#\}|\{%.*?%\}|(?<=<style>)\{\{.*?\}\}", "", template, flags=re.DOTALL)
    return re.sub(r"\{\{.*?\}\}", "0", re.sub(r"(<\w+)(?:\{\{.*?\}\})+", r"\1", plain), flags=re.DOTALL)


@pytest.mark.parametrize("file", STYLES, ids=lambda file: file.name)
def test_no_style_sheet_uses_an_unsupported_feature(file: Path) -> None:
    assert not lacking_in_style(undrawn(file.read_text(encoding="utf-8")))


@pytest.mark.parametrize("file", DRAWN, ids=lambda file: file.name)
def test_no_template_uses_an_unsupported_feature(file: Path) -> None:
    assert not lacking(undrawn(file.read_text(encoding="utf-8")))


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.name)
def test_no_script_uses_an_unsupported_feature(file: Path) -> None:
    assert not lacking_in_script(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("address", SCREENS)
def test_no_rendered_screen_uses_an_unsupported_feature(address: str, origin: str) -> None:
    """Every page of the borough is checked in test_packet_size.py."""
    styled = "/tv/red", "/tv/about-this-set"
    for agent in ("Mozilla/5.0", "HbbTV/1.1.1 (;;;;;)", "Nintendo Wii;"):
        page = fetch(origin, address, User_Agent=agent).body.decode()
        assert not lacking(page)
        assert ("<style>" in page) == ("<link" not in page) == (address in styled or "Wii" in agent)
        for styles in re.findall(r'<link rel="stylesheet" href="([^"]+)"/>', page):
            assert not lacking_in_style(fetch(origin, styles).body.decode())


@pytest.mark.parametrize("device", ["browser", "browser.large.contrast"])
def test_a_set_that_knows_no_functions_keeps_a_plain_background_and_a_plain_focus(device: str) -> None:
    """Without gradient, transparency and pictures the ground, the focus, the alert and the tiles still have a colour."""
    plain = re.sub(r"[^;{}]*\((?:\"[^\"]*\"|[^()\"])*\)[^;{}]*;?", "", sheet(CHANNEL, device))
    for selector in ("body", "html body :focus", r"\.a", r"\.s a", r"a\.on"):
        assert re.search(rf"(?:^|[}},]){selector}(?:,[^{{}}]*)?{{[^}}]*background:#[0-9a-f]{{3}}", plain), selector


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        ("<style>.m{display:flex}</style>", "value flex"),
        ("<style>.m{display:grid;gap:8px}</style>", "property gap"),
        ("<style>.m{width:min(100%,20px)}</style>", "value min(100%"),
        ("<style>.m{color:var(--ink)}</style>", "value var(--ink)"),
        ("<style>.m{background:rgba(0,0,0,.5)}</style>", "value rgba(0"),
        ("<style>.m{background:linear-gradient(rgba(0,0,0,.5),hsl(0,0%,0%))}</style>", "value linear-gradient(rgba(0"),
        ("<style>.m{position:sticky}</style>", "value sticky"),
        ("<style>img{object-fit:cover}</style>", "property object-fit"),
        ("<style>img{aspect-ratio:1}</style>", "property aspect-ratio"),
        ("<style>.m:has(a){color:#fff}</style>", "selector .m:has(a)"),
        ("<style>:is(b){color:#fff}</style>", "selector :is(b)"),
        ("<style>a:focus-visible{color:#fff}</style>", "selector a:focus-visible"),
        ("<style>.m{inset:0}</style>", "property inset"),
        ("<style>.m{margin-inline:0}</style>", "property margin-inline"),
        ("<style>.m{height:50vh}</style>", "value 50vh"),
        ("<style>.m{font-size:2rem}</style>", "value 2rem"),
        ("<style>.m{color:#11223344}</style>", "value #11223344"),
        ("<style>@media (width>9px){a{color:#fff}}</style>", "rule @media"),
        ("<dialog>x</dialog>", "element dialog"),
        ('<input type="date"/>', "type date"),
        ('<a onclick="x()" href="/">x</a>', "attribute onclick"),
        ('<img loading="lazy" src="/x"/>', "attribute loading"),
        ("<script>b.classList.add('x')</script>", "script classList"),
        ("<script>fetch('/x')</script>", "script fetch("),
        ("<script>new Promise(f)</script>", "script Promise"),
        ("<script>a = `x`</script>", "script `"),
        ("<script>let a = 1</script>", "script let "),
        ("<script>f(() => 1)</script>", "script =>"),
        ("<script>b.closest('a')</script>", "script .closest("),
        ("<script>if (event.key == 'x') f()</script>", "script event.key"),
        ("<script>if (event.key && event.code) f()</script>", "script event.key"),
        ("<script>b.addEventListener('scroll', f, {passive: true})</script>", "script addEventListener"),
        ("<script>b.addEventListener('scroll', f, {once: 1})</script>", "script addEventListener"),
        ("<script>b.addEventListener('scroll', function () {\n  f();\n}, {passive: true})</script>", "script passive:"),
    ],
)
def test_an_unsupported_feature_is_detected(planted: str, fault: str) -> None:
    assert any(found.startswith(fault) for found in lacking(f"<p>a</p>{planted}")), lacking(planted)
