"""The shapes of maps in the gazetteer."""

import json
import sqlite3
from collections.abc import Sequence

from onestop.places.map_shape import Box, MapShape, box_of

MOST = 20_000


def write_shapes(connection: sqlite3.Connection, shapes: Sequence[MapShape]) -> None:
    """Replace every shape of the kinds that an import has."""
    for kind in {shape.kind for shape in shapes}:
        connection.execute("DELETE FROM map_boxes WHERE id IN (SELECT id FROM map_shapes WHERE kind = ?)", (kind,))
        connection.execute("DELETE FROM map_shapes WHERE kind = ?", (kind,))
    for shape in shapes:
        row = (shape.kind, shape.name, json.dumps(shape.points))
        number = connection.execute("INSERT INTO map_shapes (kind, name, points) VALUES (?, ?, ?)", row).lastrowid
        box = box_of(shape)
        connection.execute(
            "INSERT INTO map_boxes VALUES (?, ?, ?, ?, ?)", (number, box.south, box.north, box.west, box.east)
        )


def read_shapes(connection: sqlite3.Connection, box: Box) -> Sequence[MapShape]:
    """Return the shapes that touch a box. Raises sqlite3.Error for a gazetteer of an earlier version."""
    rows = connection.execute(
        "SELECT s.kind, s.name, s.points FROM map_boxes b JOIN map_shapes s ON s.id = b.id "
        "WHERE b.north >= ? AND b.south <= ? AND b.east >= ? AND b.west <= ? LIMIT ?",
        (box.south, box.north, box.west, box.east, MOST),
    )
    return [MapShape(kind, name, tuple(map(tuple, json.loads(points)))) for kind, name, points in rows]
