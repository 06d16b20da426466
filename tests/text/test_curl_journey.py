"""A journey in a terminal, by the commands that its pages print, with the real curl."""

import re
import shlex
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
from end_to_end.test_whole_journeys import SERVICE, ways
from support.programs.system_programs import need

from onestop.journeys.kinds.photo import PhotoKind
from onestop.journeys.repeat import RepeatKind
from onestop.journeys.values.answer import SKIPPED, is_thin
from onestop.journeys.values.form_values import FormValues

COMMAND = re.compile(r"^curl -L .*-d token=.*$", re.MULTILINE)
PRINTED = "https://www.eastmere.example"
DATA = ("-d", "--data-urlencode")
KEPT = ("token", "seen", "draft")


def run(command: list[str], folder: Path) -> str:
    ran = subprocess.run([need("curl"), "-sS", *command[1:]], cwd=folder, capture_output=True, text=True, check=True)
    return ran.stdout


def answered(page: str, fields: FormValues, origin: str, folder: Path) -> str:
    """Run the command on the page with these fields for its example values; return the next page."""
    found = COMMAND.search(page)
    assert found, page
    words = shlex.split(found[0].replace(PRINTED, origin))
    sent = [word for flag, word in pairwise(words) if flag == "-d" and word.split("=")[0] in KEPT]
    plain = [w for n, w in enumerate(words) if w not in DATA and (n == 0 or words[n - 1] not in DATA)]
    data = [part for field in sent for part in ("-d", field)]
    given = [f"{name}={value}" for name, values in fields.items() for value in values]
    return run([*plain, *data, *(part for field in given for part in ("--data-urlencode", field))], folder)


@pytest.mark.parametrize("name", ["missed-bin", "library-renewal", "complaint"])
def test_a_journey_is_sent_by_the_commands_its_pages_print(name: str, origin: str, tmp_path: Path) -> None:
    way = ways(name, "text")[0]
    jar = ["-b", "onestop.jar", "-c", "onestop.jar"]
    page = run(["curl", "-L", *jar, f"{origin}/text{SERVICE[name]}/ask"], tmp_path)
    for step in way.steps:
        kind, answer = step.ask.kind, step.answers[0]
        assert not isinstance(kind, RepeatKind)
        skipped = answer is SKIPPED or isinstance(kind, PhotoKind)
        fields = {"do": ("skip" if skipped else "thin",)} if skipped or is_thin(answer) else kind.refill(answer)
        page = answered(page, fields, origin, tmp_path)
    page = answered(page, {}, origin, tmp_path)
    assert re.search(r"\d{3} \d{3} \d{4}", page), page
