"""Style sheets for languages that are written from right to left."""

import pytest

from channels.mirrored_css import TURNED, mirrored


@pytest.mark.parametrize(
    ("css", "turned"),
    [
        ("ul{padding-left:1em}", "ul{padding-right:1em}"),
        ("a{float:right;margin-left:24px}", "a{float:left;margin-right:24px}"),
        ("a{left:0;right:4px;top:1px}", "a{right:0;left:4px;top:1px}"),
        ("a{margin:0 1px 2px 3px;padding:0 4px}", "a{margin:0 3px 2px 1px;padding:0 4px}"),
        ("a{border-radius:0 8px 7px 1px}", "a{border-radius:8px 0 1px 7px}"),
        ("a{border-left-color:red;text-align:left}", "a{border-right-color:red;text-align:right}"),
        ("a{border-top-left-radius:2px}", "a{border-top-right-radius:2px}"),
        ('a{background:url("data:left:1") no-repeat 0 4px}', 'a{background:url("data:left:1") no-repeat 100% 4px}'),
        (".left{color:red}.go-left:focus{top:0}", ".left{color:red}.go-left:focus{top:0}"),
        ("a{border-width:0 0 0 1px}", "a{border-width:0 1px 0 0}"),
    ],
)  # fmt: skip
def test_left_and_right_are_exchanged(css: str, turned: str) -> None:
    assert mirrored(css) == turned + TURNED
    assert mirrored(turned).removesuffix(TURNED).replace("100% 4px", "0 4px") == css
