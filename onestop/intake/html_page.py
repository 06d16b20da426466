"""Saved web pages: one file, or a folder of them."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from onestop.intake.markup import words_of
from onestop.intake.page import ImportedPage

FRAME = "nav, footer, header[role=banner], [role=navigation], [role=contentinfo], [role=search], .breadcrumb, .breadcrumbs, .skip-link"
SUFFIXES = (".html", ".htm", ".xhtml")


def read_html_pages(source: Path) -> Iterator[ImportedPage]:
    """Yield the page of each HTML file; a folder's name is the section."""
    files = [source] if source.is_file() else sorted(p for p in source.rglob("*") if p.suffix.lower() in SUFFIXES)
    for file in files:
        below = file.relative_to(source if source.is_dir() else file.parent)
        page = read_html_page(str(file), file.read_bytes().decode("utf-8", "replace"), below)
        yield page


def read_html_page(source: str, text: str, below: Path) -> ImportedPage:
    """Return the page of an HTML document, without the frame of its site. `below` is its path from the folder of pages on."""
    soup = BeautifulSoup(text, "html.parser")
    main = soup.find("main") or soup.select_one("[role=main]") or soup.find("article") or soup.body or soup
    assert isinstance(main, Tag)
    for part in main.select(FRAME):
        part.decompose()
    heading = main.find("h1") or soup.find("h1")
    title = words_of(heading) if isinstance(heading, Tag) else ""
    if not title and soup.title:
        title = words_of(soup.title).partition(" | ")[0].partition(" - ")[0]
    if isinstance(heading, Tag):
        heading.decompose()
    described = soup.find("meta", attrs={"name": "description"})
    summary = str(described.get("content") or "").strip() if isinstance(described, Tag) else ""
    canonical = soup.find("link", attrs={"rel": "canonical"})
    address = urlsplit(str(canonical.get("href") or "")).path if isinstance(canonical, Tag) else ""
    path = f"/{below.as_posix()}"
    parts = [part for part in (address or path).split("/") if part]
    return ImportedPage(
        source,
        title or below.stem.replace("-", " ").capitalize(),
        main.decode_contents(),
        parts[0] if len(parts) > 1 else "more",
        summary,
        [old for old in dict.fromkeys((address.rstrip("/"), path, path.rpartition(".")[0])) if len(old) > 1],
    )
