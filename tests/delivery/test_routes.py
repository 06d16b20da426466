"""desks.yaml declares the destinations of each desk, and `check` reports what is wrong with them."""

import shutil
from pathlib import Path
from random import Random

import pytest
from delivery.desks import context_of
from support.samples.journey_samples import NOW, a_draft, a_session, answered, submitted

import server as command_line
from onestop.delivery.kinds.folder import Folder, FolderOptions
from onestop.delivery.routes import Destinations, Routes, read_routes
from onestop.delivery.worker import DeliveryWorker
from onestop.site.check import ContentRules, check
from onestop.store.database import Database
from onestop.store.tables import outbox

CONTENT = Path(__file__).parents[2] / "content"
LANGUAGES = ("en", "cy")


def read(tmp_path: Path, text: str) -> tuple[Routes, list[str]]:
    folder = tmp_path / "content"
    folder.mkdir(exist_ok=True)
    (folder / "desks.yaml").write_text(text)
    routes, faults = read_routes(folder, LANGUAGES)
    return routes, [str(fault) for fault in faults]


def test_a_desk_that_declares_no_destination_is_delivered_to_the_outbox_folder(tmp_path: Path) -> None:
    routes, faults = read(tmp_path, "waste: {en: Waste, cy: Gwastraff}\nhousing: {name: Housing}\n")
    assert not faults
    assert routes.deliveries(("waste", "housing")) == (("waste", "folder"), ("housing", "folder"))
    destination = Destinations(lambda: routes, context_of(tmp_path / "outbox")).find("waste", "folder")
    assert isinstance(destination, Folder)
    assert destination.folder == tmp_path / "outbox"


def test_a_desk_may_have_several_destinations(tmp_path: Path) -> None:
    routes, faults = read(
        tmp_path,
        "waste:\n  name: {en: Waste, cy: Gwastraff}\n  destinations:\n"
        "    - {kind: folder, path: depot}\n    - {kind: folder, name: archive, path: /srv/archive}\n",
    )
    assert not faults
    assert routes.of("waste") == {"folder": FolderOptions("depot"), "archive": FolderOptions("/srv/archive")}
    assert routes.deliveries(("waste",)) == (("waste", "folder"), ("waste", "archive"))
    found = Destinations(lambda: routes, context_of(tmp_path))
    depot, archive = found.find("waste", "folder"), found.find("waste", "archive")
    assert isinstance(depot, Folder) and isinstance(archive, Folder)
    assert (depot.folder, archive.folder) == (tmp_path / "depot", Path("/srv/archive"))
    assert found.find("waste", "folder") is depot
    assert found.find("waste", "removed") is None


@pytest.mark.parametrize(
    ("destinations", "message"),
    [
        ("[{kind: foldr}]", "`foldr` is none of folder, webhook, email, open311; did you mean `folder`?"),
        ("[{kind: folder, paht: x}]", "there is no key `paht` here; did you mean `path`?"),
        ("[{path: x}]", "`kind` is missing: it must be given"),
        ("[folder]", "a destination must be a mapping, like {kind: folder}"),
        ("[]", "`destinations` is empty: name one, or leave the key out to deliver to the outbox folder"),
        ("folder", "`destinations` must be a list, like [one, two]"),
        ("[{kind: folder}, {kind: folder}]", "another destination of this desk is called `folder`"),
        ("[{kind: folder, path: ../x}]", "`path` must not contain `..`"),
        ("[{kind: email, to: depot}]", "`depot` is no e-mail address like depot@eastmere.example"),
        ("[{kind: webhook, secret: depot}]", "`url` is missing: it must be given"),
        ("[{kind: webhook, url: 'https://a.example/'}]", "`secret` is missing: it must be given"),
        ("[{kind: webhook, url: 'ftp://a.example/', secret: x}]", "`ftp://a.example/` is no address like https://"),
        ("[{kind: webhook, url: 'https://u:p@a.example/', secret: x}]", "must not contain a password"),
    ],
)
def test_a_wrong_destination_is_reported_at_its_place(destinations: str, message: str, tmp_path: Path) -> None:
    _, faults = read(tmp_path, f"waste: {{name: Waste,\n destinations: {destinations}}}\n")
    assert len(faults) == 1
    assert faults[0].startswith("content/desks.yaml:2:")
    assert message in faults[0]


