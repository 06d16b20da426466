"""A photo as telephones, scanners and drawing programs save it: stored upright as a JPEG, or rejected by its right reason."""

import io
import struct

import pytest
from PIL import Image
from pillow_heif import register_heif_opener

from channels.contract import Slot
from onestop.pictures.photo import DamagedPhoto, NotAPhoto, reencode_photo
from onestop.pictures.resize import UnreadablePicture, resize_picture

register_heif_opener()
RED, BLUE = (220, 30, 30), (30, 30, 220)
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF")
TURNED = {
    1: ("left", "right"),
    2: ("right", "left"),
    3: ("right", "left"),
    4: ("left", "right"),
    5: ("top", "bottom"),
    6: ("top", "bottom"),
    7: ("bottom", "top"),
    8: ("bottom", "top"),
}
"""Where red and blue are, once a picture with this orientation is upright: stored, red is on the left."""
CENTRES = {"left": (0.25, 0.5), "right": (0.75, 0.5), "top": (0.5, 0.25), "bottom": (0.5, 0.75)}


def drawn(mode: str = "RGB", size: tuple[int, int] = (120, 80)) -> Image.Image:
    image = Image.new("RGB", size, BLUE)
    image.paste(RED, (0, 0, size[0] // 2, size[1]))
    return image.convert(mode)


def saved(image: Image.Image, kind: str, **more: object) -> bytes:
    packed = io.BytesIO()
    image.save(packed, kind, **more)
    return packed.getvalue()


def opened(raw: bytes) -> Image.Image:
    photo = reencode_photo(raw)
    image = Image.open(io.BytesIO(photo.body))
    assert image.format == "JPEG" and image.mode == "RGB" and image.size == (photo.width, photo.height)
    return image


def colour(image: Image.Image, where: str) -> tuple[int, ...]:
    across, down = CENTRES[where]
    found = image.getpixel((int(image.width * across), int(image.height * down)))
    assert isinstance(found, tuple)
    return found


def near(found: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    return all(abs(one - other) < 40 for one, other in zip(found, wanted, strict=True))


def exif(orientation: int, **tags: bytes) -> bytes:
    """Return Exif data with an orientation and a resolution of -1/0, which no program can write again."""
    entries = [
        struct.pack(">HHII", 0x0112, 3, 1, orientation << 16),
        struct.pack(">HHII", 0x011A, 10, 1, 38),
    ]
    directory = struct.pack(">H", len(entries)) + b"".join(entries) + struct.pack(">I", 0)
    return b"Exif\0\0MM\0*" + struct.pack(">I", 8) + directory + struct.pack(">ii", -1, 0)


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_is_stored_with_its_colours(kind: str) -> None:
    image = opened(saved(drawn(), kind))
    assert near(colour(image, "left"), RED) and near(colour(image, "right"), BLUE)


@pytest.mark.parametrize("orientation", TURNED)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_turned_photo_is_upright_although_another_tag_is_malformed(kind: str, orientation: int) -> None:
    image = opened(saved(drawn(), kind, exif=exif(orientation)))
    red, blue = TURNED[orientation]
    assert near(colour(image, red), RED) and near(colour(image, blue), BLUE)
    assert image.size == ((120, 80) if orientation < 5 else (80, 120))


@pytest.mark.parametrize("orientation", TURNED)
def test_a_photo_whose_container_says_how_it_is_turned_is_turned_once(orientation: int) -> None:
    told = Image.Exif()
    told[0x0112] = orientation
    image = opened(saved(drawn(), "HEIF", exif=told.tobytes()))
    red, blue = TURNED[orientation]
    assert near(colour(image, red), RED) and near(colour(image, blue), BLUE)


@pytest.mark.parametrize(
    "broken", [b"Exif\0\0", b"Exif\0\0MM", b"Exif\0\0XX\0*aaaaaaaa", b"Exif\0\0MM\0*\xff\xff\xff\xff"]
)
def test_unreadable_metadata_do_not_matter(broken: bytes) -> None:
    raw = saved(drawn(), "JPEG")
    segment = b"\xff\xe1" + struct.pack(">H", len(broken) + 2) + broken
    assert near(colour(opened(raw[:2] + segment + raw[2:]), "left"), RED)


def clear() -> Image.Image:
    """Return red at the left, nothing at the right, where the colour under the transparency is black."""
    image = Image.new("RGBA", (120, 80), (0, 0, 0, 0))
    image.paste((*RED, 255), (0, 0, 60, 80))
    return image


CLEAR = {
    "png": lambda: saved(clear(), "PNG"),
    "webp": lambda: saved(clear(), "WEBP", lossless=True),
    "gif": lambda: saved(clear(), "GIF"),
    "heic": lambda: saved(clear(), "HEIF"),
    "png with a palette": lambda: saved(clear().quantize(8), "PNG"),
    "png with one transparent colour": lambda: saved(clear().convert("RGB"), "PNG", transparency=(0, 0, 0)),
}


@pytest.mark.parametrize("name", CLEAR)
def test_what_is_transparent_is_white(name: str) -> None:
    image = opened(CLEAR[name]())
    assert near(colour(image, "left"), RED) and near(colour(image, "right"), (255, 255, 255))


def test_grey_with_transparency_is_laid_on_white() -> None:
    image = Image.new("LA", (120, 80), (0, 0))
    image.paste((90, 255), (0, 0, 60, 80))
    found = opened(saved(image, "PNG"))
    assert near(colour(found, "left"), (90, 90, 90)) and near(colour(found, "right"), (255, 255, 255))


def test_grey_of_16_bits_keeps_its_shades() -> None:
    image = Image.new("I;16", (120, 80), 20_000)
    found = opened(saved(image, "PNG"))
    assert near(colour(found, "left"), (78, 78, 78))


@pytest.mark.parametrize("mode", ["CMYK", "L", "YCbCr"])
def test_a_jpeg_of_other_colours_is_stored(mode: str) -> None:
    found = colour(opened(saved(drawn(mode), "JPEG")), "left")
    assert near(found, RED) or mode == "L"


def test_the_first_frame_of_a_moving_picture_is_stored() -> None:
    frames = [drawn(), Image.new("RGB", (120, 80), BLUE)]
    for kind in ("GIF", "WEBP", "PNG"):
        raw = saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)
        assert near(colour(opened(raw), "left"), RED)


@pytest.mark.parametrize("share", [0.02, 0.1, 0.5, 0.9])
@pytest.mark.parametrize("kind", FORMATS)
def test_a_short_file_is_called_damaged(kind: str, share: float) -> None:
    noise = Image.effect_noise((300, 200), 80).convert("RGB")
    raw = saved(noise, kind)
    with pytest.raises(DamagedPhoto):
        reencode_photo(raw[: max(16, int(len(raw) * share))])


@pytest.mark.parametrize(
    "raw", [b"%PDF-1.7", b"\0\0\0 ftypisom", b"<svg/>", saved(drawn(), "TIFF"), saved(drawn(), "BMP")]
)
def test_another_kind_of_file_is_not_called_damaged(raw: bytes) -> None:
    with pytest.raises(NotAPhoto) as why:
        reencode_photo(raw)
    assert why.type is NotAPhoto


def test_a_picture_of_an_author_is_opened_by_the_same_rules() -> None:
    slot = Slot(120, 120, 50_000)
    found = resize_picture(saved(drawn(), "JPEG", exif=exif(6)), slot)
    assert found and (found.width, found.height) == (80, 120)
    with pytest.raises(UnreadablePicture):
        resize_picture(saved(drawn(), "PNG")[:60], slot)


def test_avif_is_not_accepted() -> None:
    """Its decoder believes the picture inside rather than the container: 1.7 KB would take 170 MB and more."""
    with pytest.raises(NotAPhoto) as refused:
        reencode_photo(saved(drawn(), "AVIF"))
    assert type(refused.value) is NotAPhoto
