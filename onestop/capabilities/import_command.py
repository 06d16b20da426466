"""The command `import`: pages of another system become files of the content folder."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from onestop.capability import CommandFailed
from onestop.catalogue.source.settings_files import today_of
from onestop.intake.content_files import REPORT, ContentFiles
from onestop.intake.drupal import read_drupal, read_json_api
from onestop.intake.html_page import read_html_pages
from onestop.intake.open_referral import read_open_referral
from onestop.intake.page import CannotImport, ImportedPage
from onestop.settings import Settings


def run_import(sources: list[Path], settings: Settings, reserved: frozenset[str]) -> int:
    """Write the pages of every source into the content folder; return 0. Raises CommandFailed."""
    if not (settings.content / "council.yaml").is_file():
        raise CommandFailed(f"{settings.content} has no council.yaml: begin with `onestop init {settings.content}`")
    try:
        pages = [page for source in sources for page in read_source(source)]
    except (CannotImport, OSError, ValueError) as why:
        raise CommandFailed(str(why)) from None
    if not pages:
        raise CommandFailed(
            "no page was found: give HTML files, a folder of them, a Drupal export or an Open Referral feed"
        )
    report = ContentFiles(settings.content, today_of(settings.content), reserved).write(pages)
    print(f"{len(report)} pages; what is left to do with each: {settings.content / REPORT}")
    print(f"  onestop check {settings.content}")
    return 0


def read_source(source: Path) -> Iterator[ImportedPage]:
    """Yield the pages of a source: a folder with YAML of Drupal or HTML, a JSON answer, or an HTML file."""
    if not source.exists():
        raise CannotImport(f"there is no {source}")
    if source.is_dir() and any(source.rglob("*.yml")):
        yield from read_drupal(source)
    elif source.is_dir() or source.suffix.lower() != ".json":
        yield from read_html_pages(source)
        for file in sorted(source.rglob("*.json")) if source.is_dir() else ():
            yield from _read_json(file)
    else:
        yield from _read_json(source)


def _read_json(file: Path) -> Iterator[ImportedPage]:
    answer = json.loads(file.read_text(encoding="utf-8"))
    if isinstance(answer, dict) and "data" in answer:
        return read_json_api(str(file), answer)
    return read_open_referral(str(file), answer)


def add_import_options(parser: argparse.ArgumentParser) -> None:
    """Declare the further sources of `import`."""
