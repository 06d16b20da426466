"""The start page inside a package, shown until the server can be reached."""

from collections.abc import Mapping
from pathlib import Path

from onestop.catalogue.council import Council
from onestop.http.static_files import small
from onestop.site.templates import environment, marked
from tvapp.texts import texts

FOLDER = Path(__file__).parent
SCRIPT = "start.js"


def start_page(council: Council, origin: str, prefix: str) -> Mapping[str, bytes]:
    """Return index.html and its script. `prefix` is the path of the television's pages on the server: "/tv"."""
    texts_by_language = texts(council)
    template = environment([FOLDER], FOLDER, lambda name: name).get_template("start.html")
    page = template.render(
        brand=marked(council.brand(council.languages[0])),
        name=council.name,
        texts=[(code, texts_by_language[code]) for code in council.languages],
        language=council.languages[0],
        origin=origin,
        prefix=prefix,
    )
    return {"index.html": page.encode(), SCRIPT: small((FOLDER / SCRIPT).read_bytes())}
