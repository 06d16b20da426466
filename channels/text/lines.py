"""Parts of a screen in plain characters: styled text, tables, facts and QR codes."""

from collections.abc import Sequence

from channels.qr_code import qr_code
from channels.text.columns import columns, rule
from onestop.screen import Run, Table, Text

# One character shows two squares of a QR code, one above the other: light ones are drawn, dark ones are the background.
HALVES = {(False, False): "█", (False, True): "▀", (True, False): "▄", (True, True): " "}


def styled(text: Text) -> str:
    """Return a text with *emphasis*, and with the number or address of each link. Neighbours with emphasis share its signs."""
    pieces = [_run(run) for run in text]
    for at in range(1, len(text)):
        if text[at - 1].strong and text[at].strong and pieces[at - 1].endswith("*"):
            pieces[at - 1], pieces[at] = pieces[at - 1][:-1], pieces[at][1:]
    return "".join(pieces)


def table(block: Table, width: int) -> str:
    """Return a table with a line below its head."""
    rows = [[styled(cell) for cell in row] for row in (block.head, *block.rows)]
    return columns([rows[0], rule(rows, width), *rows[1:]], width)


def facts(rows: Sequence[tuple[str, Text]], width: int) -> str:
    return columns([(f"{label}:", styled(text)) for label, text in rows], width)


def scan(address: str) -> str:
    """Return the QR code of an address, to be scanned from the terminal."""
    rows = qr_code(address, border=2, robust=False)
    rows = [*rows, [False] * len(rows[0])] if len(rows) % 2 else rows
    pairs = zip(rows[::2], rows[1::2], strict=True)
    return "\n".join("".join(HALVES[pair] for pair in zip(above, below, strict=True)) for above, below in pairs)


def _run(run: Run) -> str:
    text = f"*{run.text}*" if run.strong else run.text
    if run.number:
        return f"{text} ({run.number})"
    # The words of a link by mail or telephone have the address.
    outside = run.target.startswith(("http:", "https:")) and run.text not in run.target
    return f"{text} <{run.target}>" if outside else text
