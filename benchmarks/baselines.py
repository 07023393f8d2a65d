"""What a school would otherwise pick to answer questions: three ways to find the nearest text.

Each gives its best text for a question, and a score: below some threshold it does not know.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import bm25s
import jieba
from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks.paragraphs import Paragraph
from bot.answers.cards import card_for
from bot.answers.wanted import Wanted
from bot.cli.plain import plain
from bot.messages import Answer
from bot.model.edition import Edition, Library
from bot.model.entries import Entry
from evaluation.askable import in_term
from evaluation.patterns import fold


@dataclass(frozen=True, slots=True)
class Hit:
    """The best text for a question, and how well it fits by the baseline's own measure."""

    text: str  # folded
    score: float


class Baseline(Protocol):
    """Finds the nearest text; knows no plan, no conversation and no day."""

    name: str

    def best(self, question: str, at: datetime) -> Hit:
        """The nearest text to a question that is asked at this time."""


@dataclass(frozen=True, slots=True)
class Told:
    """An entry as the bot's own card tells it: the state of a date on the day it is asked."""

    edition: Edition
    entry: Entry

    def at(self, now: datetime) -> str:
        """The words of the card."""
        card = card_for(self.edition, self.entry, Wanted(known={}, wants=frozenset(), now=now))
        return fold(plain(Answer((card,))))


def entries_told(library: Library) -> list[Told]:
    """Every entry of every plan."""
    return [Told(edition, entry) for edition in library.editions for entry in edition.entries()]


class QuestionPairs:
    """rapidfuzz over question–answer pairs: each title and `says` with its entry's answer.

    Each question is kept with its plan's short name before it, and compared by `fuzz.ratio`: of
    the scorers tried (ratio, partial_ratio, WRatio; with the name and without) that is the best.
    """

    name = "rapidfuzz，問答對"

    def __init__(self, library: Library) -> None:
        pairs = [
            (fold(told.edition.about.short + asked), told)
            for told in entries_told(library)
            for asked in (told.entry.title, *told.entry.says)
        ]
        self._asked = [asked for asked, _ in pairs]
        self._told = [told for _, told in pairs]

    def best(self, question: str, at: datetime) -> Hit:
        """The answer whose question is the likest."""
        found = process.extractOne(fold(question), self._asked, scorer=fuzz.ratio)
        return Hit(self._told[found[2]].at(at), found[1])


class Texts(Protocol):
    """Texts that are searched, and what is shown of one."""

    indexed: Sequence[str]

    def shown(self, number: int, at: datetime) -> str:
        """The text that answers."""


class EntryTexts:
    """The answers of the entries, taken for a document's paragraphs."""

    def __init__(self, library: Library) -> None:
        self._told = entries_told(library)
        self.indexed: Sequence[str] = [told.at(in_term(told.edition)) for told in self._told]

    def shown(self, number: int, at: datetime) -> str:
        """The entry's card on that day."""
        return self._told[number].at(at)


class DocumentTexts:
    """The paragraphs of real documents; each is found by its document's title, too."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self._paragraphs = paragraphs
        self.indexed: Sequence[str] = [fold(f"{p.document}\n{p.text}") for p in paragraphs]

    def shown(self, number: int, at: datetime) -> str:
        """The paragraph, the same on every day."""
        return self.indexed[number]


class Bm25:
    """BM25 over words that jieba cuts."""

    name = "BM25＋jieba"

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._index = bm25s.BM25()
        self._index.index([_words(t) for t in texts.indexed], show_progress=False)

    def best(self, question: str, at: datetime) -> Hit:
        """The text with the highest score."""
        known = [word for word in _words(fold(question)) if word in self._index.vocab_dict]
        if not known:
            return Hit("", 0.0)
        scores = self._index.get_scores(known)
        number = int(scores.argmax())
        return Hit(self._texts.shown(number, at), float(scores[number]))


class Tfidf:
    """TF-IDF of character n-grams (1 to 3), by cosine."""

    name = "TF-IDF，字元 n-gram"

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True)
        self._matrix = self._vectorizer.fit_transform(texts.indexed)

    def best(self, question: str, at: datetime) -> Hit:
        """The text with the highest cosine."""
        scores = (self._matrix @ self._vectorizer.transform([fold(question)]).T).toarray()
        number = int(scores.argmax())
        return Hit(self._texts.shown(number, at), float(scores[number][0]))


def _words(text: str) -> list[str]:
    return [word for word in jieba.lcut(text.lower()) if word.strip()]


def over_entries(library: Library) -> Iterator[Baseline]:
    """The baselines with the project's own entries as what they search."""
    yield QuestionPairs(library)
    texts = EntryTexts(library)
    yield Bm25(texts)
    yield Tfidf(texts)


def over_documents(paragraphs: Sequence[Paragraph]) -> Iterator[Baseline]:
    """The baselines that search paragraphs, over real documents."""
    texts = DocumentTexts(paragraphs)
    yield Bm25(texts)
    yield Tfidf(texts)
