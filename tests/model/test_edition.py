"""An edition: its entries by their ids, and when the last of its dates is over."""

from bot.model.entries import Requirement, Track
from tests.rules.editions import amount, edition, planned, quantity


def test_every_entry_is_found_by_its_id_also_a_tracks_own() -> None:
    item = Requirement(id="hours", title="研習時數", source=("伍",))
    track = Track(id="mentor", title="導師組", source=("伍",), who="導師", items=(item,))
    held = edition(tracks=(track,), amounts=(amount("prize", quantity("500")),))

    assert {name: entry.title for name, entry in held.by_id.items()} == {
        "mentor": "導師組",
        "hours": "研習時數",
        "prize": "prize",
    }
    assert held.by_id.get("nowhere") is None


def test_it_is_over_with_its_last_date() -> None:
    held = edition(dates=(planned("early", "2022-06-08"), planned("late", "2022-07-31/2022-08-02")))

    assert held.closes is not None
    assert held.closes.isoformat() == "2022-08-02T23:59:59+08:00"


def test_without_a_date_it_is_never_over() -> None:
    assert edition().closes is None
