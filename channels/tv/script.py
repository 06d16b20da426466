"""The script of a television: variables of its family, followed by the program that all sets share (tvapp/remote.js)."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from calmjs.parse import es5
from calmjs.parse.unparsers.es5 import minify_print

from channels.tv.families import Family
from onestop.language import load_words

FOLDER = Path(__file__).parent.parent.parent / "tvapp"
ASKING = "asking.js"
TEXTS = Path(__file__).parent
LANGUAGES = ("en", *sorted(file.stem for file in TEXTS.glob("*.po")))
TABLE = 24
"""Length of a key table, with room for five Back keys."""
REGISTER: Mapping[str, str] = {
    "": "",
    # 287 = red 1 + green 2 + yellow 4 + blue 8 + navigation 0x10 + digits 0x100 (OIPF KeySet constants).
    "keyset": "SET=document.createElement('object');SET.type='application/oipfApplicationManager';"
    "SET=document.body.appendChild(SET).getOwnerApplication(document);SET.show();SET.privateData.keyset.setValue(287)",
    "tizen": "SET=tizen.tvinputdevice;SET.getSupportedKeys().forEach("
    r"function(k){/^\d$|Color/.test(k.name)&&SET.registerKey(k.name)})",
}
"""Code that requests key events from the set, by the family's `registers`; `SET` is the API object it used."""
LEAVE: Mapping[str, str] = {
    "": "0",
    "destroy": "function(){SET.destroyApplication()}",
    "tizen": "function(){tizen.application.getCurrentApplication().exit()}",
    "webos": "function(){PalmSystem.platformBack()}",
    "close": "function(){close()}",
}
"""The function that ends the application, by the family's `leaves`."""


def scripts(families: Mapping[str, Family]) -> Mapping[str, bytes]:
    """Return a script for each family and language, by the name that `script_name` gives it.

    Facts about the set are in its script and not in its pages, because the script is downloaded once. It is minified by an
    ECMAScript 5 parser. Raise ECMASyntaxError for later syntax.
    """
    return dict(_scripts(_minified(FOLDER / "remote.js").decode(), families))


def _minified(file: Path) -> bytes:
    program: str = minify_print(es5(file.read_text(encoding="utf-8")), obfuscate=True)
    return program.replace(";}", "}").encode()


def asking_script() -> bytes:
    """Return the script of questions in letters and of the hand-over to a phone; it runs after the set's own and uses its key codes."""
    return _minified(FOLDER / ASKING)


def script_name(family: str, language: str) -> str:
    """Return the name of the script of a family in a language, or in English if there is no translation."""
    return f"{family}.{language if language in LANGUAGES else LANGUAGES[0]}.js"


def _scripts(program: str, families: Mapping[str, Family]) -> Iterator[tuple[str, bytes]]:
    for words in load_words([TEXTS], LANGUAGES, ZoneInfo("UTC")).values():
        no_connection = json.dumps(words("No connection: please wait"), ensure_ascii=False)
        for family in families.values():
            variables = f"var KEYS=[{_codes(family.keys)}],GONE={no_connection},LEAVE={LEAVE[family.leaves]},SET;"
            register = f"try{{{REGISTER[family.registers]}}}catch(e){{}}"
            yield script_name(family.name, words.language), f"{variables}{register}{program}\n".encode()


def _codes(keys: str) -> str:
    """Return key codes as JavaScript array items: 0 to 3 arrows, 4 OK, 5 to 8 colours, 9 to 18 digits, from 19 Back keys.

    A second table begins at index 24.
    """
    rows = ([str(code) for code in _table(table)] for table in keys.split(","))
    return ",".join(code for row in rows for code in row + [""] * (TABLE - len(row))).rstrip(",")


def _table(table: str) -> Iterator[int]:
    for stretch in table.split(" "):
        first, *last = map(int, stretch.split("-"))
        yield from range(first, (last or [first])[0] + 1)
