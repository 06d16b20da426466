"""Application packages for television app stores: a start page on the set that opens the server."""

import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from channels.tv import CHANNEL
from onestop.capability import CommandFailed
from onestop.catalogue.council import Council
from onestop.catalogue.source.load import load
from tvapp.crest import draw_icon
from tvapp.package_start_page import start_page

VERSION = "1.0.0"
"""Stores accept an update only with a higher number; pages from the server change without one."""
ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]+)?")
EARLIEST_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest date of a zip file, so that equal packages have equal bytes."""
Files = Mapping[str, bytes]


class PackageError(CommandFailed):
    """No package can be made. The message is one line for the operator."""


@dataclass(frozen=True, slots=True)
class StorePackage:
    """The council of a package, and the `origin` it opens, without a trailing slash."""

    council: Council
    origin: str

    @property
    def host(self) -> str:
        return urlsplit(self.origin).hostname or ""

    @property
    def name(self) -> str:
        return self.council.brand(self.council.languages[0]).short

    def icon(self, *size: int) -> bytes:
        """Return the crest as a PNG of this width and height in px."""
        colours = self.council.colours
        made = io.BytesIO()
        picture = draw_icon(
            (size[0], size[-1]), self.council.crest, colours["dark_ground"], self.name, colours["dark_text"]
        )
        picture.save(made, "PNG", optimize=True)
        return made.getvalue()


def pack(kind: str, content: Path, url: str, out: Path) -> Iterable[Path]:
    """Write the package of one store to a folder below `out`, and return the paths written. Raise PackageError.

    `url` is the origin it opens; that of council.yaml if empty.
    """
    if kind not in MAKERS:
        raise PackageError(f"there is no store called {kind}: {' or '.join(MAKERS)}")
    council = _council(content)
    package = StorePackage(council, origin_of(url or council.address))
    files = MAKERS[kind](package)
    word = re.sub(r"[^a-z0-9]+", "-", package.name.lower()).strip("-") or "council"
    folder = out / f"{word}-{kind}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, body in files.items():
            (folder / name).write_bytes(body)
        if kind != TIZEN:
            return [folder]
        widget = out / f"{word}-{kind}.wgt"
        widget.write_bytes(_zipped(files))
        return [folder, widget]
    except OSError as why:
        raise PackageError(f"{folder} cannot be written: {why.strerror}") from None


def origin_of(url: str) -> str:
    """Return the origin of an operator's URL. Plain HTTP is accepted only for a private network. Raise PackageError."""
    found = url.rstrip("/")
    if not ORIGIN.fullmatch(found):
        raise PackageError(f"--url {url}: not an origin like https://www.eastmere.example, without a path")
    if found.startswith("http://") and not _at_home(urlsplit(found).hostname or ""):
        raise PackageError(f"--url {url}: stores want https://; http:// is only for trying out on your own network")
    return found


def _at_home(host: str) -> bool:
    try:
        return ip_address(host).is_private
    except ValueError:
        return host == "localhost" or host.endswith(".local")


def _council(content: Path) -> Council:
    if not content.is_dir():
        raise PackageError(f"there is no folder {content} to read the council from")
    catalogue = load(content, datetime.now(UTC).date()).catalogue
    if catalogue is None:
        raise PackageError(f"the catalogue has faults: python server.py check {content}")
    return catalogue.council


def _tizen(package: StorePackage) -> Files:
    """Return the files for Samsung from 2015. The ten-letter package id is a digest of the server's host."""
    name = "T" + blake2b(package.host.encode(), digest_size=8).hexdigest()[:9]
    config = f"""<?xml version="1.0" encoding="UTF-8"?>
<widget xmlns="http://www.w3.org/ns/widgets" xmlns:tizen="http://tizen.org/ns/widgets" id={quoteattr(f"{package.origin}/tv")} version="{VERSION}" viewmodes="maximized">
<tizen:application id="{name}.Onestop" package="{name}" required_version="2.3"/>
<name>{escape(package.name)}</name>
<author href={quoteattr(package.origin)}>{escape(package.council.name(package.council.languages[0]))}</author>
<content src="index.html"/>
<icon src="icon.png"/>
<feature name="http://tizen.org/feature/screen.size.all"/>
<tizen:profile name="tv-samsung"/>
<tizen:privilege name="http://tizen.org/privilege/internet"/>
<tizen:privilege name="http://tizen.org/privilege/tv.inputdevice"/>
<access origin={quoteattr(package.origin)} subdomains="false"/>
<tizen:allow-navigation>{escape(package.host)}</tizen:allow-navigation>
<tizen:setting screen-orientation="landscape" context-menu="disable" background-support="disable" encryption="disable" install-location="auto" hwkey-event="enable"/>
</widget>
"""  # noqa: E501
    return {
        "config.xml": config.encode(),
        **_common(package),
        "icon.png": package.icon(117),
        "store.png": package.icon(512, 423),
    }


def _webos(package: StorePackage) -> Files:
    """Return the files for LG from 2014. The set handles Back: one step in the history, and at its end out of the application."""
    parts = [part for part in package.host.lower().split(".") if part != "www"]
    info = {
        "id": ".".join([*reversed(parts), "onestop"]),
        "title": package.name,
        "main": "index.html",
        "icon": "icon.png",
        "largeIcon": "largeIcon.png",
        "type": "web",
        "version": VERSION,
        "vendor": package.council.name(package.council.languages[0]),
        "resolution": "1280x720",
        "bgColor": package.council.colours["dark_ground"],
        "disableBackHistoryAPI": False,
    }
    body = json.dumps(info, ensure_ascii=False, indent=2).encode() + b"\n"
    return {"appinfo.json": body, **_common(package), "icon.png": package.icon(80), "largeIcon.png": package.icon(130)}


def _common(package: StorePackage) -> Files:
    return start_page(package.council, package.origin, CHANNEL.prefix)


def _zipped(files: Files) -> bytes:
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(ZipInfo(name, EARLIEST_ZIP_DATE), body, ZIP_DEFLATED)
    return made.getvalue()


TIZEN = "tizen"
MAKERS: Mapping[str, Callable[[StorePackage], Files]] = {TIZEN: _tizen, "webos": _webos}
KINDS = tuple(MAKERS)
