"""Questions that staff answered, as conversations that tests hold the bot to."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

import yaml

from bot.clock import TAIPEI

TO_FILL_IN = "請改成回覆裡一定要有的字"
LONGEST_LOOKED_FOR = 60  # characters of an answer: enough to know it by


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One question that staff answered, with the supplement that they kept."""

    id: str
    asked_at: datetime  # aware
    before: str  # the question before it in the chat; empty: none
    asked: str
    plan: str
    title: str
    says: tuple[str, ...]
    text: str
    source: str
    expires_on: date


class KeptAnswer(Protocol):
    """An answer of staff's that was kept, as wherever it is kept gives it."""

    @property
    def id(self) -> str: ...
    @property
    def plan(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def says(self) -> tuple[str, ...]: ...
    @property
    def text(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def expires_on(self) -> date: ...


def case_of_kept(kept: KeptAnswer, asked_at: datetime, asked: str, before: str) -> Case:
    """The question whose answer this is, asked at that time after another one."""
    return Case(
        id=f"staff-{kept.id[:12]}",
        asked_at=asked_at,
        before=before,
        asked=asked,
        plan=kept.plan,
        title=kept.title,
        says=kept.says,
        text=kept.text,
        source=kept.source,
        expires_on=kept.expires_on,
    )


def cases_yaml(cases: Iterable[Case]) -> str:
    """The conversations as YAML, in their order; empty where there are none."""
    plain = [_plain(case) for case in cases]
    if not plain:
        return ""
    return yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=100)


def case_of_question(event_id: str, asked_at: datetime, asked: str, expected: str) -> str:
    """One question as a conversation in YAML.

    Args:
        expected: what it should have been answered; empty: whoever keeps the case fills it in.
    """
    looked_for = _looked_for(expected) if expected else [TO_FILL_IN]
    plain = {
        "id": f"asked-{hashlib.sha256(event_id.encode()).hexdigest()[:12]}",
        "kind": "staff",
        "at": f"{asked_at.astimezone(TAIPEI):%Y-%m-%dT%H:%M}",
        "turns": [{"say": asked, "all": looked_for}],
    }
    return yaml.safe_dump([plain], allow_unicode=True, sort_keys=False, width=100)


def _plain(case: Case) -> dict[str, Any]:
    turns: list[dict[str, Any]] = [{"say": case.before}] if case.before else []
    asked = {"say": case.asked, "all": _looked_for(case.text), "cite": [_exactly(case.source)]}
    return {
        "id": case.id,
        "kind": "staff",
        "at": f"{case.asked_at.astimezone(TAIPEI):%Y-%m-%dT%H:%M}",
        "turns": [*turns, asked],
        "supplements": [
            {
                "plan": case.plan,
                "title": case.title,
                "says": list(case.says),
                "text": case.text,
                "source": case.source,
                "expires_on": case.expires_on,
            }
        ],
    }


def _looked_for(text: str) -> Sequence[str]:
    """What must be found in the reply: the beginning of the answer's first line."""
    first = next((line.strip() for line in text.splitlines() if line.strip()), text)
    return [_exactly(first[:LONGEST_LOOKED_FOR])]


def _exactly(text: str) -> str:
    """A regular expression that finds this text in a reply whose characters are folded."""
    return re.escape(unicodedata.normalize("NFKC", text))
