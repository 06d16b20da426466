"""A LocalGov Drupal site: its default-content YAML, or what its JSON:API answers."""

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from onestop.intake.page import CannotImport, ImportedPage, Place

_INNER = re.compile(
    r"^(?:revision|uid|status|created|changed|promote|sticky|moderation|path|langcode|default_langcode|content_translation|behavior"
    r"|menu_link|metatag|layout|publish_on|unpublish_on|nid|vid|uuid|type|parent_|drupal_internal|title$|name$|sort_)"
    r"|hide|override|parent|weight|_uid$|_toc|channel|facet|color|colour|style|alignment|enable|show_|display|view_mode|heading_level"
)
_PLAIN = re.compile(r"[A-Za-z]{2}")
_UNSAID = re.compile(
    r"[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\d(?:T[\d:+-]+)?|[a-z]+(?:_[a-z0-9]+)+|internal:.*|entity:.*|base:.*"
)
Fields = dict[str, Any]


def read_drupal(source: Path) -> Iterator[ImportedPage]:
    """Yield a page for each node of a folder of default-content YAML, or of a JSON:API answer."""
    if source.is_dir():
        files = sorted(source.rglob("*.yml"))
        nodes = {str(file): _load_yaml(file) for file in files}
        for name, node in nodes.items():
            if node.get("_meta", {}).get("entity_type") == "node":
                meta = node["_meta"]
                yield _page(name, str(meta.get("uuid", "")), node.get("default", {}))
    else:
        yield from read_json_api(str(source), json.loads(source.read_text(encoding="utf-8")))


def _load_yaml(file: Path) -> Fields:
    try:
        found = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as why:
        raise CannotImport(f"{file} cannot be read: {str(why).splitlines()[0]}") from None
    return found if isinstance(found, dict) else {}


def read_json_api(source: str, answer: Fields) -> Iterator[ImportedPage]:
    """Yield a page for each node of a JSON:API answer; paragraphs are found among `included`."""
    included = {one.get("id"): one for one in answer.get("included") or []}
    data = answer.get("data") or []
    for node in data if isinstance(data, list) else [data]:
        if str(node.get("type", "")).startswith("node--"):
            yield _page(f"{source}#{node.get('id')}", str(node.get("id")), _joined(node, included, 0))


def _joined(node: Fields, included: dict[Any, Fields], depth: int) -> Fields:
    """Return the fields of a JSON:API resource, with the resources it contains in their places."""
    fields: Fields = dict(node.get("attributes") or {})
    for name, relation in (node.get("relationships") or {}).items():
        data = relation.get("data") or []
        inner = [
            included[one["id"]] for one in (data if isinstance(data, list) else [data]) if one.get("id") in included
        ]
        kept = [one for one in inner if str(one.get("type", "")).startswith("paragraph")]
        if kept and depth < 6:
            fields[name] = [{"entity": {"default": _joined(one, included, depth + 1)}} for one in kept]
    return fields


def _page(source: str, uuid: str, fields: Fields) -> ImportedPage:
    title = str(_first(fields.get("title")) or "Untitled")
    body = fields.get("body")
    told = body[0] if isinstance(body, list) and body else body
    summary = str(told.get("summary") or "") if isinstance(told, dict) else ""
    summary = summary or str(_first(fields.get("localgov_directory_summary") or fields.get("field_summary")) or "")
    alias = _alias(fields.get("path"))
    parts = [part for part in alias.split("/") if part]
    page = ImportedPage(source, title, "", parts[0] if len(parts) > 1 else "more", " ".join(summary.split()))
    page.was = [alias] if alias else []
    page.links = [uuid, f"/node/{uuid}"]
    pieces = list(_pieces(fields, page.contact))
    page.html = "\n".join(pieces)
    return page


def _alias(path: Any) -> str:
    found = path[0] if isinstance(path, list) and path else path
    return str(found.get("alias") or "").rstrip("/") if isinstance(found, dict) else ""


def _first(value: Any) -> Any:
    """Return the value of a field that has one: "Bins" for [{value: Bins}]."""
    while isinstance(value, list | dict):
        value = (value[0] if value else None) if isinstance(value, list) else value.get("value")
    return value


def _pieces(fields: Fields, contact: Place) -> Iterator[str]:
    """Yield the HTML of everything that a visitor of the page reads, in the order of its fields."""
    for name, value in fields.items():
        if _INNER.search(name):
            continue
        for item in value if isinstance(value, list) else [value]:
            yield from _item(name, item, contact)


def _item(name: str, item: Any, contact: Place) -> Iterator[str]:
    if isinstance(item, str):
        item = {"value": item}
    if not isinstance(item, dict):
        return
    inner = item.get("entity")
    if isinstance(inner, dict):
        yield from _paragraph(inner.get("default", {}), contact)
    elif isinstance(item.get("value"), dict):
        yield _table(item["value"])
    elif item.get("uri"):
        yield _link(str(item["uri"]), str(item.get("title") or ""))
    elif isinstance(item.get("value"), str) and item["value"].strip():
        yield from _text(name, item, contact)
    elif item.get("address_line1") or item.get("postal_code"):
        keys = ("organization", "address_line1", "address_line2", "locality", "administrative_area", "postal_code")
        lines = [html.escape(str(item[key])) for key in keys if item.get(key)]
        yield f"<address>{'<br>'.join(lines)}</address>"


def _text(name: str, item: Fields, contact: Place) -> Iterator[str]:
    text = item["value"].strip()
    if "format" in item or "processed" in item or re.search(r"</(?:p|li|a|h\d)>", text):
        yield text
    elif "email" in name and "@" in text:
        contact.setdefault("email", text)
        yield f'<p><a href="mailto:{html.escape(text)}">{html.escape(text)}</a></p>'
    elif "phone" in name:
        contact.setdefault("phone", text)
        yield f"<p>{html.escape(text)}</p>"
    elif _PLAIN.search(text) and not _UNSAID.fullmatch(text):
        yield f"<p>{html.escape(text)}</p>"


def _paragraph(fields: Fields, contact: Place) -> Iterator[str]:
    for key in ("title", "localgov_title", "name"):
        heading = _first(fields.get(key))
        if isinstance(heading, str) and heading.strip():
            yield f"<h3>{html.escape(heading.strip())}</h3>"
    yield from _pieces({key: value for key, value in fields.items() if key != "localgov_title"}, contact)


def _table(value: Fields) -> str:
    """Return a table of the module tablefield: rows by number, cells by number."""
    rows = [row for key, row in value.items() if str(key).isdigit() and isinstance(row, dict)]
    cells = [[str(cell) for key, cell in row.items() if str(key).isdigit()] for row in rows]
    drawn = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in cells)
    caption = str(value.get("caption") or "")
    return f"<table>{f'<caption>{html.escape(caption)}</caption>' if caption else ''}{drawn}</table>"


def _link(uri: str, title: str) -> str:
    words = html.escape(title.strip())
    return f'<ul><li><a href="{html.escape(uri.removeprefix("internal:"))}">{words}</a></li></ul>' if words else ""
