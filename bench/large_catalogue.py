"""Generate catalogues of any size, with texts of the Local Government Services List if it is available."""

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

LGSL = Path(__file__).parent.parent.parent / "shared" / "data" / "lgsl" / "lgsl_services.csv"
SECTIONS = 89
PARAGRAPH = (
    "You can do this at any hour. Have your address and the date ready. We answer within five working days and tell you what happens "
    "next. If you cannot wait, ring us and say that it is urgent."
)


def write_catalogue(folder: Path, size: int, content: Path) -> None:
    """Write a catalogue of `size` services in 89 sections below `folder`, with the council of `content`."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in content.iterdir():
        if file.is_file():
            shutil.copy(file, folder / file.name)
    alert = folder / "alert.yaml"
    alert.write_text(
        alert.read_text(encoding="utf-8").replace('on: "yes"', 'on: "no"').replace("target:", "# target:"),
        encoding="utf-8",
    )
    described = list(_described())
    digits = max(3, len(str(110 + SECTIONS * (1 + -(-size // SECTIONS)))))
    step = 10 ** (digits - 2) if digits > 3 else 10
    for section in range(SECTIONS):
        place = folder / "services" / f"section-{section}"
        place.mkdir(parents=True)
        base = (11 + section) * step
        (place / "section.yaml").write_text(
            f'number: "{base}"\ntitle: {{en: Section {section}, cy: Adran {section}}}\n'
            f"summary: {{en: Section {section}., cy: Adran {section}.}}\nicon: house\n",
            encoding="utf-8",
        )
        for index in range(section, size, SECTIONS):
            label, text = described[index % len(described)]
            number = base + 1 + index // SECTIONS
            (place / f"service-{index}.md").write_text(_service(number, label, index, text), encoding="utf-8")


def _service(number: int, label: str, index: int, text: str) -> str:
    title = f"{label[:36].strip()} {index}"
    return (
        f'---\nnumber: "{number}"\ntitle: "{title}"\nsummary: "How to use service {index} and what it costs."\n'
        f"lgsl: 577\nwords: [rubbish{index % 50}, help{index % 97}, council]\ncost: Free\n"
        f"contact: {{team: Customer services, phone: 01632 960 100, hours: Mo-Fr 08:30-17:00}}\nreviewed: 2026-10-01\n---\n"
        f"{text}\n\n## How to ask\n\n1. Find your reference number.\n2. Ring us, or come to a one-stop shop.\n3. Keep what we send you.\n\n"
        f"## What happens next\n\n{PARAGRAPH}\n\n{PARAGRAPH}\n"
    )


def _described() -> Iterator[tuple[str, str]]:
    if not LGSL.exists():
        for number in range(1127):
            yield f"Service of the council {number}", PARAGRAPH
        return
    with LGSL.open(encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            label = "".join(c for c in row["label"] if c.isalnum() or c in " -,'")
            text = "".join(c for c in row["description"] if c.isalnum() or c in " -,.'()/")
            yield label, text or PARAGRAPH
