"""Screens and their blocks: the interface between domain and channels. Imports no other package of Onestop."""

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
from onestop.screen.means import Means
from onestop.screen.questions import (
    AnswerRow,
    Answers,
    Button,
    Choice,
    DateEntry,
    Entry,
    EntryKind,
    Field,
    Form,
    Option,
    Reference,
    Upload,
)
from onestop.screen.screen import Alert, Link, Screen, split_ending

BLOCK_KINDS: tuple[type, ...] = get_args(Block)

__all__ = [
    "BLOCK_KINDS",
    "Action",
    "Alert",
    "AnswerRow",
    "Answers",
    "Block",
    "Brand",
    "Bullets",
    "Button",
    "Choice",
    "Code",
    "DateEntry",
    "Entry",
    "EntryKind",
    "Facts",
    "Field",
    "Form",
    "Heading",
    "Link",
    "Means",
    "Menu",
    "MenuItem",
    "Note",
    "Option",
    "Paragraph",
    "Picture",
    "Place",
    "Reference",
    "Run",
    "Screen",
    "Search",
    "Steps",
    "Table",
    "Text",
    "Upload",
    "split_ending",
]
