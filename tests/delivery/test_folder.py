"""The folder destination: files appear complete and once, also after a crash at any step."""

import asyncio
import json
import os
import stat
from collections.abc import Callable
from errno import EIO
from pathlib import Path

import pytest

from onestop.casework.case import Json
from onestop.delivery.kinds import durable_files
from onestop.delivery.kinds.destination import Accepted, Parcel, PermanentFailure, PhotoFile, TemporaryFailure
from onestop.delivery.kinds.folder import Folder

BODY: dict[str, Json] = {"reference": "1234567890", "answers": [{"said": "Stryd y Bont"}]}
PARCEL = Parcel(
    "00c0ffee" * 4, "waste", "1234567890", BODY, (PhotoFile("1234567890-1.jpg", b"\xff\xd8"), PhotoFile("b.png", b"P"))
)
ALL = ["1234567890-1.jpg", "1234567890.json", "b.png"]


async def brought(folder: Folder, parcel: Parcel) -> None:
    """Deliver one parcel; raise its outcome if it failed."""
    (outcome,) = await folder.deliver([parcel])
    if not isinstance(outcome, Accepted):
        raise outcome


def there(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir()) if folder.is_dir() else []


async def test_a_case_and_its_photos_are_written_to_the_folder_of_its_desk(tmp_path: Path) -> None:
    await brought(Folder(tmp_path / "outbox"), PARCEL)
    desk = tmp_path / "outbox" / "waste"
    assert there(desk) == ALL
    assert json.loads((desk / "1234567890.json").read_text()) == BODY
    assert "Stryd y Bont" in (desk / "1234567890.json").read_text()
    assert (desk / "b.png").read_bytes() == b"P"
    assert there(tmp_path / "outbox" / ".arriving") == []


