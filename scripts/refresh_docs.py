"""Update the parts of the documents that quote the code: the text channel's files, and the table of settings."""

import re
from pathlib import Path

from onestop.settings import table

ROOT = Path(__file__).parent.parent
GUIDE = ROOT / "docs" / "adding-a-channel.md"
README = ROOT / "README.md"
FILE = re.compile(r"^(### `([^`]+)`\n\n```\w+\n)(.*?)(^```$)", re.DOTALL | re.MULTILINE)
TABLE = re.compile(r"(<!-- settings:.*?-->\n)(.*?)(<!-- /settings -->)", re.DOTALL)


def guide(text: str) -> str:
    """Return the guide with the current text of the files it quotes. A new file needs a heading first."""
    return FILE.sub(lambda found: found[1] + (ROOT / found[2]).read_text(encoding="utf-8") + found[4], text)


def readme(text: str) -> str:
    """Return the README with the current table of settings."""
    return TABLE.sub(lambda found: found[1] + settings_table() + found[3], text)


def settings_table() -> str:
    """Return one row a setting: option, variable, default, what it does."""
    rows = [f"| `{s.option}` | `{s.variable}` | `{s.default or ' '}` | {s.help} |" for s in table()]
    return "\n".join(["| option | variable | default | what it does |", "|---|---|---|---|", *rows, ""])


def main() -> None:
    """Rewrite both in place."""
    for file, renewed in ((GUIDE, guide), (README, readme)):
        file.write_text(renewed(file.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
