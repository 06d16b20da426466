"""Import pages into a new council, serve it, and look for every word of each source page on every channel, over HTTP.

`python scripts/compare_import.py SOURCE...` prints the words that are missing, the marks that are drawn raw, the faults that `check`
finds, and the figures; the exit status is 1 if there are any. A SOURCE is what `import` takes. It reads the sources in its own way:
of HTML the main part, of a Drupal export every text that has a format.
"""

import re
import socket
import subprocess
import sys
import tempfile
import time
import unicodedata
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import yaml
from bs4 import BeautifulSoup

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from channels.registry import find_channels  # noqa: E402
from onestop.capabilities.import_command import read_source  # noqa: E402
from onestop.intake.content_files import ContentFiles  # noqa: E402
from onestop.site.check import ContentRules, read_checked  # noqa: E402
from onestop.starter.borough import write_borough  # noqa: E402

CHANNELS = find_channels()
UNSEEN = "script, style, noscript, template, nav, footer, svg, button, input, select, header[role=banner], [hidden]"
FRAME = "nav, footer, [role=navigation], .breadcrumb, .breadcrumbs, .skip-link"
RAW = re.compile(r"\*\*|\]\(|\\[*_{}\[\]]|\[[^\]]*\]\(|&[a-z]+;|</?[a-z]+[^>]{0,40}>")
WORD = re.compile(r"[^\W_]+")
MOST_PAGES = 200


def main(*sources: str) -> int:
    with tempfile.TemporaryDirectory() as folder:
        council = Path(folder) / "council"
        write_borough(council, "Anytown")
        pages = [page for source in sources for page in read_source(Path(source))]
        files = ContentFiles(council, date.today())
        files.write(pages)
        errors = read_checked(council, ContentRules({one.name: one.means for one in CHANNELS})).errors
        for fault in errors:
            print(fault)
        looked_for = {page.source: (files.addresses_of(page), page.title) for page in pages}
        missing, raw, screens = compare(council, looked_for)
    print(
        f"{len(pages)} pages, {len(errors)} errors, {screens} pages of channels, {missing} words missing, {raw} raw marks"
    )
    return 1 if errors or missing or raw else 0


def compare(council: Path, looked_for: dict[str, tuple[tuple[str, ...], str]]) -> tuple[int, int, int]:
    """Return how many words are missing and marks raw on all channels, and how many pages of channels were read."""
    missing, raw, screens = 0, 0, 0
    with Served(council) as origin:
        for source, (addresses, title) in looked_for.items():
            wanted = source_text(source, title)
            for channel in CHANNELS:
                drawn = [text for one in addresses for text in pages_of(f"{origin}{channel.prefix}{one}")]
                screens += len(drawn)
                lost = lost_words(wanted, " ".join(drawn))
                marks = Counter(RAW.findall(" ".join(drawn))) - Counter(RAW.findall(wanted))
                if lost or marks or not drawn:
                    print(f"{channel.name} {addresses} from {source}: {' '.join(lost[:12])} {dict(marks) or ''}")
                missing, raw = missing + len(lost), raw + marks.total()
    return missing, raw, screens


class Served:
    """A server of a content folder on a free port, from its first answer to the end of the context."""

    def __init__(self, content: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        database = f"sqlite:///{content.parent}/onestop.db"
        command = ["serve", "--content", str(content), "--port", str(self.port), "--database", database]
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "server.py"), *command],
            cwd=content.parent,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def __enter__(self) -> str:
        origin = f"http://127.0.0.1:{self.port}"
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{origin}/text/", timeout=5).close()
            except OSError:
                time.sleep(0.1)
            else:
                return origin
        raise TimeoutError("the server does not answer")

    def __exit__(self, *failure: object) -> None:
        self.process.terminate()
        self.process.wait(20)


def pages_of(address: str) -> Iterator[str]:
    """Yield the text of each page at an address of a channel."""
    for number in range(1, MOST_PAGES):
        wanted = address if number == 1 else f"{address}/{number}"
        try:
            with urllib.request.urlopen(wanted, timeout=20) as answer:
                if answer.url.rstrip("/") != wanted and number > 1:
                    return
                yield visible(answer.read().decode())
        except urllib.error.HTTPError:
            return


def visible(page: str) -> str:
    """Return the text of a page as it is drawn, with what stands for pictures."""
    soup = BeautifulSoup(page, "html.parser")
    for part in soup(["script", "style"]):
        part.decompose()
    return f"{soup.get_text(' ')} {' '.join(str(image.get('alt') or '') for image in soup.find_all('img'))}"


def lost_words(wanted: str, drawn: str) -> list[str]:
    """Return the words that are drawn neither by themselves nor beside a letter that follows without a space."""
    close = "".join(words(drawn)) + "".join(WORD.findall(plain_signs(drawn)))
    return sorted(word for word in set(words(wanted)) - set(words(drawn)) if word not in close)


def words(text: str) -> list[str]:
    return WORD.findall(plain_signs(text))


def plain_signs(text: str) -> str:
    """Return the text in small letters, with plain digits for raised ones."""
    return unicodedata.normalize("NFKC", text).lower()


def source_text(source: str, title: str) -> str:
    """Return what a reader of the source page reads."""
    file = Path(source.partition("#")[0])
    text = file.read_text(encoding="utf-8", errors="replace")
    if file.suffix == ".yml":
        return f"{title} {' '.join(map(plain, formatted(yaml.safe_load(text))))}"
    if file.suffix == ".json":
        return title
    soup = BeautifulSoup(text, "html.parser")
    main = soup.find("main") or soup.body or soup
    for part in main.select(f"{UNSEEN}, {FRAME}"):
        part.decompose()
    return plain(str(main))


def formatted(value: object) -> Iterator[str]:
    """Yield every text of a Drupal node that has a format, is a title or a summary, or has words in it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("value", "summary", "caption") and isinstance(inner, str) and " " in inner.strip():
                yield inner
            elif key != "_meta":
                yield from formatted(inner)
    elif isinstance(value, list):
        for one in value:
            yield from formatted(one)


def plain(html: str) -> str:
    soup = BeautifulSoup(html, "html.parser")
    for part in soup.select(UNSEEN):
        part.decompose()
    return f"{soup.get_text(' ')} {' '.join(str(image.get('alt') or '') for image in soup.find_all('img'))}"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
