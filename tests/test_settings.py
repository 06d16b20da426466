"""Sources of settings and their precedence, and the messages for invalid ones."""

from pathlib import Path

import pytest

from onestop.settings import WrongSetting, read_settings, table


def test_the_command_line_wins_over_environment_file_and_default(tmp_path: Path) -> None:
    file = tmp_path / "onestop.toml"
    file.write_text('port = 1001\nhost = "file"\naccess_log = true\ncache_bytes = 5\n', encoding="utf-8")
    options = {"port": "1003", "config": str(file)}
    found = read_settings(options, {"ONESTOP_PORT": "1002", "ONESTOP_HOST": "environment"})
    assert (found.port, found.host, found.access_log, found.cache_bytes, found.watch) == (
        1003,
        "environment",
        True,
        5,
        True,
    )


def test_an_empty_value_stands_for_the_default() -> None:
    assert read_settings({"port": "", "keys": None}, {"ONESTOP_HOST": "", "ONESTOP_OUTBOX": ""}) == read_settings(
        {}, {}
    )


def test_settings_of_other_programs_in_the_environment_are_ignored() -> None:
    assert read_settings({}, {"ONESTOP_SPEED": "3", "PORT": "80", "onestop_port": "81"}).port == 81


def test_the_file_may_be_named_in_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "onestop.toml"
    file.write_text("watch = false\n", encoding="utf-8")
    assert read_settings({}, {"ONESTOP_CONFIG": str(file)}).watch is False


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("port", "eighty", "--port: `eighty` is not a whole number from 0 to 65535"),
        ("port", "70000", "--port: `70000` is not"),
        ("port", "²", "--port: `²` is not"),
        ("database", "mysql://localhost/onestop", "does not look like sqlite:///FILE or postgresql://"),
        ("database", "onestop.db", "does not look like sqlite:///FILE"),
        ("watch", "perhaps", "--watch: `perhaps` is neither yes nor no"),
        ("log_format", "xml", "neither plain nor json"),
        ("shutdown_seconds", "60", "from 0 to 2.4"),
        ("shutdown_seconds", "nan", "from 0 to 2.4"),
        ("cache_bytes", "-1", "--cache-bytes: `-1` is not a whole number from 0 to 1099511627776"),
        ("address", "eastmere.example", "--address: `eastmere.example` is not an origin like https://"),
    ],
)
def test_an_invalid_value_is_reported_in_one_line(name: str, value: str, said: str) -> None:
    with pytest.raises(WrongSetting) as refused:
        read_settings({name: value}, {})
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "said"), [("speed = 3", "no setting is called `speed`"), ("port = ", "onestop.toml: ")]
)
def test_an_invalid_file_is_reported_in_one_line(text: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "onestop.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(WrongSetting) as refused:
        read_settings({"config": str(file)}, {})
    assert said in str(refused.value)


def test_a_missing_settings_file_is_rejected() -> None:
    with pytest.raises(WrongSetting, match="No such file"):
        read_settings({"config": "/nowhere/onestop.toml"}, {})


def test_every_default_is_valid() -> None:
    assert read_settings({setting.name: setting.default for setting in table()}, {}) == read_settings({}, {})


def test_the_demonstration_borough_is_found_from_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert (read_settings({}, {}).content / "council.yaml").exists()
    (tmp_path / "content").mkdir()
    assert read_settings({}, {}).content == Path("content")


def test_the_outbox_is_beside_an_embedded_database_unless_it_is_named() -> None:
    assert read_settings({"database": "sqlite:////srv/a.db"}, {}).outbox == Path("/srv/outbox")
    assert read_settings({"database": "postgresql://a@b/c"}, {}).outbox == Path("outbox")
    assert read_settings({"database": "sqlite:////srv/a.db", "outbox": "/mnt/cases"}, {}).outbox == Path("/mnt/cases")
