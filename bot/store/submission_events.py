"""What one message reported as handed in, to be taken back as one; and what was reported lately."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from bot.model.participation import Whose
from bot.model.submission import Deed
from bot.store.submission_tables import ParticipationRow, SubmissionMoveRow


@dataclass(frozen=True, slots=True)
class ReportedMove:
    """So many pieces of a slot that somebody reported."""

    whose: Whose
    slot: str
    count: int


def reported_by(
    db: Connection, channel_id: str, actor_id: str, event_id: str
) -> list[ReportedMove]:
    """What this person's message reported, in its order; one query."""
    rows = db.execute(
        select(
            ParticipationRow.school_code,
            ParticipationRow.plan,
            ParticipationRow.edition,
            SubmissionMoveRow.slot,
            SubmissionMoveRow.count,
        )
        .join(ParticipationRow, ParticipationRow.id == SubmissionMoveRow.participation_id)
        .where(
            SubmissionMoveRow.channel_id == channel_id,
            SubmissionMoveRow.event_id == event_id,
            SubmissionMoveRow.actor_id == actor_id,
            SubmissionMoveRow.deed == Deed.REPORT,
        )
        .order_by(SubmissionMoveRow.turn)
    )
    return [
        ReportedMove(Whose(school_code=row[0], plan=row[1], edition=row[2]), row[3], row[4])
        for row in rows
    ]


def last_by(db: Connection, channel_id: str, actor_id: str, since: datetime) -> str:
    """The event of this person's last deed since then, where it was a report; else empty."""
    row = db.execute(
        select(SubmissionMoveRow.event_id, SubmissionMoveRow.deed)
        .where(
            SubmissionMoveRow.channel_id == channel_id,
            SubmissionMoveRow.actor_id == actor_id,
            SubmissionMoveRow.at >= since,
        )
        .order_by(SubmissionMoveRow.at.desc())
        .limit(1)
    ).one_or_none()
    return row.event_id if row is not None and row.deed is Deed.REPORT else ""


def net_reports(
    db: Connection, channel_id: str, participation_id: str, since: datetime
) -> list[dict[str, int]]:
    """What each report since then reported and was not taken back: slot → count, by report."""
    rows = db.execute(
        select(SubmissionMoveRow)
        .where(
            SubmissionMoveRow.channel_id == channel_id,
            SubmissionMoveRow.participation_id == participation_id,
            SubmissionMoveRow.deed.in_((Deed.REPORT, Deed.TAKE_BACK)),
            SubmissionMoveRow.at >= since,
        )
        .order_by(SubmissionMoveRow.turn)
    ).mappings()
    reports: dict[str, dict[str, int]] = {}
    for row in rows:
        if row["deed"] is Deed.REPORT:
            reports.setdefault(row["event_id"], {})[row["slot"]] = row["count"]
            continue
        for event_id in reversed(reports):
            if reports[event_id].get(row["slot"]) == row["count"]:
                del reports[event_id][row["slot"]]
                break
    return [report for report in reports.values() if report]
