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
BACK = 19
REGISTER: Mapping[str, str] = {
    "": "function(){}",
    # Red, green, yellow and blue, arrows with OK and Back, digits: 1, 2, 4, 8, 0x10, 0x100 (hbbtv-typings, Keyset.d.ts).
    "keyset": "function(d){var m=d.createElement('object');m.type='application/oipfApplicationManager';"
    "m=d.body.appendChild(m).getOwnerApplication(d);m.show();m.privateData.keyset.setValue(287);return m}",
    "tizen": "function(){var t=tizen.tvinputdevice;t.getSupportedKeys().forEach("
    "function(k){/^([0-9]$|Color)/.test(k.name)&&t.registerKey(k.name)})}",
}
"""How a set is asked for its keys, by `registers`; what is given back is what it is left by."""
LEAVE: Mapping[str, str] = {
    "": "0",
    "destroy": "function(m){m.destroyApplication()}",
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
    program = minify_print(es5(FILE.read_text(encoding="utf-8")), obfuscate=True)
    return dict(_scripts(program, families))


def script_name(family: Family, language: str) -> str:
    """Under which pages in that language ask for it; a language without texts of ours has them in English."""
    return f"{family.name}.{language if language in LANGUAGES else LANGUAGES[0]}.js"


def _scripts(program: str, families: Mapping[str, Family]) -> Iterator[tuple[str, bytes]]:
    for words in load_words([TEXTS], LANGUAGES, ZoneInfo("UTC")).values():
        gone = json.dumps(words("No connection: please wait"), ensure_ascii=False)
        for family in families.values():
            ways = f"register:{REGISTER[family.registers]},leave:{LEAVE[family.leaves]}"
            codes = ",".join(f"{code}:{key}" for code, key in _codes(family.keys))
            told = f"var SET={{keys:{{{codes}}},gone:{gone},{ways}}};"
            yield script_name(family, words.language), f"{told}{program}\n".encode()


def _codes(keys: str) -> Iterator[tuple[int, int]]:
    """Each key code of a remote control with the place of its key: 0 to 3 arrows, 4 OK, 5 to 8 colours, 9 to 18 digits, 19 Back."""
    for table in keys.split(","):
        ends = [[int(end) for end in stretch.split("-")] for stretch in table.split(" ")]
        codes = (code for first, *last in ends for code in range(first, (last or [first])[0] + 1))
        yield from ((code, min(place, BACK)) for place, code in enumerate(codes))
