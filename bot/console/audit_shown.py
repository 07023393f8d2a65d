"""Changes as the audit shows them: names in place of keys, words in place of states."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from bot.answers.broadcast_lines import named
from bot.console.audit_words import WHAT
from bot.console.delivery_words import STATES, reason_words
from bot.import_kinds import KINDS
from bot.imports.report import FATES
from bot.store import broadcasts, schools
from bot.store.audit import AuditNote
from bot.understand.reader import Reader

_ROW_ID = re.compile(r"[0-9a-f]{32}")  # says nothing to people
_PARTS = re.compile(r"([ 、])")
_KEYS: Mapping[str, str] = {fate.value: words for fate, words in FATES.items()}
_STATES: Mapping[str, str] = {state.value: words for state, words in STATES.items()}
_KINDS: Mapping[str, str] = {name: one.about.split("：")[0] for name, one in KINDS.items()}
_WORDS: Mapping[str, Mapping[str, str]] = {"狀態": _STATES, "種類": _KINDS}
_NAMED = ("學校",)  # whose values are codes


@dataclass(frozen=True, slots=True)
class Shown:
    """One change, to be read."""

    note: AuditNote
    title: str
    values: Sequence[tuple[str, str]]  # what it is about, and how it became other


def shown(
    db: Connection, channel_id: str, notes: Sequence[AuditNote], reader: Reader
) -> list[Shown]:
    """The changes as people read them; as many queries for one as for many."""
    names = _names(db, channel_id, notes, reader)
    return [_one(note, names) for note in notes]


def _one(note: AuditNote, names: Mapping[str, str]) -> Shown:
    title = WHAT.get(note.what, note.what)
    subject = _called(note.subject, names)
    keys = [*note.before, *(key for key in note.after if key not in note.before)]
    values = [(_KEYS.get(key, key), _change(note, key, names)) for key in keys]
    return Shown(note, f"{title}：{subject}" if subject else title, values)


def _change(note: AuditNote, key: str, names: Mapping[str, str]) -> str:
    after = _value(key, note.after.get(key, "（無）"), names)
    return f"{_value(key, note.before[key], names)} → {after}" if key in note.before else after


def _value(key: str, value: Any, names: Mapping[str, str]) -> str:
    said = reason_words(value) if key == "錯誤" and value != "（無）" else str(value)
    said = _called(said, names) if key in _NAMED else said
    return _WORDS.get(key, {}).get(said, said) or "（無）"


def _called(subject: str, names: Mapping[str, str]) -> str:
    """What is named, by its name; ids of rows that have none are left out."""
    if subject in ("approval_above",):
        return ""
    said = (names.get(one, "" if _ROW_ID.fullmatch(one) else one) for one in _PARTS.split(subject))
    return "".join(said).strip()


def _names(
    db: Connection, channel_id: str, notes: Iterable[AuditNote], reader: Reader
) -> dict[str, str]:
    """The names of everything that the changes speak of, by what stands for it."""
    texts = [t for n in notes for t in (n.subject, str(n.after.get("學校", "")))]
    words = sorted({one for text in texts for one in _PARTS.split(text)})
    ids = [one for one in words if _ROW_ID.fullmatch(one)]
    found = {e.key: e.about.short for e in reader.library.editions}
    for code, school in schools.find_many(db, channel_id, words).items():
        found[code] = f"{school.name}（{code}）"
    for one in broadcasts.find_many(db, channel_id, ids):
        found[one.id] = named(one.draft.pieces)
    return found
