"""What an author did wrong when a text is not YAML, and where."""

import re

import yaml

QUOTE = (
    "put double quotes around a text that holds `: ` or ` #`, that begins with a quote or one of `{[&*!|>%@`, "
    "or that has a comma or a brace inside `{en: ..., cy: ...}`; a closing quote must be there too"
)
_KEY = re.compile(r"(\s*)(?:- +)?[\w-]+:(?:\s|$)")


def explain(problem: yaml.MarkedYAMLError, text: str) -> tuple[int, int, str]:
    """Return line and column from 0, and the message for the author."""
    lines = text.split("\n")
    line, column = _mark(problem, text)
    row = lines[line] if line < len(lines) else ""
    said = " ".join(part for part in (problem.context, problem.problem) if part)
    if "quoted scalar" in said and problem.context_mark:
        mark = problem.context_mark
        return mark.line, mark.column, "the quote that begins here has no end: write the same quote behind the text"
    if "\t" in row[: column + 1] and ("token" in said or "tab" in said or not row[:column].strip()):
        return line, row.index("\t"), "there is a tab: write spaces instead"
    if "block" in said or "mapping values" in said or "simple key" in said or "could not find expected ':'" in said:
        wrong = _wrong_indent(lines, line)
        if wrong is not None:
            at = len(lines[wrong]) - len(lines[wrong].lstrip())
            return wrong, at, "the line is not below the one it belongs to: keys of one list begin in the same column"
    return line, column, f"this is not YAML: {said}; {QUOTE}"


def _wrong_indent(lines: list[str], last: int) -> int | None:
    """Return the line near the error whose key begins in another column than the key above it, which has a text already."""
    for line in (last, last - 1):
        here, above = (_KEY.match(lines[at]) if 0 <= at < len(lines) else None for at in (line, line - 1))
        if here and above and len(here[1]) > len(above[1]) and lines[line - 1][above.end() :].strip():
            return line
    here = _KEY.match(lines[last]) if last < len(lines) else None
    indents = {len(found[1]) for row in lines[:last] if (found := _KEY.match(row))}
    if here and indents and len(here[1]) not in indents and len(here[1]) < max(indents):
        return last
    return None


def _mark(problem: yaml.MarkedYAMLError, text: str) -> tuple[int, int]:
    """Return the position of a YAML error, from 0. An error noticed only at the end of the text is where its context begins."""
    for mark in (problem.problem_mark, problem.context_mark):
        if mark and mark.line <= text.rstrip("\n").count("\n"):
            return (mark.line, mark.column)
    return (0, 0)
