"""Slow checks skip only pages whose markup was checked already."""

from support.crawl import Fetched
from support.markup_shapes import distinct_pages

SAID = "<html><body><main><h1>Bins</h1><p><a href='/a'>A</a></p>{}</main></body></html>"


def told(*bodies: str) -> list[int]:
    pages = [Fetched(str(number), 200, {}, SAID.format(body).encode()) for number, body in enumerate(bodies)]
    return [int(page.address) for page in distinct_pages(pages)]


def test_a_page_with_the_same_markup_is_skipped() -> None:
    assert told("<p><a href='/x'>X</a></p>", "<p><a href='/y'>Y</a> and <a href='/z'>Z</a></p>") == [0]


def test_a_page_with_new_markup_is_kept() -> None:
    assert told("", "<img src='a' alt='A'>", "<img src='b'>", "<img src='c' alt=''>") == [0, 1, 2, 3]
    assert told("<p>x</p>", "<p class='wide'>x</p>", "<b><a href='/x'>X</a></b>") == [0, 1, 2]
    assert told("<h2>x</h2>", "<h3>x</h3>", "<h2>x</h2><h3>x</h3>") == [0, 1, 2]
    assert told("<p lang='cy'>x</p>", "<p lang='cy'>y</p>", "<p lang='fr'>y</p>") == [0, 2]


def test_without_parents_an_element_in_another_place_is_the_same() -> None:
    pages = [Fetched(str(n), 200, {}, body) for n, body in enumerate((b"<p>x</p><b>y</b>", b"<p><b>x</b></p>"))]
    assert len(list(distinct_pages(pages))) == 2
    assert len(list(distinct_pages(pages, alone=True))) == 1
