"""The access log holds no ticket and no word that somebody typed, however the address was written."""

import pytest

from onestop.server.access_log import logged_path


@pytest.mark.parametrize(
    "path",
    [
        "/M/PLANTED", "//M/PLANTED", "/%4D/PLANTED", "/m/PLANTED", "http://x/M/PLANTED", "HTTP://x//M/PLANTED", "/%254D/PLANTED",
        "/search/PLANTED", "/SEARCH/PLANTED", "/search%2FPLANTED", "/tv/~x/cy/search/PLANTED", "/preview/search/PLANTED",
        "/speech/at/search/PLANTED.mp3", "/search?q=PLANTED", "/search%3Fq=PLANTED", "/bins#PLANTED", "//search//PLANTED",
    ],
)  # fmt: skip
def test_typed_text_is_not_logged(path: str) -> None:
    assert "PLANTED" not in logged_path(path, 200)


def test_addresses_of_pages_are_logged_and_unknown_ones_are_not() -> None:
    assert logged_path("/tv/bins/missed-bin/2?x=1", 200) == "/tv/bins/missed-bin/2"
    assert logged_path("/search", 200) == "/search"
    assert logged_path("/search/", 200) == "/search/..."
    assert logged_path("/my-name-is-PLANTED", 404) == "/..."


@pytest.mark.parametrize("status", [301, 400, 404, 412, 414, 417, 431, 505])
def test_an_address_that_was_not_looked_up_is_not_logged(status: int) -> None:
    for path in ("/M\\PLANTED", "/M;/PLANTED/", "/M%2525252FPLANTED", "/m./PLANTED"):
        assert logged_path(path, status) == "/..."
