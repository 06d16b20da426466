"""Finds features in a page, style sheet or script that the oldest televisions do not support (`tv/oldest.toml`)."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

TABLE = Path(__file__).parent / "oldest.toml"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
SELECTOR = re.compile(r"(?:\*|[a-z][a-z0-9]*)?(?:[.#][a-z][\w-]*)*(?::([a-z-]+))?", re.IGNORECASE)
COLOUR = re.compile(r"#(?:[0-9a-f]{3}){1,2}", re.IGNORECASE)
FUNCTION = re.compile(r"([a-z-]+)\(((?:\"[^\"]*\"|\([^()]*\)|[^()\"])*)\)")
NESTED = re.compile(r"([a-z-]+)\(")
QUOTED = re.compile(r"\"[^\"]*\"")
NUMBER = re.compile(r"-?(?:\d+|\d*\.\d+)([a-z%]*)", re.IGNORECASE)
STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
TAG = re.compile(r"<([a-zA-Z][\w:-]*)((?:\s+[\w:-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'))?)*)\s*/?>")
ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)


@cache
def oldest() -> dict[str, Any]:
    """Return the table of supported features."""
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


def lacking(page: str) -> set[str]:
    """Return the unsupported features of a page, each in a few words."""
    body = SCRIPT.sub("", STYLE.sub("", page))
    styles = (fault for style in STYLE.findall(page) for fault in _style(style))
    scripts = (fault for script in SCRIPT.findall(page) for fault in lacking_in_script(script))
    return {*styles, *scripts, *_markup(body)}


def lacking_in_style(style: str) -> set[str]:
    """Return the unsupported features of a style sheet."""
    return set(_style(style))


def lacking_in_script(script: str) -> set[str]:
    """Return the unsupported features of a script."""
    plain = COMMENT.sub("", script)
    return {
        f"script {found[0].lstrip()}" for lack in oldest()["script"]["lacking"] if (found := re.search(lack, plain))
    }


@cache
def _style(style: str) -> frozenset[str]:
    plain = FUNCTION.sub(_called, COMMENT.sub("", style))
    rest = RULE.sub("", plain).strip()
    faults = {f"rule {rest[:40]}"} if rest else set()
    for selectors, declarations in RULE.findall(plain):
        faults.update(_selectors(selectors))
        for declaration in filter(str.strip, declarations.split(";")):
            name, _, value = declaration.partition(":")
            faults.update(_declared(name.strip(), value.strip()))
    return frozenset(faults)


def _called(function: re.Match[str]) -> str:
    """Return "none" for a supported function with supported functions in it, and any other as it stands."""
    css, nested = oldest()["css"], NESTED.findall(QUOTED.sub("", function[2]))
    return "none" if function[1] in css["functions"] and css["nested"].keys() >= set(nested) else function[0]


def _selectors(selectors: str) -> Iterator[str]:
    known = oldest()["css"]["pseudo"]
    for selector in selectors.split(","):
        for simple in selector.replace(">", " ").replace("+", " ").split():
            found = SELECTOR.fullmatch(simple)
            if not found or (found[1] and found[1] not in known):
                yield f"selector {simple}"


def _declared(name: str, value: str) -> Iterator[str]:
    css = oldest()["css"]
    if name not in css["properties"] and name not in css["besides"]:
        yield f"property {name}"
    for word in re.split(r"[\s,/]+", value):
        number = NUMBER.fullmatch(word)
        fits = number[1].lower() in ("", *css["units"]) if number else COLOUR.fullmatch(word)
        if not fits and word.lower() not in css["keywords"]:
            yield f"value {word}"


def _markup(body: str) -> Iterator[str]:
    markup = oldest()["markup"]
    for element, attributes in TAG.findall(body):
        if element not in markup["elements"] and element not in markup["besides"]:
            yield f"element {element}"
        for name, one, other in ATTRIBUTE.findall(attributes):
            known = name in markup["attributes"] or name in markup["besides"]
            if not known and not (name.startswith("data-") and "data-" in markup["besides"]):
                yield f"attribute {name}"
            if name == "type" and (one or other) not in markup["types"]:
                yield f"type {one or other}"
