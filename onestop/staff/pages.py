"""Pages of the desk: templates of templates/desk, rendered for one officer and never cached."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from aiohttp import web
from jinja2 import Environment

from onestop.capability import Parts
from onestop.http.plain_text import encode_page
from onestop.http.prepared import prepare, takes_gzip
from onestop.http.security_headers import NO_STORE, page_headers
from onestop.http.static_files import StaticFiles
from onestop.language import Words
from onestop.site.templates import environment

SET = "desk"
STATIC = (".css", ".js")
MINUTE = 60


@lru_cache(maxsize=8)
def desk_templates(templates: Path, files: StaticFiles) -> Environment:
    """Return the compiled templates of the desk; its style sheets and scripts are among the static files from then on."""
    folder = templates / SET
    for file in sorted(folder.iterdir()):
        if file.suffix in STATIC:
            files.replace(file.name, file.read_bytes())
    made = environment([folder], templates, files.address)
    made.filters["moment"] = moment
    for name in made.list_templates(filter_func=lambda name: "/" not in name and name.endswith(".html")):
        made.get_template(name)
    return made


def moment(seconds: int, words: Words) -> str:
    """Return a time in seconds since 1970 as officers read it: "28 November 2026, 09:14"."""
    return _minute(seconds // MINUTE, words)


@lru_cache(maxsize=4096)
def _minute(minutes: int, words: Words) -> str:
    """Return the same of minutes since 1970. Babel takes most of the time of a list, and a list shows many times again and again."""
    when = datetime.fromtimestamp(minutes * MINUTE, words.zone)
    return f"{words.short_date(when.date())}, {words.time(when)}"


def desk_page(
    parts: Parts, request: web.Request, name: str, values: Mapping[str, object], status: int = 200
) -> web.Response:
    """Return the page of a template."""
    markup = desk_templates(parts.templates, parts.files).get_template(name).render(**values)
    headers = page_headers(markup, "text/html", "Cookie", NO_STORE)
    ready = prepare(status, headers, encode_page(markup), once=True)
    wire = ready.packed if takes_gzip(request.headers.get("Accept-Encoding", "")) else ready.plain
    sent = [(header, value) for header, value in wire.headers if header != "ETag"]
    return web.Response(status=status, headers=sent, body=wire.body)
