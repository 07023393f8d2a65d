"""What is still to be confirmed in a plan file, as lines for the terminal."""

from collections.abc import Iterator
from dataclasses import fields

from bot.catalog.confirmation import open_entries
from bot.catalog.sheet import Sheet
from bot.model.entries import Entry, Track

LISTED = 6  # entries of one section that are named


def waiting_lines(sheet: Sheet) -> Iterator[str]:
    """How many entries wait, then each section with the first of them and their lines."""
    edition = sheet.edition
    waiting = {entry.id for entry in open_entries(edition)}
    if not waiting:
        return
    total = sum(1 for _ in edition.entries())
    yield f"待確認 {sheet.file}：{total} 項中還有 {len(waiting)} 項，機器人不會拿來回答："
    for section in fields(edition):
        value = getattr(edition, section.name)
        found = [e for e in value if isinstance(e, Entry)] if isinstance(value, tuple) else []
        found = [e for e in found if e.id in waiting]
        if section.name == "school_terms":
            yield from _terms(sheet)
        if found:
            named = "、".join(f"{e.id}（第{sheet.line(e)}行）" for e in found[:LISTED])
            more = "……" if len(found) > LISTED else ""
            inside = sum(len(e.items) for e in found if isinstance(e, Track))
            items = f"，連同底下{inside}項" if inside else ""
            yield f"  {section.name} {len(found)} 項{items}：{named}{more}"
    yield "  和文件核對後改好內容，再刪掉那一項的 to_confirm: true。"


def _terms(sheet: Sheet) -> Iterator[str]:
    """School terms that wait: they keep open each track that counts by term."""
    waiting = [t for t in sheet.edition.school_terms if t.to_confirm]
    if waiting:
        named = "、".join(f"{t.id}（第{sheet.line(t)}行）" for t in waiting)
        yield f"  school_terms {len(waiting)} 個學期：{named}"
