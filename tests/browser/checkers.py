"""The engines that look for faults of accessibility in a page that a browser shows."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page
from support.programs.system_programs import NODE, need

AXE = """async () => {
  const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const result = await axe.run(document, {runOnly: rules, resultTypes: ["violations"]});
  return result.violations.flatMap(v => v.nodes.map(n => [v.id, n.html]));
}"""
HTML_CODESNIFFER = """() => new Promise((resolve, reject) => HTMLCS.process("WCAG2AA", document, () => resolve(
  HTMLCS.getMessages().filter(m => m.type === HTMLCS.ERROR).map(m => [m.code, m.element.outerHTML || ""])
), reject))"""
IBM = """async () => {
  const report = await new ace.Checker().check(document, ["WCAG_2_2"]);
  return report.results.filter(r => r.value[0] === "VIOLATION" && r.value[1] === "FAIL").map(r => [r.ruleId, r.snippet]);
}"""


NOT_TRUE: dict[tuple[str, str], tuple[str, str]] = {
    ("IBM", "input_label_exists"): (
        "<output",
        "An output is a status that nobody fills in: no criterion asks a name of it.",
    ),
    ("IBM", "label_content_exists"): (
        '<label class="entry">',
        "Its words are there, for assistive technology alone: the field shows them.",
    ),
}
"""What a checker finds and is no fault: by checker and rule the beginning of the element, and the reason."""


@dataclass(frozen=True)
class Checker:
    """An engine: its file below the Node modules, and a function of a page that returns each fault's rule and its element."""

    name: str
    file: Path
    run: str

    def findings(self, page: Page) -> list[tuple[str, str]]:
        """Return the rule that each fault breaks, and the beginning of the element's markup."""
        page.evaluate(self.file.read_text(encoding="utf-8"))
        return [(rule, markup[:200]) for rule, markup in page.evaluate(self.run)]

    def faults(self, page: Page) -> list[tuple[str, str]]:
        """Return what it finds, without what the table says is no fault."""
        begins = {rule: begin for (name, rule), (begin, _) in NOT_TRUE.items() if name == self.name}
        return [(rule, markup) for rule, markup in self.findings(page) if not markup.startswith(begins.get(rule, "\0"))]


def checkers() -> tuple[Checker, ...]:
    """Return every engine; skip the test if one is not installed."""
    return tuple(
        Checker(name, Path(need(NODE / file)), run)
        for name, file, run in (
            ("axe", "axe-core/axe.min.js", AXE),
            ("HTML_CodeSniffer", "html_codesniffer/build/HTMLCS.js", HTML_CODESNIFFER),
            ("IBM", "accessibility-checker-engine/ace.js", IBM),
        )
    )
