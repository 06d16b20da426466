"""The one script of a set: what the set is, as the table of families says, and what every set does with it."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from calmjs.parse import es5
from calmjs.parse.unparsers.es5 import minify_print

from channels.tv.families import Family
from onestop.language import load_words

FILE = Path(__file__).parent.parent.parent / "tvapp" / "remote.js"
TEXTS = Path(__file__).parent
LANGUAGES = ("en", *sorted(file.stem for file in TEXTS.glob("*.po")))
TABLE = 24
"""Places in a table of keys, with room for five that mean Back."""
REGISTER: Mapping[str, str] = {
    "": "",
    # Red, green, yellow and blue, arrows with OK and Back, digits: 1, 2, 4, 8, 0x10, 0x100 (hbbtv-typings, Keyset.d.ts).
    "keyset": "SET=document.createElement('object');SET.type='application/oipfApplicationManager';"
    "SET=document.body.appendChild(SET).getOwnerApplication(document);SET.show();SET.privateData.keyset.setValue(287)",
    "tizen": "SET=tizen.tvinputdevice;SET.getSupportedKeys().forEach("
    r"function(k){/^\d$|Color/.test(k.name)&&SET.registerKey(k.name)})",
}
"""How a set is asked for its keys, by `registers`; `SET` is then what it was asked through."""
LEAVE: Mapping[str, str] = {
    "": "0",
    "destroy": "function(){SET.destroyApplication()}",
    "tizen": "function(){tizen.application.getCurrentApplication().exit()}",
    "webos": "function(){PalmSystem.platformBack()}",
    "close": "function(){close()}",
}
"""How an application is left, by `leaves`."""


def scripts(families: Mapping[str, Family]) -> Mapping[str, bytes]:
    """A script for each family and language, by the name that `script_name` gives it.

    What a set must know of itself is in its script and not in its pages: the script comes once. It is made small by a parser of
    ECMAScript 5, which raises `ECMASyntaxError` for anything later.
    """
    program = minify_print(es5(FILE.read_text(encoding="utf-8")), obfuscate=True).replace(";}", "}")
    return dict(_scripts(program, families))


def script_name(family: str, language: str) -> str:
    """Under which pages in that language ask for it; a language without texts of ours has them in English."""
    return f"{family}.{language if language in LANGUAGES else LANGUAGES[0]}.js"


def _scripts(program: str, families: Mapping[str, Family]) -> Iterator[tuple[str, bytes]]:
    for words in load_words([TEXTS], LANGUAGES, ZoneInfo("UTC")).values():
        gone = json.dumps(words("No connection: please wait"), ensure_ascii=False)
        for family in families.values():
            told = f"var KEYS=[{_codes(family.keys)}],GONE={gone},LEAVE={LEAVE[family.leaves]},SET;"
            asked = f"try{{{REGISTER[family.registers]}}}catch(e){{}}"
            yield script_name(family.name, words.language), f"{told}{asked}{program}\n".encode()


def _codes(keys: str) -> str:
    """Codes in the places of their keys: 0 to 3 arrows, 4 OK, 5 to 8 colours, 9 to 18 digits, from 19 on every Back; those of a second
    table from 24 on, and so forth.
    """
    rows = ([str(code) for code in _table(table)] for table in keys.split(","))
    return ",".join(code for row in rows for code in row + [""] * (TABLE - len(row))).rstrip(",")


def _table(table: str) -> Iterator[int]:
    for stretch in table.split(" "):
        first, *last = map(int, stretch.split("-"))
        yield from range(first, (last or [first])[0] + 1)
