"""Reader of search.yaml: the words of residents, those that mean the same, and urgent ones."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import Field

from onestop.authoring.faults import nearest
from onestop.authoring.shape import Shape
from onestop.authoring.source import Source
from onestop.authoring.tree import Path as TreePath
from onestop.authoring.tree import Position, Tree
from onestop.catalogue.resident_words import EmergencyNumber, Phrase, ResidentWords, UrgentAnswer
from onestop.catalogue.search.terms import content_words, terms
from onestop.catalogue.source.values import Address, Line, Phone, Summary
from onestop.catalogue.source.values import Phrase as PhraseText

FILE = "search.yaml"
MOST_WORDS = 200
Many = Field(min_length=1, max_length=MOST_WORDS)


class NumberShape(Shape):
    name: dict[str, Summary]
    phone: Phone


class UrgentShape(Shape):
    words: dict[str, Annotated[list[Line], Many]]
    unless: dict[str, Annotated[list[Line], Many]] = Field(default_factory=dict)
    say: dict[str, Line]
    ring: Annotated[list[NumberShape], Field(min_length=1, max_length=4)]
    target: Address


class SearchShape(Shape):
    services: dict[Address, dict[str, Annotated[list[PhraseText], Many]]] | None = None
    same: list[Annotated[list[PhraseText], Field(min_length=2, max_length=MOST_WORDS)]] | None = None
    urgent: list[UrgentShape] | None = None


@dataclass(frozen=True, slots=True)
class ResidentWordsFile:
    """What search.yaml says, and where it names which service."""

    words: ResidentWords = field(default_factory=ResidentWords)
    targets: tuple[tuple[str, Position], ...] = ()


def read_resident_words(source: Source, path: Path, languages: tuple[str, ...]) -> ResidentWordsFile:
    """Return the words of a council; none if there is no such file. Adds every fault to `source`."""
    text = source.text(path) if path.exists() else None
    tree = source.tree(text) if text and text.strip() else None
    if not tree:
        return ResidentWordsFile()
    for place in _language_maps(tree):
        _check_languages(source, tree, place, languages)
    for place in _phrases(tree):
        _check_phrase(source, tree, place)
    shape = source.shaped(tree, SearchShape)
    if not shape:
        return ResidentWordsFile()
    urgent = tuple(_urgent(one) for one in shape.urgent or ())
    words = ResidentWords(shape.services or {}, tuple(tuple(group) for group in shape.same or ()), urgent)
    targets = (
        *((address, tree.key(("services", address))) for address in words.services),
        *((one.target, tree.value(("urgent", place, "target"))) for place, one in enumerate(urgent)),
    )
    return ResidentWordsFile(words, targets)


def _urgent(shape: UrgentShape) -> UrgentAnswer:
    phrases, exceptions = (
        tuple(_phrase(text) for texts in given.values() for text in texts) for given in (shape.words, shape.unless)
    )
    numbers = tuple(EmergencyNumber(one.name, one.phone) for one in shape.ring)
    return UrgentAnswer(phrases, shape.say, numbers, shape.target, exceptions)


def _phrase(text: str) -> Phrase:
    """Return the words of a phrase, each with its alternatives: "my wife/husband hits" is ((wife, husband), (hits,))."""
    words = (tuple(one for part in word.split("/") for one in terms(part)) for word in text.split())
    return tuple(word for word in words if word)


def _items(tree: Tree, path: TreePath) -> Iterator[TreePath]:
    """Yield the path of each item of the list or mapping at a path; nothing if it is neither."""
    found = tree.at(path)
    if isinstance(found, list):
        yield from ((*path, place) for place in range(len(found)))
    elif isinstance(found, Mapping):
        yield from ((*path, str(key)) for key in found)


def _language_maps(tree: Tree) -> Iterator[TreePath]:
    """Yield the path of each mapping from language to text."""
    yield from _items(tree, ("services",))
    for urgent in _items(tree, ("urgent",)):
        yield from ((*urgent, key) for key in ("words", "unless", "say") if tree.at((*urgent, key)) is not None)
        yield from ((*number, "name") for number in _items(tree, (*urgent, "ring")))


def _check_languages(source: Source, tree: Tree, path: TreePath, languages: tuple[str, ...]) -> None:
    given = tree.at(path)
    if not isinstance(given, Mapping):
        return
    for code in given:
        if code not in languages:
            source.fault(tree.key((*path, code)), f"`{code}` is no language of council.yaml{nearest(code, languages)}")
    if path[-1] in ("say", "name"):
        for place, code in enumerate(code for code in languages if code not in given):
            first = place == 0 and code == languages[0]
            source.fault(
                tree.key(path), f"`{path[-1]}` has no text in `{code}`: write it", "error" if first else "warning"
            )


def _phrases(tree: Tree) -> Iterator[TreePath]:
    """Yield the path of each phrase that a query is compared with."""
    for group in _items(tree, ("same",)):
        yield from _items(tree, group)
    for urgent in _items(tree, ("urgent",)):
        for language in (*_items(tree, (*urgent, "words")), *_items(tree, (*urgent, "unless"))):
            yield from _items(tree, language)


def _check_phrase(source: Source, tree: Tree, path: TreePath) -> None:
    text = tree.at(path)
    if isinstance(text, str) and text.strip() and not content_words(text.replace("/", " ")):
        source.fault(tree.value(path), f"`{text[:60]}` has only words that search leaves out: write one that says more")
