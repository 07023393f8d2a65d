"""Which tracks a message names: by plan, by title, by whose they are."""

from collections.abc import Sequence

from bot.handlers.progress.own import (
    Own,
)
from bot.model.edition import Edition
from bot.model.entries import Track
from bot.model.goals import Subject
from bot.understand.small_talk import bare

_SUBJECTS = {
    "班": Subject.CLASS,
    "學校": Subject.SCHOOL,
    "校": Subject.SCHOOL,
    "社群": Subject.COMMUNITY,
    "縣": Subject.COUNTY,
    "教師": Subject.TEACHER,
}


MOST_BESIDE = 4  # characters beside the title of a track


def names_a_track(own: Own, fitting: Sequence[tuple[Edition, Track]], what: str) -> bool:
    """Whether words are the name of a track, of a plan or of whose it is, and no more.

    加入社群要什麼資格 is a question.
    """
    word = own.desk.reader.word
    titles = [bare(word(t.title)) for _, t in fitting]
    names = {bare(word(n)) for e, _ in fitting for n in (e.about.short, *e.about.names)}
    near = [t for t in titles if t in what and len(what) - len(t) <= MOST_BESIDE]
    inside = [t for t in titles if len(what) > 1 and what in t]
    return bool(near or inside) or what in names or what in _SUBJECTS


def tracks_meant(own: Own, folded: str, what: str) -> list[tuple[Edition, Track]]:
    """The tracks that a message means: of the plans that it names, those that its words fit."""
    reader = own.desk.reader
    plans = reader.question(folded, own.incoming.at).plans
    tracks = own.tracks()
    if plans:
        tracks = [(e, t) for e, t in tracks if e.plan in plans]
    elif not what and own.desk.talk.as_of(own.incoming.at).plan:
        plan = own.desk.talk.plan
        return [(e, t) for e, t in tracks if e.plan == plan]
    titles = [(bare(reader.word(t.title)), (e, t)) for e, t in tracks]
    by_title = [of for title, of in titles if title in bare(folded)]
    by_title = by_title or [of for title, of in titles if len(what) > 1 and what in title]
    if by_title:
        return by_title
    subjects = {s for word, s in _SUBJECTS.items() if word in what}
    by_subject = [(e, t) for e, t in tracks if t.subject in subjects]
    return by_subject or (tracks if plans else [])
