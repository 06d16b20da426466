"""The Jinja environments, one for each channel, and the functions that templates may call."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote
from zipfile import ZipFile

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    pass_context,
    select_autoescape,
)
from jinja2.runtime import Context as JinjaContext
from markupsafe import Markup

from channels.contract import Channel, Device, Page
from channels.mirrored_css import mirrored
from channels.qr_code import qr_code
from onestop.language import direction
from onestop.screen import Brand

BASE = "base"
BREAK = re.compile(r"\n\s*(?=<)|(?<=>)\n\s*")
INNER = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
ICON = (
    '<svg class="{}" aria-hidden="true" viewBox="0 0 24 24" fill="none" stroke="currentColor"'
    ' stroke-width="2" stroke-linecap="round" stroke-linejoin="round">{}</svg>'
)
TURNING = frozenset(
    ("arrow-left", "arrow-right", "chevron-left", "chevron-right", "undo-2", "log-out", "delete", "list")
)
"""Icons that point along the line of text, and so turn with it."""
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
DOUBLED = re.compile(r"#([0-9a-f])\1([0-9a-f])\2([0-9a-f])\3\b")
DATA_UNSAFE = re.compile(r"[<>#%{};\\]")
Asset = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Renderer:
    """Renders the pages of one channel. `sets` are the folders of its templates, `base` the last."""

    environment: Environment
    sets: tuple[str, ...] = (BASE,)
    _templates: dict[str, Template] = field(default_factory=dict)

    def page(self, page: Page, context: Mapping[str, object]) -> str:
        """Return the markup of a page, from the template of the screen's kind if there is one, else from `page.html`."""
        return self.template(page.screen.kind).render(page=page, screen=page.screen, **context)

    def template(self, kind: str) -> Template:
        # Jinja does not remember that a template is missing: it would look for one of this kind on the disk for every page.
        found = self._templates.get(kind)
        if found is None:
            found = self._templates[kind] = self.environment.select_template([f"{kind}.html", "page.html"])
        return found

    def compile(self) -> None:
        """Compile every template of the channel's sets and read its icons ahead of the first request."""
        for name in self.environment.list_templates(extensions=("html", "txt", "css")):
            folder, inside, _ = name.partition("/")
            if not inside or folder in self.sets:
                self.environment.get_template(name)
        icon_files()

    def has(self, name: str) -> bool:
        """Return whether there is a template of that name."""
        return name in self.environment.list_templates(filter_func=lambda found: found == name)

    def style(self, device: Device, brand: Brand, *, rtl: bool = False) -> Markup:
        """Return the channel's CSS for one device and brand, minified; `rtl` for a language written from right to left."""
        return Markup(self._css("style.css", device, brand, rtl=rtl))  # noqa: S704

    def sheet(self, device: Device, brand: Brand, icons: Sequence[str] = (), *, rtl: bool = False) -> bytes:
        """Return the style sheet that the pages of a device link to, minified. `icons` are the names of the sections' icons."""
        return self._css("sheet.css", device, brand, rtl=rtl, icons=icons).encode()

    def _css(self, name: str, device: Device, brand: Brand, *, rtl: bool, **more: object) -> str:
        return compact(self.environment.get_template(name).render(device=device, brand=brand, rtl=rtl, **more), rtl=rtl)


def renderer(channel: Channel, templates: Path, asset: Asset) -> Renderer:
    """Return the renderer of a channel: templates of its own sets first, then `base`, then any set by its full name."""
    sets = (*channel.template_sets, BASE)
    return Renderer(environment([templates / name for name in sets], templates, asset), sets)


