"""What the sample run has from the start: it fits the real plans, and a restart changes nothing."""

from pathlib import Path

from bot.cli.samples import put_samples
from bot.simulator.schools import SAMPLE_CONTACTS
from bot.store import participations, roster, schema, submissions
from bot.store.engine import open_engine
from tests.understand.plans import real_reader

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"


def test_every_row_of_the_samples_is_taken_and_contacts_have_something_to_see(
    sqlite_url: str,
) -> None:
    engine = open_engine(sqlite_url)
    schema.migrate(engine)
    rows = (KNOWLEDGE / "samples/participations.csv").read_text().splitlines()[1:]
    wanted = {(row.split(",")[0]) for row in rows}

    put_samples(KNOWLEDGE, engine, real_reader())
    with engine.connect() as db:
        plans = [key.split("/")[0] for key in participations.edition_keys(db, "default")]
        taken = {k.participation.school_code for k in participations.of_plans(db, "default", plans)}
        codes = [code for _, code in SAMPLE_CONTACTS]
        before = {code: submissions.of_school(db, "default", code) for code in codes}
        linked = [m.name for m in roster.of_schools(db, "default", codes) if m.user_id]
    put_samples(KNOWLEDGE, engine, real_reader())
    with engine.connect() as db:
        after = {code: submissions.of_school(db, "default", code) for code in codes}
    engine.dispose()

    assert len(plans) == 4
    assert taken == wanted
    assert linked == ["王老師"]
    assert all(any(record.tallies for record in found.values()) for found in before.values())
    assert after == before