async def test_delivered_files_are_readable_by_owner_and_group_only(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        await brought(Folder(tmp_path / "outbox"), PARCEL)
    finally:
        os.umask(before)
    desk = tmp_path / "outbox" / "waste"
    assert stat.S_IMODE(desk.stat().st_mode) == 0o750
    assert {stat.S_IMODE((desk / name).stat().st_mode) for name in ALL} == {0o640}


async def test_a_case_is_not_delivered_again_after_an_officer_has_removed_it(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    await brought(folder, PARCEL)
    for name in ALL:
        (tmp_path / "waste" / name).unlink()
    await brought(folder, PARCEL)
    assert there(tmp_path / "waste") == []


async def test_concurrent_deliveries_of_a_case_write_it_once(tmp_path: Path) -> None:
    for number in range(20):
        parcel = Parcel(f"case{number}", "waste", f"ref{number}", {"by": "one"}, PARCEL.photos)
        await asyncio.gather(*(brought(Folder(tmp_path), parcel) for _ in range(8)))
        assert there(tmp_path / "waste") == sorted(["1234567890-1.jpg", "b.png", f"ref{number}.json"])
        assert there(tmp_path / ".arriving") == []
        for name in there(tmp_path / "waste"):
            (tmp_path / "waste" / name).unlink()


class Killed(BaseException):
    """Stands for the end of the process."""


STEPS = ("open", "fsync", "link", "rename")


@pytest.mark.parametrize("when", range(1, 22))
async def test_a_crash_at_any_step_leaves_no_partial_and_no_duplicate_case(
    when: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The steps of the operating system are counted, and the world ends before one of them."""
    left = when
    with monkeypatch.context() as mortal:
        for name in STEPS:
            mortal.setattr(os, name, _counted(getattr(os, name), lambda: _tick()))

        def _tick() -> None:
            nonlocal left
            left -= 1
            if left == 0:
                raise Killed

        # A killed process runs no clean-up code.
        mortal.setattr(Path, "unlink", lambda *_, **__: None)
        with pytest.raises(Killed):
            Folder(tmp_path).deliver_now([PARCEL])
    whole = "1234567890.json" in there(tmp_path / "waste")
    if whole:
        assert there(tmp_path / "waste") == ALL
        assert json.loads((tmp_path / "waste" / "1234567890.json").read_text()) == BODY
        for name in ALL:
            (tmp_path / "waste" / name).unlink()
    await brought(Folder(tmp_path), PARCEL)
    assert there(tmp_path / "waste") == ([] if whole else ALL)


@pytest.mark.parametrize("when", range(1, 24))
async def test_a_crash_during_a_batch_delivers_each_case_once(
    when: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = [Parcel(f"5f000000c{n}", "waste", f"ref{n}", {"number": n}, ()) for n in range(3)]
    left = when
    with monkeypatch.context() as mortal:

        def _tick() -> None:
            nonlocal left
            left -= 1
            if left == 0:
                raise Killed

        for name in STEPS:
            mortal.setattr(os, name, _counted(getattr(os, name), _tick))
        mortal.setattr(Path, "unlink", lambda *_, **__: None)
        with pytest.raises(Killed):
            Folder(tmp_path).deliver_now(batch)
    taken = there(tmp_path / "waste")
    for name in taken:
        assert json.loads((tmp_path / "waste" / name).read_text()) == {"number": int(name[3])}
        (tmp_path / "waste" / name).unlink()
    # The next server claims them in other batches.
    for parcels in (batch[2:], batch[:2]):
        assert list(Folder(tmp_path).deliver_now(parcels)) == [Accepted()] * len(parcels)
    assert sorted(taken + there(tmp_path / "waste")) == ["ref0.json", "ref1.json", "ref2.json"]


async def test_files_are_on_the_disk_before_the_marks_and_marks_before_the_files_appear(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Folder(tmp_path)
    folder.deliver_now([Parcel("5f000000c9", "waste", "ref9", {}, ())])
    steps: list[str] = []
    for name in ("fsync", "link", "rename"):
        monkeypatch.setattr(os, name, _counted(getattr(os, name), lambda name=name: steps.append(name)))  # type: ignore[misc]
    assert durable_files.syncfs is not None, "this Linux has no syncfs that reports errors"
    monkeypatch.setattr(durable_files, "syncfs", _counted(durable_files.syncfs, lambda: steps.append("syncfs")))
    folder.deliver_now([Parcel(f"5f000000c{n}", "waste", f"ref{n}", {}, ()) for n in range(4)])
    assert steps == ["syncfs", *["link"] * 4, "fsync", *["rename"] * 4, "fsync"]


async def test_a_batch_that_the_disk_refuses_does_not_appear_and_is_retried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: int) -> None:
        raise OSError(EIO, "Input/output error")

    parcels = [Parcel(f"5f000000c{n}", "waste", f"ref{n}", {}, ()) for n in range(4)]
    with monkeypatch.context() as broken_disk:
        broken_disk.setattr(durable_files, "syncfs", broken)
        broken_disk.setattr(os, "fsync", broken)
        outcomes = await Folder(tmp_path).deliver(parcels)
    assert [type(outcome) for outcome in outcomes] == [TemporaryFailure] * 4
    assert there(tmp_path / "waste") == []
    assert await Folder(tmp_path).deliver(parcels) == [Accepted()] * 4
    assert there(tmp_path / "waste") == [f"ref{n}.json" for n in range(4)]


async def test_a_case_that_cannot_be_written_does_not_fail_its_batch(tmp_path: Path) -> None:
    parcels = [Parcel(f"5f000000c{n}", "waste", f"ref{n}" * (100 if n == 1 else 1), {}, ()) for n in range(3)]
    outcomes = await Folder(tmp_path).deliver(parcels)
    assert [type(outcome) for outcome in outcomes] == [Accepted, TemporaryFailure, Accepted]
    assert there(tmp_path / "waste") == ["ref0.json", "ref2.json"]
    assert there(tmp_path / ".arriving") == []


async def test_a_batch_needs_one_inode_more_than_it_has_files(tmp_path: Path) -> None:
    parcels = [Parcel(f"5f000000c{n}", "waste", f"ref{n}", {}, ()) for n in range(20)]
    await Folder(tmp_path).deliver(parcels)
    marks = [mark.stat() for mark in (tmp_path / ".arrived" / "5f00").iterdir()]
    assert len(marks) == 20
    assert {mark.st_ino for mark in marks} == {marks[0].st_ino}


def _counted(step: Callable[..., object], tick: Callable[[], None]) -> Callable[..., object]:
    def counted(*given: object, **named: object) -> object:
        tick()
        return step(*given, **named)

    return counted


async def test_unfinished_files_and_old_marks_are_removed(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    await brought(folder, PARCEL)
    (tmp_path / ".arriving" / "dead.waste.0011.json").write_text("begun")
    now = (tmp_path / "waste" / "b.png").stat().st_mtime
    await folder.tidy(now + 3600)
    assert there(tmp_path / ".arriving") == ["dead.waste.0011.json"]
    await folder.tidy(now + 2 * 86400)
    assert there(tmp_path / ".arriving") == []
    assert len(there(tmp_path / ".arrived")) == 1
    await folder.tidy(now + 91 * 86400)
    assert there(tmp_path / ".arrived") == []
    assert there(tmp_path / "waste") == ALL


async def test_tidying_reads_mark_folders_and_not_each_mark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Folder(tmp_path)
    await folder.deliver([Parcel(f"5f00000{n:03}", "waste", f"ref{n}", {}, ()) for n in range(100)])
    looked: list[object] = []
    stat_of = Path.stat
    monkeypatch.setattr(Path, "stat", lambda path, **more: looked.append(path) or stat_of(path, **more))  # type: ignore[func-returns-value]
    folder.tidy_now(0)
    assert len(looked) < 10


async def test_files_of_a_marked_but_unfinished_delivery_are_never_removed(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    await brought(folder, PARCEL)
    mark = tmp_path / ".arrived" / PARCEL.case[:4] / f"{PARCEL.case}.waste"
    for waiting, name in json.loads(mark.read_text())[mark.name]:
        (tmp_path / "waste" / name).rename(tmp_path / ".arriving" / waiting)
    now = mark.stat().st_mtime
    await folder.tidy(now + 2 * 86400)
    await brought(folder, PARCEL)
    assert there(tmp_path / "waste") == ALL


async def test_an_unwritable_folder_is_a_temporary_failure(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file in the way")
    with pytest.raises(TemporaryFailure, match="cannot be written to") as why:
        await brought(Folder(tmp_path / "outbox"), PARCEL)
    assert "Stryd" not in str(why.value)


@pytest.mark.parametrize("desk", ["", "..", "a/b", "A", "waste.json", ".arrived", "a" * 3 + "\n"])
async def test_a_desk_whose_name_is_no_folder_name_is_a_permanent_failure(desk: str, tmp_path: Path) -> None:
    with pytest.raises(PermanentFailure):
        await brought(Folder(tmp_path), Parcel("c", desk, "r", {}, ()))
    assert there(tmp_path) == []