def environment(folders: list[Path], templates: Path, asset: Asset) -> Environment:
    """Return an environment that looks in `folders` in order, and below `templates` for names like `base/page.html`."""
    made = Environment(
        loader=ChoiceLoader([*map(FileSystemLoader, folders), FileSystemLoader(templates)]),
        autoescape=select_autoescape(disabled_extensions=("css", "txt"), default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    made.globals.update(asset=asset, icon=icon, qr=qr, kind=kind, lang=lang)
    made.filters.update(compact=compact, tight=tight, data_address=data_address)
    return made


def preview_files(templates: Path) -> list[Path]:
    """Return the style sheets and scripts of the preview and of the channels' frames."""
    return sorted(file for file in templates.glob("*/preview*.*") if file.suffix in (".css", ".js"))


def kind(block: object) -> str:
    """Return the name of a block's macro: its class in lower case."""
    return type(block).__name__.lower()


@pass_context
def lang(context: JinjaContext, code: str, around: str = "") -> Markup:
    """Return a lang attribute, with dir if the direction changes; nothing for "" and for the language `around`, by default the screen's."""
    around = around or context["screen"].language
    if not code or code == around:
        return Markup("")
    turns = direction(code) != direction(around)
    return Markup(' lang="{}"').format(code) + (Markup(' dir="{}"').format(direction(code)) if turns else "")


@cache
def icon(name: str) -> Markup:
    """Return a decorative Lucide icon as SVG, or nothing for a name that Lucide does not have."""
    inner = INNER.search(icon_files().get(f"{name}.svg", ""))
    shape = "icon turns" if name in TURNING else "icon"
    return Markup(ICON.format(shape, re.sub(r"\s+", " ", inner.group(1)).replace(" />", "/>").strip()) if inner else "")  # noqa: S704


@cache
def icon_files() -> Mapping[str, str]:
    """Return the drawing of every Lucide icon by file name, read at once: to open the archive for each takes 8 ms."""
    with (files("lucide") / "lucide.zip").open("rb") as opened, ZipFile(opened) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".svg")}


def data_address(svg: str, width: int, height: int) -> str:
    """Return an SVG as an address for a style sheet, `width` by `height` px, without characters that mean something there."""
    plain = str(svg).strip().replace('"', "'").replace(" aria-hidden='true'", "")
    sized = plain.replace("<svg ", f"<svg width='{width}' height='{height}' ", 1)
    return "data:image/svg+xml," + DATA_UNSAFE.sub(lambda found: quote(found[0]), sized)


def qr(address: str) -> Markup:
    """Return the QR code of an address as one SVG path, sized by the style sheet. Its address is beside it in words."""
    matrix = qr_code(address)
    path = "".join(_runs(row, y) for y, row in enumerate(matrix))
    side = len(matrix)
    return Markup(  # noqa: S704
        f'<svg xmlns="http://www.w3.org/2000/svg" class="qr" aria-hidden="true" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{path}"/></svg>'
    )


def _runs(row: list[bool], y: int) -> str:
    """Return the dark runs of one row as rectangles of a path."""
    found = re.finditer("1+", "".join("1" if dark else "0" for dark in row))
    return "".join(f"M{run.start()} {y}h{run.end() - run.start()}v1h-{run.end() - run.start()}z" for run in found)


@lru_cache(maxsize=512)
def compact(css: str, *, rtl: bool = False) -> str:
    """Return CSS without comments and insignificant white space, and mirrored for `rtl`."""
    css = re.sub(r"\s+", " ", COMMENT.sub("", css))
    css = re.sub(r"\s*([{};,>])\s*", r"\1", css)
    css = DOUBLED.sub(r"#\1\2\3", css)
    css = re.sub(r":\s+", ":", css).replace(";}", "}").strip()
    return mirrored(css) if rtl else css


def tight(markup: str) -> str:
    """Return markup without line breaks between elements, and with plain apostrophes: attributes are always in double quotes.

    A space before a line break stays.
    """
    return BREAK.sub("", markup).replace("&#39;", "'")


def marked(brand: Brand) -> Brand:
    """Return the brand with its crest marked as safe markup: it was checked when the catalogue was loaded."""
    return replace(brand, crest=Markup(brand.crest))  # noqa: S704
