"""Pictures of the catalogue: resized for each device's slot, repeatable, and replaced by their text where they cannot be shown."""

import io
import os
import random
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from support.samples.small_borough import CHANNELS, write_borough
from support.servers.running_server import RunningServer

from channels.contract import Device, Slot
from onestop.catalogue.source.load import load
from onestop.http.static_files import picture
from onestop.pictures.resize import ResizedPicture, UnreadablePicture, resize_picture
from onestop.screen import Paragraph, Picture, Run, Screen
from onestop.site.pictures import PictureCache, picture_faults, slots_of

SLOT = Slot(400, 120, 2000)
SOURCE = "/pictures/bins/bin.png"
PICTURE = Picture(SOURCE, "A bin")
SHOWN = Screen("Bins", (Paragraph((Run("Look:"),)), PICTURE), "/bins", "en")
ROOMY, WORDY = Device("roomy", slot=SLOT), Device("wordy")


def drawing(width: int = 800, height: int = 200) -> Image.Image:
    made = Image.new("RGB", (width, height), "#f4efe4")
    ImageDraw.Draw(made).ellipse((20, 20, height - 20, height - 20), "#2f6fc4", "#22303c", 6)
    return made


def noise(width: int = 400, height: int = 120) -> Image.Image:
    return Image.frombytes("RGB", (width, height), random.Random(4).randbytes(width * height * 3))


def soft(width: int = 800, height: int = 240) -> Image.Image:
    """Return an image like a photo: many colours, each close to its neighbours."""
    return noise(16, 5).resize((width, height), Image.Resampling.BICUBIC)


def raw(picture: Image.Image, kind: str = "PNG", **how: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **how)
    return file.getvalue()


def test_a_drawing_becomes_a_palette_png_and_is_repeatable() -> None:
    made = resize_picture(raw(drawing()), SLOT)
    assert made and made == resize_picture(raw(drawing()), SLOT)
    assert (made.width, made.height, made.suffix) == (400, 100, ".png")
    opened = Image.open(io.BytesIO(made.body))
    assert (opened.size, opened.mode, opened.format) == ((400, 100), "P", "PNG")
    assert len(made.body) <= SLOT.bytes


def test_a_photo_becomes_a_jpeg() -> None:
    made = resize_picture(raw(soft()), SLOT)
    assert made and made.suffix == ".jpg" and len(made.body) <= SLOT.bytes
    assert Image.open(io.BytesIO(made.body)).size == (made.width, made.height)


@pytest.mark.slow
def test_a_picture_too_large_in_bytes_is_reduced_down_to_half_size() -> None:
    heavy = noise()
    sizes = [resize_picture(raw(heavy), Slot(400, 120, most)) for most in (200_000, 22_000, 12_000, 2_000)]
    widths = [made.width for made in sizes if made]
    assert sizes[-1] is None
    assert widths == sorted(widths, reverse=True) and widths[0] == 400 and 200 <= widths[-1] < 400


def test_a_small_picture_is_not_enlarged() -> None:
    made = resize_picture(raw(drawing(60, 40)), SLOT)
    assert made and (made.width, made.height) == (60, 40)


