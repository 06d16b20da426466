"""The README agrees with the code."""

import re
import subprocess

from support.paths import ROOT

from onestop.settings import table

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readmes_table_of_settings_is_current() -> None:
    rows = re.findall(r"^\| `(--[\w-]+)` \| `(\w+)` \| `([^`]*)` \| (.*) \|$", README, re.MULTILINE)
    assert rows == [(s.option, s.variable, s.default or " ", s.help) for s in table()]


def test_every_command_of_the_readme_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"(?:`|^)make ([a-z-]+)", README, re.MULTILINE))
    assert {"serve", "test", "check", "bench"} <= named
    assert not [name for name in named if not re.search(rf"^{name}:", makefile, re.MULTILINE)]


def test_every_file_and_folder_of_the_readme_exists() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    links = re.findall(r"\]\(((?!https?:)[^)#]+)\)", README)
    assert links
    assert not [link for link in links if link not in listed]
    folders = re.findall(r"^\| (`[a-z/`, ]+`) \|", README, re.MULTILINE)
    for folder in [name for row in folders for name in re.findall(r"`([a-z][a-z/]*/)`", row)]:
        assert any(name.startswith(folder) for name in listed), folder


# Links to the site itself and to the repository's releases are not files.
LINK = re.compile(r"\]\((?!https?:|/|\.\./\.\./)([^)#\s]*)(#[^)\s]*)?\)")
CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)


def test_every_link_between_documents_has_a_target() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    documents = [
        ROOT / name for name in listed if name.endswith(".md") and not name.startswith(("content/", "onestop/"))
    ]
    assert len(documents) > 20
    for document in documents:
        text = document.read_text(encoding="utf-8")
        for link, anchor in LINK.findall(CODE.sub("", text)):
            target = (document.parent / link).resolve() if link else document
            assert target.exists(), f"{document}: {link}"
            if anchor and target.suffix == ".md":
                titles = re.findall(r"^#+ (.*)$", target.read_text(encoding="utf-8"), re.MULTILINE)
                anchors = {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}
                assert anchor[1:] in anchors, f"{document}: {link}{anchor}"
