"""The command `places`, as a council's data officer uses it."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from support.paths import CONTENT

from server import main


def test_a_wrong_file_imports_nothing_and_a_right_one_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = ["--database", f"sqlite:///{tmp_path}/onestop.db"]
    wrong = tmp_path / "addresses.csv"
    wrong.write_text("uprn,rounds\n1,monday-1\nx,monday-1\n")
    assert main(["places", "import", str(wrong), *where]) == 1
    assert f"{wrong}:3:1: `uprn` is `x`: it must be a whole number" in capsys.readouterr().out
    assert not (tmp_path / "gazetteer.db").exists()
    wrong.write_text("uprn,rounds\n1,monday-1\n")
    assert main(["places", "import", str(wrong), *where]) == 0
    assert main(["places", "show", *where]) == 0
    assert "0 addresses" in capsys.readouterr().out
    assert main(["places", "import", *where]) == 1
    assert main(["places", "lose", *where]) == 1


@pytest.mark.slow
def test_check_finds_homes_without_a_round_and_rounds_that_nobody_has(
    tmp_path: Path, eastmere_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--gazetteer", str(tmp_path / "gazetteer.db"), "--content", str(CONTENT)]
    shutil.copyfile(eastmere_file, tmp_path / "gazetteer.db")
    assert main(["places", "check", *where]) == 0
    other = tmp_path / "rounds.csv"
    with closing(sqlite3.connect(eastmere_file)) as connection:
        (uprn,) = connection.execute("SELECT min(uprn) FROM rounds").fetchone()
    other.write_text(f"uprn,rounds\n{uprn},sunday-9\n1,monday-1\n")
    assert main(["places", "import", str(other), *where]) == 0
    assert "1 rounds were left out" in capsys.readouterr().out
    assert main(["places", "check", *where]) == 1
    assert "1 properties have the round `sunday-9`, which rounds.yaml does not declare" in capsys.readouterr().out


@pytest.mark.slow
def test_check_compares_the_wards_of_the_gazetteer_with_those_of_the_content(
    tmp_path: Path, eastmere_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    file = content / "places" / "wards.yaml"
    file.write_text(file.read_text().replace("E05099007:", "E05099077:"))
    assert main(["places", "check", "--gazetteer", str(eastmere_file), "--content", str(content)]) == 1
    said = capsys.readouterr().out
    assert "properties have the ward `E05099007`, which wards.yaml does not declare" in said
    assert "no property has the ward `E05099077`" in said
