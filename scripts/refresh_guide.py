"""Puts the files of the text channel, as they are, into docs/adding-a-channel.md: the guide shows each word for word."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
GUIDE = ROOT / "docs" / "adding-a-channel.md"
FILE = re.compile(r"^(### `([^`]+)`\n\n```\w+\n)(.*?)(^```$)", re.DOTALL | re.MULTILINE)


def main() -> None:
    """Rewrite the guide in place. A file it does not show yet wants a heading written by hand."""

    def shown(found: re.Match[str]) -> str:
        return found[1] + (ROOT / found[2]).read_text(encoding="utf-8") + found[4]

    GUIDE.write_text(FILE.sub(shown, GUIDE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