def test_check_reports_a_wrong_destination(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(CONTENT, tmp_path / "content")
    desks = tmp_path / "content" / "desks.yaml"
    desks.write_text(
        desks.read_text().replace(
            "waste: {en: Waste and recycling, cy: Gwastraff ac ailgylchu}",
            "waste: {name: {en: Waste, cy: Gwastraff}, colour: red, destinations: [{kind: pigeon}]}",
        )
    )
    assert check(tmp_path / "content", lambda: 0.0, ContentRules({})) == 1
    said = capsys.readouterr().out
    assert "`pigeon` is none of folder" in said
    assert "there is no key `colour` here" in said


async def test_a_case_is_delivered_to_each_destination_and_retried_for_each(database: Database, tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("a file where the folder should be")
    routes = Routes({"waste": {"folder": FolderOptions(), "copy": FolderOptions("../blocked")}})
    draft = await answered(database, await a_draft(database, await a_session(database)))
    receipt = await submitted(database, draft, deliveries=routes.deliveries(("waste",)))
    worker = DeliveryWorker(
        database, Destinations(lambda: routes, context_of(tmp_path / "outbox")), lambda: NOW, Random(1)
    )
    await worker.once()
    await worker.idle()
    assert (tmp_path / "outbox" / "waste" / f"{receipt.reference}.json").is_file()
    entries = await database.read(lambda tx: outbox.entries_of(tx, receipt.reference))
    assert [(one.destination, one.state) for one in entries] == [("copy", "waiting"), ("folder", "done")]
    assert "the folder cannot be written to" in entries[0].reason


async def test_a_destination_that_is_no_longer_declared_keeps_its_case_waiting(
    database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    draft = await answered(database, await a_draft(database, await a_session(database)))
    receipt = await submitted(database, draft, deliveries=(("waste", "removed"),))
    worker = DeliveryWorker(database, Destinations(Routes, context_of(tmp_path)), lambda: NOW, Random(1))
    await worker.once()
    await worker.idle()
    (entry,) = await database.read(lambda tx: outbox.entries_of(tx, receipt.reference))
    assert (entry.state, entry.reason) == ("waiting", "desks.yaml declares no such destination")
    assert "not delivered to removed of desk waste" in caplog.text


def test_check_warns_of_a_destination_whose_secret_or_setting_is_missing_and_doctor_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    desks = content / "desks.yaml"
    declared = (
        "waste:\n  name: {en: Waste, cy: Gwastraff}\n  destinations:\n    - {kind: email, to: waste@eastmere.example}\n"
        "    - {kind: webhook, url: 'https://depot.example/', secret: depot}\n"
    )
    desks.write_text(
        desks.read_text().replace("waste: {en: Waste and recycling, cy: Gwastraff ac ailgylchu}", declared)
    )
    settings = ["--content", str(content), "--database", f"sqlite:///{tmp_path}/a.db", "--port", "0"]
    assert command_line.main(["check", *settings]) == 0
    said = capsys.readouterr().out
    assert "warning: destination email of desk waste: no mail server is set: name it with --mail-server" in said
    assert (
        "warning: destination webhook of desk waste: no secret `depot`: name a file that has it, with --secrets" in said
    )
    assert command_line.main(["doctor", *settings]) == 1
    assert "TROUBLE destinations" in capsys.readouterr().out
    (tmp_path / "secrets.toml").write_text('depot = "whsec_' + "A" * 43 + '="')
    (tmp_path / "secrets.toml").chmod(0o600)
    given = ["--secrets", str(tmp_path / "secrets.toml"), "--mail-server", "smtp://m", "--mail-from", "a@b.example"]
    assert command_line.main(["check", *settings, *given]) == 0
    assert "destination" not in capsys.readouterr().out


def test_an_open311_mapping_is_compared_with_the_journeys(tmp_path: Path) -> None:
    (tmp_path / "desks.yaml").write_text(
        "waste:\n  name: Waste\n  destinations:\n    - kind: open311\n      url: https://r.example/v2\n      services:\n"
        "        missed-bin: {code: A, place: hoem, description: [when], attributes: {B: bin}}\n"
        "        mised-bin: {code: A, place: home}\n"
    )
    _, faults = read_routes(tmp_path, ("en",), {"missed-bin": frozenset({"home", "when"})})
    assert [fault.message for fault in faults] == [
        "journey missed-bin has no question `hoem`; did you mean `home`?",
        "journey missed-bin has no question `bin`",
        "there is no journey `mised-bin` without errors; did you mean `missed-bin`?",
    ]
