"""The head of an imported service."""

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

from bs4 import BeautifulSoup
from pydantic import TypeAdapter, ValidationError

from onestop.catalogue.source.values import SUMMARY_LENGTH, TEXT_LENGTH, TITLE_LENGTH, Email, Former, Online, Phone
from onestop.intake.page import ImportedPage, Place

_WORD = re.compile(r"[a-z]{4,}")
_LINE_MARK = re.compile(
    r"\[([^\[\]]*)\]\([^()]*\)|[*`~]{2,}|(?<!\w)[*_]+(?=\S)|(?<=\S)[*_]+(?!\w)|[`<>]|&(?=[a-z#]\S*;)"
)
_TAGS = re.compile(r"<[^>]+>")
_COMMON = re.compile(
    r"(?:about|after|also|been|before|could|does|each|find|from|have|here|into|just|like|make|more|most|much|need|only|"
    r"other|over|page|part|please|some|such|than|that|their|them|then|there|these|they|this|those|through|used|using|"
    r"very|want|were|what|when|where|which|while|will|with|would|your|council)"
)
MOST_WORDS, MOST_PLACES = 6, 12


def head_of(page: ImportedPage, number: str, today: date, notes: list[str]) -> str:
    """Return the head, between its fences. What is wrong in it is left out, and noted."""
    lines = [
        f"number: {number}",
        title_line(page),
        f"summary: {_quoted(cut(unmarked(page.summary or page.title), SUMMARY_LENGTH))}",
        "lgsl: 0",
        f"words: [{', '.join(_words(page))}]",
    ]
    lines += [
        f"{key}: {_quoted(unmarked(text))}"
        for key, text in (("cost", page.cost), ("eligibility", page.eligibility))
        if text.strip() and len(text) <= TEXT_LENGTH
    ]
    if _is(Online, page.online):
        lines.append(f"online: {_quoted(page.online)}")
    elif page.online:
        notes.append(f"`online` is no address that begins with https: {page.online[:80]}")
    contact = _reach(page.contact or _found_contact(page.html), notes)
    if contact:
        team = page.contact.get("team") or "Contact us"
        lines.append(
            f"contact: {{team: {_quoted(team)}, {', '.join(f'{k}: {_quoted(v)}' for k, v in contact.items())}}}"
        )
    lines += _places(page, notes)
    was = [old for old in page.was if _is(Former, old)]
    if was:
        lines.append(f"was: [{', '.join(map(_quoted, was))}]")
    return "\n".join(("---", *lines, f"reviewed: {today.isoformat()}", "---")) + "\n"


def _places(page: ImportedPage, notes: list[str]) -> list[str]:
    lines = ["places:"] if page.places else []
    for place in page.places[:MOST_PLACES]:
        given = {**{key: place[key] for key in ("name", "address") if place.get(key)}, **_reach(place, notes)}
        lines += [
            f"  {'-' if at == 0 else ' '} {key}: {_quoted(value)}" for at, (key, value) in enumerate(given.items())
        ]
    return lines


def title_line(page: ImportedPage) -> str:
    return f"title: {_quoted(cut(unmarked(page.title), TITLE_LENGTH).rstrip('.…') or 'Untitled')}"


def cut(text: str, longest: int) -> str:
    """Return the text, or as many of its words as fit, with an ellipsis."""
    close = " ".join(text.split())
    if len(close) <= longest:
        return close
    return (
        close[: longest - 1].rpartition(" ")[0].rstrip(".,;:–- ") + "…"
        if " " in close[:longest]
        else close[: longest - 1] + "…"
    )


def _words(page: ImportedPage) -> list[str]:
    text = f"{page.summary} {_TAGS.sub(' ', page.html)}".lower()
    counts: dict[str, int] = {}
    for word in _WORD.findall(text):
        if not _COMMON.fullmatch(word) and word not in page.title.lower():
            counts[word] = counts.get(word, 0) + 1
    best = sorted(counts, key=lambda word: -counts[word])[:MOST_WORDS]
    return [_quoted(word) for word in best] or [_quoted(cut(page.title.lower(), 60))]


def _found_contact(html: str) -> Place:
    """Return the first e-mail address and telephone number that the page links to."""
    found: Place = {}
    for key, pattern in (("phone", r'href="tel:([^"]+)"'), ("email", r'href="mailto:([^"?]+)')):
        matched = re.search(pattern, html)
        if matched:
            found[key] = matched[1]
    return found


def _reach(place: Place, notes: list[str]) -> Place:
    """Return telephone and e-mail of a contact as they may be written."""
    kept: Place = {}
    phone = re.sub(r"^\+44 ?(?:\(0\))? ?", "0", " ".join(re.sub(r"[^\d+ ()]", " ", place.get("phone", "")).split()))
    phone = phone.replace("(", "").replace(")", "")
    for key, value, kind in (("phone", phone, Phone), ("email", place.get("email", "").strip(), Email)):
        if value and _is(kind, value):
            kept[key] = value
        elif place.get(key):
            notes.append(f"`{key}` of the contact is not right: {place[key][:60]}")
    return kept


def _is(kind: Any, text: str) -> bool:
    check: Callable[[str], object] = TypeAdapter(kind).validate_python
    try:
        check(text)
    except ValidationError:
        return False
    return True


def unmarked(text: str) -> str:
    """Return a text without marks of HTML and Markdown, which a line of the head does not have."""
    if "<" in text or "&" in text:
        text = BeautifulSoup(text, "html.parser").get_text(" ")
    return _LINE_MARK.sub(lambda found: found[1] or " ", text)


def _quoted(text: str) -> str:
    """Return a text in double quotes, as YAML reads them."""
    clean = re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]", " ", text)
    return json.dumps(" ".join(clean.split()), ensure_ascii=False)
