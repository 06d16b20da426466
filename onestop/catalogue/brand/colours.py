"""The council's colours: the roles of each theme, and the contrast that each pair must reach."""

import re
from collections.abc import Mapping

from onestop.authoring.faults import nearest
from onestop.authoring.source import Source
from onestop.authoring.tree import Tree

_COLOUR = re.compile(r"#[0-9a-f]{6}")

# Foreground/background pairs by the contrast they must reach. WCAG 2.2: 7 is AAA, 4.5 is AA, 3 is for graphics (1.4.11);
# with 1 the colour need only be given.
_DISTANT: dict[float, str] = {
    7: "text/ground quiet/ground teal/ground text/box focus_text/focus",
    3: "focus/ground rule/ground",
}
_TOUCH: dict[float, str] = {
    7: "text/ground text/tile quiet/ground quiet/tile bar_text/bar attention_text/attention action_deep/tile "
    "action_text/action_deep",
    3: "action/ground action/tile",
}
_HANDHELD: dict[float, str] = {
    4.5: "text/ground quiet/ground link/ground action_text/action bar_text/bar bar_quiet/bar text/foot quiet/foot "
    "link/foot notice_text/notice",
    1: "notice_edge/notice rule/ground",
}
THEMES: dict[str, dict[float, str]] = {
    "dark": _DISTANT,
    "light": _TOUCH,
    "day": _HANDHELD,
    "night": _HANDHELD,
}


def _sides(pair: str) -> tuple[str, str]:
    over, _, under = pair.partition("/")
    return over, under


PAIRS: dict[str, list[tuple[str, str, float]]] = {
    theme: [(*_sides(pair), least) for least, pairs in contrasts.items() for pair in pairs.split()]
    for theme, contrasts in THEMES.items()
}
ROLES = {
    theme: tuple(dict.fromkeys(role for over, under, _ in pairs for role in (over, under)))
    for theme, pairs in PAIRS.items()
}


def check_colours(source: Source, tree: Tree) -> Mapping[str, str]:
    """Return the colours by ``theme_role``. Missing and unknown roles and too little contrast are faults."""
    themes = _themes(tree)
    for theme in themes:
        if theme not in ROLES:
            source.fault(tree.key(("colours", theme)), f"there is no theme `{theme}`{nearest(theme, ROLES)}")
    for theme, roles in ROLES.items():
        if theme in themes:
            _check_roles(source, tree, theme, themes[theme])
            _check_pairs(source, tree, theme, themes[theme])
        else:
            source.fault(tree.key(("colours",)), f"the theme `{theme}` is missing: give {', '.join(roles)}")
    return {f"{theme}_{role}": colour for theme, roles in themes.items() for role, colour in roles.items()}


def _themes(tree: Tree) -> dict[str, dict[str, str]]:
    """Return the given themes. A value that is no colour is a fault of the shape already."""
    given = tree.data.get("colours")
    themes = given.items() if isinstance(given, dict) else ()
    return {
        name: {role: str(colour) for role, colour in roles.items()} for name, roles in themes if isinstance(roles, dict)
    }


def _check_roles(source: Source, tree: Tree, theme: str, given: Mapping[str, str]) -> None:
    for role in given:
        if role not in ROLES[theme]:
            message = f"there is no colour `{role}` in `{theme}`{nearest(role, ROLES[theme])}"
            source.fault(tree.key(("colours", theme, role)), message)
    for role in ROLES[theme]:
        if role not in given:
            source.fault(tree.key(("colours", theme)), f"the colour `{role}` is missing in `{theme}`")


def _check_pairs(source: Source, tree: Tree, theme: str, given: Mapping[str, str]) -> None:
    for over, under, least in PAIRS[theme]:
        if _COLOUR.fullmatch(given.get(over, "")) and _COLOUR.fullmatch(given.get(under, "")):
            reached = contrast(given[over], given[under])
            if reached < least:
                message = f"`{over}` on `{under}` has a contrast of {reached:.1f}:1: it needs {least:g}:1"
                source.fault(tree.value(("colours", theme, over)), message)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two ``#rrggbb`` colours by WCAG 2.2, from 1 to 21 (black on white)."""
    lights = sorted((_light(one), _light(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _light(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
