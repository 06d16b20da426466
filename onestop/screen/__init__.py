"""The waist: what is shown or asked. Imports nothing of ours."""

from typing import get_args

from onestop.screen.blocks import (
    Action,
    Block,
    Bullets,
    Code,
    Facts,
    Heading,
    Menu,
    MenuItem,
    Note,
    Paragraph,
    Picture,
    Place,
    Run,
    Search,
    Steps,
    Table,
    Text,
)
from onestop.screen.brand import Brand
from onestop.screen.screen import Alert, Link, Screen

BLOCK_KINDS: tuple[type, ...] = get_args(Block)

__all__ = [
    "BLOCK_KINDS",
    "Action",
    "Alert",
    "Block",
    "Brand",
    "Bullets",
    "Code",
    "Facts",
    "Heading",
    "Link",
    "Menu",
    "MenuItem",
    "Note",
    "Paragraph",
    "Picture",
    "Place",
    "Run",
    "Screen",
    "Search",
    "Steps",
    "Table",
    "Text",
]
