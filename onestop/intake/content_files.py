"""Write imported pages into a content folder: numbers allotted and kept, links between them followed, and a report."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from onestop.authoring.source import LARGEST
from onestop.catalogue.source.values import SUMMARY_LENGTH, TEXT_LENGTH, TITLE_LENGTH
from onestop.intake.earlier_import import EarlierImport, page_digest
from onestop.intake.head import cut, head_of, title_line, unmarked
from onestop.intake.markup import MarkupReader, escape
from onestop.intake.page import ImportedPage, slug

REPORT = "import-report.md"
HEAD_SIZE = 6_000
"""Bytes that are kept free in a file for its head."""
SECTIONS = 7
"""At most so many new sections; the others' pages go into one."""
_NUMBER = re.compile(r"^number:\s*[\"']?(\d{3,6})", re.MULTILINE)
_WAS = re.compile(r"^was: \[(.*)\]$", re.MULTILINE)
_OUTSIDE = re.compile(r"https?://[^\s/]+\.[^\s/]+|mailto:[^\s@]+@[^\s@]+|tel:\+?[\d-]+$")


@dataclass(slots=True)
class ContentFiles:
    """A content folder that pages are imported into. `taken` are the numbers in it, `there` the files by former address."""

    folder: Path
    today: date
    reserved: frozenset[str] = frozenset()
    taken: set[str] = field(default_factory=set)
    there: dict[str, str] = field(default_factory=dict)
    sections: dict[str, str] = field(default_factory=dict)
    places: dict[int, str] = field(default_factory=dict)
    further: dict[int, list[str]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    earlier: EarlierImport = field(default_factory=lambda: EarlierImport(Path()))

    def write(self, pages: Iterable[ImportedPage]) -> list[str]:
        """Write each page as a service, unless it was imported before; return the report, a part for each page."""
        found = list(pages)
        self._read_folder()
        self._place(found)
        addresses = {old: self.places[id(page)] for page in found for old in (*page.was, *page.links) if old}
        self.earlier = EarlierImport.read(self.folder)
        report = [self._write(page, addresses) for page in found]
        self.earlier.save()
        (self.folder / REPORT).write_text("# Imported pages\n\n" + "\n".join(report), encoding="utf-8")
        return report

    def _read_folder(self) -> None:
        for file in sorted((self.folder / "services").glob("*/*")):
            text = file.read_text(encoding="utf-8", errors="replace") if file.suffix in (".md", ".yaml") else ""
            self.taken.update(_NUMBER.findall(text))
            if file.name == "section.yaml":
                self.sections[file.parent.name] = next(iter(_NUMBER.findall(text)), "")
            for was in _WAS.findall(text):
                self.there.update(
                    {old.strip().strip('"'): f"/{file.parent.name}/{file.stem}" for old in was.split(",")}
                )

    def _place(self, pages: list[ImportedPage]) -> None:
        """Give every page its address: that of its earlier import, or a new one."""
        sizes: dict[str, int] = {}
        for page in pages:
            page.section = slug(page.section, 24)
            sizes[page.section] = sizes.get(page.section, 0) + 1
        largest = sorted(sizes, key=lambda name: (name not in self.sections, -sizes[name], name))[:SECTIONS]
        self.used = {f"/{file.parent.name}/{file.stem}" for file in (self.folder / "services").glob("*/*.md")}
        for page in pages:
            if page.section not in largest or page.section in self.reserved:
                page.section = "more"
            wanted = f"/{page.section}/{slug(page.title)}"
            before = next((self.there[old] for old in page.was if old in self.there), "") or self._same(wanted, page)
            address = before or _free(wanted, self.used)
            self.used.add(address)
            self.places[id(page)] = address

    def _same(self, address: str, page: ImportedPage) -> str:
        """Return the address if its file has the title of the page: it was imported before."""
        file = self.folder / "services" / f"{address[1:]}.md"
        return address if file.exists() and title_line(page) in file.read_text(encoding="utf-8").split("\n") else ""

    def _write(self, page: ImportedPage, addresses: dict[str, str]) -> str:
        """Write the page, or leave the file of an earlier import as it is; return the part of the report."""
        address, number = self.places[id(page)], ""
        file = self.folder / "services" / f"{address[1:]}.md"
        if file.exists():
            there = file.read_text(encoding="utf-8", errors="replace")
            number = next(iter(_NUMBER.findall(there)), "")
            what = self._kept(address, page, there)
            if what:
                return f"## {address}\n\nfrom {page.source}: {what}\n"
        section, _, _ = address[1:].partition("/")
        self._section(section, page.section)
        reader = MarkupReader(lambda href: _target(href, addresses))
        body = reader.read(page.html)
        notes = list(dict.fromkeys((*page.notes, *reader.notes)))
        first = self._beginning(page, body, notes)
        number = number or self._number(section)
        page.was = self._own_addresses(page, address, notes)
        parts = _parts("\n\n".join((*first, body)))
        file.parent.mkdir(parents=True, exist_ok=True)
        text = head_of(page, number, self.today, notes) + parts[0]
        file.write_text(text, encoding="utf-8")
        self.earlier.note(address, page_digest(page), text)
        for part in parts[1:]:
            notes.append(self._further(page, part))
        tasks = "".join(f"- [ ] {note}\n" for note in ("choose its `lgsl` and `words`, and read it", *notes))
        return f"## {number} {page.title}\n\nservices{address}.md, from {page.source}\n\n{tasks}"

    def _kept(self, address: str, page: ImportedPage, there: str) -> str:
        """Return why the file of a page that was imported before is left as it is, or "" if it is written again."""
        if not self.earlier.page_changed(address, page_digest(page)):
            return "was imported before and is left as it is."
        if self.earlier.author_changed(address, there) or (self.folder / f"services{address}-part-2.md").exists():
            return "was imported before and is left as it is, but the page has changed since.\n\n- [ ] compare the two"
        return ""

    def _own_addresses(self, page: ImportedPage, address: str, notes: list[str]) -> list[str]:
        """Return the former addresses of a page that no other has; of two pages with one address, the first keeps it."""
        kept: list[str] = []
        for old in page.was:
            if old.strip("/") in {*self.sections, *self.reserved} or old == address:
                continue
            if old not in self.used and self.there.setdefault(old, address) == address:
                kept.append(old)
            else:
                notes.append(f"another page has its former address, too: {old} leads to {self.there.get(old, old)}")
        return kept

    def _further(self, page: ImportedPage, body: str) -> str:
        """Write a further part of a page that is longer than a service may be; return the note about it."""
        section = self.places[id(page)][1:].partition("/")[0]
        number = self._number(section)
        part = len(self.further.setdefault(id(page), [])) + 2
        address = _free(f"{self.places[id(page)]}-part-{part}", self.used)
        self.used.add(address)
        self.further[id(page)].append(address)
        title = f"{cut(page.title, TITLE_LENGTH - len(f' ({part})')).rstrip('.…')} ({part})"
        rest = ImportedPage(page.source, title, page.html, page.section, page.summary)
        text = head_of(rest, number, self.today, []) + body
        (self.folder / "services" / f"{address[1:]}.md").write_text(text, encoding="utf-8")
        return f"is longer than a service may be: part {part} is {number} {title}, services{address}.md"

    def addresses_of(self, page: ImportedPage) -> tuple[str, ...]:
        """Return the addresses of the services that a page has become."""
        return (self.places[id(page)], *self.further.get(id(page), ()))

    def _beginning(self, page: ImportedPage, body: str, notes: list[str]) -> list[str]:
        """Return the paragraphs before the body: the title and summary that were too long to keep."""
        first: list[str] = []
        summary = unmarked(page.summary).strip()
        if len(page.title) > TITLE_LENGTH:
            notes.append(f"its title is cut, {len(page.title)} characters: write one of at most {TITLE_LENGTH}")
            first.append(f"**{escape(unmarked(page.title))}**")
        if len(page.summary) > SUMMARY_LENGTH:
            notes.append(f"its summary is cut, {len(page.summary)} characters: write one of at most {SUMMARY_LENGTH}")
            first.append(escape(summary))
        for name, text in (("cost", page.cost), ("eligibility", page.eligibility)):
            if len(text) > TEXT_LENGTH:
                notes.append(f"`{name}` is longer than {TEXT_LENGTH} characters and stands in the text")
                first.append(escape(" ".join(unmarked(text).split())))
        if not first and (not body or body.startswith("#")):
            first.append(escape(summary or unmarked(page.title)))
        return first

    def _section(self, section: str, title: str) -> None:
        if section in self.sections:
            return
        number = next(str(n) for n in (*range(200, 1000, 100), *range(1000, 10000, 1000)) if str(n) not in self.taken)
        self.taken.add(number)
        self.sections[section] = number
        name = title.replace("-", " ").capitalize()[:TITLE_LENGTH]
        file = self.folder / "services" / section / "section.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        text = f'number: {number}\ntitle: {{en: "{name}"}}\nsummary: {{en: "{name}"}}\nicon: folder\n'
        file.write_text(text, encoding="utf-8")

    def _number(self, section: str) -> str:
        """Return the next free number of a section's hundred; if it is full, a longer one."""
        first = int(self.sections[section] or 1000)
        short = range(first + 1, first // 100 * 100 + 100) if first < 1000 else ()
        number = next(str(n) for n in (*short, *range(max(first, 1000) + 1, 999999)) if str(n) not in self.taken)
        self.taken.add(number)
        return number


def _parts(body: str) -> list[str]:
    """Return the body in as few parts as fit into files, each beginning with a paragraph."""
    parts, size = [""], 0
    for block in body.split("\n\n"):
        if size + len(block.encode()) > LARGEST - HEAD_SIZE:
            parts.append("")
            size = 0
        if not parts[-1] and block.startswith("#"):
            block = f"**{block.lstrip('#').strip()}**"
        parts[-1] += f"{block}\n\n"
        size += len(block.encode()) + 2
    return [f"{part.rstrip()}\n" for part in parts]


def _free(address: str, used: set[str]) -> str:
    return next(one for one in (address, *(f"{address}-{n}" for n in range(2, 10_000))) if one not in used)


def _target(href: str, addresses: dict[str, str]) -> str:
    """Return where a link leads now: to an imported page, another site, or nowhere, ""."""
    parts = urlsplit(href)
    name = parts.path.rstrip("/").removeprefix("entity:").removeprefix("base:")
    for key in (name, parts.path, name.rpartition("/")[2], f"/{name.lstrip('/')}", name.rpartition(".")[0]):
        if key in addresses:
            return addresses[key]
    return href if _OUTSIDE.match(href) else ""