def test_a_small_area_of_colour_survives_quantising() -> None:
    picture = Image.new("RGB", (400, 100))
    drawn = ImageDraw.Draw(picture)
    for x in range(400):
        drawn.line((x, 0, x, 100), (255 - x // 4, 120 + x // 8, 40 + x // 4))
    drawn.rectangle((10, 10, 40, 40), "#7b8288")
    # So few bytes that 64 colours do not fit and 24 do.
    made = resize_picture(raw(picture), Slot(400, 120, 500))
    assert made and made.width == 400
    found = Image.open(io.BytesIO(made.body)).convert("RGB")
    assert len(found.getcolors() or ()) <= 24
    assert found.getpixel((25, 25)) == (0x7B, 0x82, 0x88)


def test_transparency_becomes_white_and_exif_rotation_is_applied() -> None:
    made = resize_picture(raw(Image.new("RGBA", (50, 50), (0, 0, 0, 0))), SLOT)
    assert made
    assert Image.open(io.BytesIO(made.body)).convert("RGB").getpixel((5, 5)) == (255, 255, 255)
    turned = Image.Exif()
    turned[0x0112] = 6
    made = resize_picture(raw(drawing(100, 40), "JPEG", exif=turned), SLOT)
    assert made and (made.width, made.height) == (40, 100)


@pytest.mark.parametrize("content", [b"", b"<svg/>", b"\x89PNG\r\n\x1a\n", raw(drawing())[:200]])
def test_a_file_that_is_not_a_picture_is_rejected(content: bytes) -> None:
    with pytest.raises(UnreadablePicture):
        resize_picture(content, SLOT)


@pytest.fixture
def bin_file(tmp_path: Path) -> Path:
    file = tmp_path / "bin.png"
    file.write_bytes(raw(drawing()))
    return file


def test_a_picture_is_shown_in_a_slot_and_replaced_by_text_without_one(bin_file: Path) -> None:
    pictures, files = PictureCache((SLOT,)), {SOURCE: bin_file}
    assert pictures.must_resize(SHOWN, ROOMY, files) and not pictures.must_resize(SHOWN, WORDY, files)
    _, hung = pictures.fit(SHOWN, ROOMY, files).blocks
    assert isinstance(hung, Picture)
    assert (hung.width, hung.height, hung.description) == (400, 100, "A bin")
    assert not pictures.must_resize(SHOWN, ROOMY, files)
    assert pictures.fit(SHOWN, WORDY, files) is SHOWN
    assert pictures.fit(SHOWN, ROOMY, {}) is SHOWN


def test_a_picture_is_resized_once_until_its_file_changes(bin_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Slot] = []

    def counted(content: bytes, slot: Slot) -> ResizedPicture | None:
        made.append(slot)
        return resize_picture(content, slot)

    monkeypatch.setattr("onestop.site.pictures.resize_picture", counted)
    pictures, files = PictureCache((SLOT,)), {SOURCE: bin_file}
    address = _address(pictures, files)
    pictures.next_catalogue()
    assert pictures.find(address, {}), "a page of before may be looked at for another minute"
    assert _address(pictures, files) == address
    assert len(made) == 1
    bin_file.write_bytes(raw(drawing(400, 400)))
    os.utime(bin_file, ns=(1, 1))
    assert _address(pictures, files) != address
    assert len(made) == 2


def test_a_picture_has_the_same_address_on_every_server(bin_file: Path) -> None:
    files = {SOURCE: bin_file}
    address = _address(PictureCache((SLOT,)), files)
    other = PictureCache((replace(SLOT, width=100), SLOT))
    found = other.find(address, files)
    assert found and found.plain.body == PictureCache((SLOT,)).find(address, files).plain.body  # type: ignore[union-attr]
    assert ("Content-Type", "image/png") in found.plain.headers
    assert other.find(address.replace("/bins/", "/roads/"), files) is None
    assert other.find("/pictures/AAAAAAAA/bins/bin.png", files) is None


def test_an_unreadable_picture_is_left_unchanged(tmp_path: Path) -> None:
    file = tmp_path / "bin.png"
    for content in (b"no picture", raw(noise())):
        file.write_bytes(content)
        assert PictureCache((SLOT,)).fit(SHOWN, ROOMY, {SOURCE: file}) is SHOWN


def _address(pictures: PictureCache, files: dict[str, Path]) -> str:
    _, hung = pictures.fit(SHOWN, ROOMY, files).blocks
    assert isinstance(hung, Picture)
    return hung.source


Told = Callable[[bytes, str], list[str]]


@pytest.fixture
def told(tmp_path: Path) -> Told:
    folder = write_borough(tmp_path)

    def of(content: bytes, name: str) -> list[str]:
        section = folder / "services" / "bins"
        (section / name).write_bytes(content)
        text = (section / "garden.md").read_text().partition("\n\n![")[0]
        (section / "garden.md").write_text(f"{text}\n\n![Leaves]({name})\n")
        return [str(fault) for fault in picture_faults(load(folder, date(2026, 11, 23)), (SLOT,))]

    return of


def test_authors_are_warned_of_a_picture_that_some_devices_cannot_show(told: Told) -> None:
    assert told(raw(drawing()), "leaves.png") == []
    (heavy,) = told(raw(noise()), "leaves.png")
    assert heavy.startswith("content/services/bins/garden.md:14:1: warning: the picture `leaves.png` is more than 2 kB")
    (unread,) = told(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "leaves.svg")
    assert "cannot be drawn anew" in unread and "PNG, JPEG or WebP" in unread


def test_slots_of_all_channels_are_listed_once() -> None:
    assert slots_of(CHANNELS) == ()
    other = replace(CHANNELS[1], devices={"a": ROOMY, "b": ROOMY, "c": WORDY})
    assert slots_of((CHANNELS[0], other)) == (SLOT,)


def test_a_picture_that_is_gone_or_is_a_pipe_has_no_response(tmp_path: Path) -> None:
    """The file may be replaced after the catalogue was read; reading a pipe would never end."""
    os.mkfifo(tmp_path / "pipe.png")
    assert picture(tmp_path / "pipe.png") is None
    assert picture(tmp_path / "gone.png") is None


async def test_pictures_are_read_and_compressed_outside_the_event_loop(
    server: RunningServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, threads = server.parts.sites.current, list[threading.Thread]()
    assert site is not None

    def slow(file: Path) -> None:
        threads.append(threading.current_thread())

    monkeypatch.setattr("onestop.http.static_files.picture", slow)
    server.parts.sites.current = replace(site, catalogue=replace(site.catalogue, pictures={SOURCE: Path("x")}))
    assert (await server.get(SOURCE)).status == 404
    assert threads and threading.main_thread() not in threads


def test_a_link_out_of_the_content_folder_is_no_picture(tmp_path: Path) -> None:
    folder, secret = write_borough(tmp_path), tmp_path / "keys"
    secret.write_bytes(b"a key of the server")
    (folder / "services/bins/out.png").symlink_to(secret)
    (folder / "services/bins/in.png").symlink_to(folder / "council.yaml")
    loaded = load(folder, date(2026, 11, 23))
    faults = [fault.file for fault in loaded.content.faults if "link out of" in fault.message]
    assert faults == [f"{folder.name}/services/bins/out.png"]
    assert "/pictures/bins/in.png" in loaded.content.pictures
    assert "/pictures/bins/out.png" not in loaded.content.pictures
