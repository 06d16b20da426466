"""The crest is part of every page: it may contain no script, link or external resource."""

import pytest

from onestop.catalogue.brand.crest import clean_crest

GOOD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><linearGradient id="a"/><path fill="url(#a)" d="M0 0h4"/></svg>'


def test_shapes_and_gradients_are_kept() -> None:
    kept = clean_crest(GOOD)
    assert kept and 'fill="url(#a)"' in kept and kept.startswith("<svg ") and kept.count("xmlns") == 1
    assert clean_crest('<svg viewBox="0 0 4 4"><path d="M0 0h4"/></svg>')
    assert clean_crest(
        '<svg><g transform="translate(1,2) rotate(3 4 5) skewX(1)"><path fill="rgb(1,2,3)" mask="url(#a)"/></g></svg>'
    )


@pytest.mark.parametrize(
    "inside",
    [
        '<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>', "<script>alert(1)</script>", "<path/onload='x()'/>",
        '<path onload="x()"/>', '<image href="https://evil.example/x.png"/>', "<style>@import 'https://evil.example/x.css'</style>",
        '<path style="fill:url(https://evil.example)"/>', '<path fill="url(https://evil.example/#a)"/>', "<a><path/></a>",
        '<use href="#a"/>', '<path fill="&#106;avascript:x"/>', "<foreignObject/>", "<animate/>", "<!-- x -->", "<?x?>",
        '<path xmlns:x="http://www.w3.org/1999/xlink" x:href="#a"/>', '<path xmlns="http://www.w3.org/1999/xhtml"/>', "<path>", "&x;",
        """<path mask="image-set('//evil.example/x' 1x)"/>""", """<path mask="image('//evil.example/x')"/>""",
        """<path fill="src('//evil.example/x')"/>""", '<path fill="url/**/(//evil.example/x)"/>', '<path fill="var(--x)"/>',
        "<g>" * 9000 + "</g>" * 9000,
    ],
)  # fmt: skip
def test_elements_other_than_shapes_are_rejected(inside: str) -> None:
    assert clean_crest(GOOD.replace("</svg>", inside + "</svg>")) is None


def test_entities_are_never_expanded() -> None:
    assert clean_crest('<!DOCTYPE svg [<!ENTITY a "b">]>' + GOOD) is None
