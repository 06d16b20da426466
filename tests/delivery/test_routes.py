"""desks.yaml declares the destinations of each desk, and `check` reports what is wrong with them."""

import shutil
from pathlib import Path
from random import Random

import pytest
from support.journey_samples import NOW, a_draft, a_session, answered, submitted

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
    destination = Destinations(lambda: routes, tmp_path / "outbox").find("waste", "folder")
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
    found = Destinations(lambda: routes, tmp_path)
    depot, archive = found.find("waste", "folder"), found.find("waste", "archive")
    assert isinstance(depot, Folder) and isinstance(archive, Folder)
    assert (depot.folder, archive.folder) == (tmp_path / "depot", Path("/srv/archive"))
    assert found.find("waste", "folder") is depot
    assert found.find("waste", "removed") is None


@pytest.mark.parametrize(
    ("destinations", "message"),
    [
        ("[{kind: foldr}]", "`foldr` is none of folder; did you mean `folder`?"),
        ("[{kind: folder, paht: x}]", "there is no key `paht` here; did you mean `path`?"),
        ("[{path: x}]", "`kind` is missing: it must be given"),
        ("[folder]", "a destination must be a mapping, like {kind: folder}"),
        ("[]", "`destinations` is empty: name one, or leave the key out to deliver to the outbox folder"),
        ("folder", "`destinations` must be a list, like [one, two]"),
        ("[{kind: folder}, {kind: folder}]", "another destination of this desk is called `folder`"),
        ("[{kind: folder, path: ../x}]", "`path` must not contain `..`"),
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
    worker = DeliveryWorker(database, Destinations(lambda: routes, tmp_path / "outbox"), lambda: NOW, Random(1))
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
    worker = DeliveryWorker(database, Destinations(Routes, tmp_path), lambda: NOW, Random(1))
    await worker.once()
    await worker.idle()
    (entry,) = await database.read(lambda tx: outbox.entries_of(tx, receipt.reference))
    assert (entry.state, entry.reason) == ("waiting", "desks.yaml declares no such destination")
    assert "not delivered to removed of desk waste" in caplog.text
