"""What somebody reported and what the office's lists say of them, as one account.

The same thing counts once, whoever says it; what the office says is vouched for by staff.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.model.deeds import Deed, Vouched
from bot.model.roster import Completion


def with_completions(deeds: Sequence[Deed], completions: Sequence[Completion]) -> tuple[Deed, ...]:
    """The deeds with what lists say of them, then what only lists know, each in its order.

    A part is the same whenever it was done; then the list's day holds. All else is the same where
    the day is: so many of a list as of the reports, one for one. Where a report says more than the
    list, the report stands as it is.
    """
    left = list(completions)
    merged: list[Deed] = []
    for deed in deeds:
        same = next((c for c in left if _is_same(deed, c)), None)
        if same is None:
            merged.append(deed)
            continue
        left.remove(same)
        merged.append(_vouched(deed, same))
    return (*merged, *(_deed(one) for one in left))


def _is_same(deed: Deed, completion: Completion) -> bool:
    if (deed.requirement, deed.part) != (completion.requirement, completion.part):
        return False
    return bool(deed.part) or deed.on == completion.on


def _vouched(deed: Deed, by: Completion) -> Deed:
    if deed.count > by.count:
        return deed
    return replace(deed, on=by.on, count=by.count, vouched=Vouched.STAFF, is_imported=True)


def _deed(completion: Completion) -> Deed:
    return Deed(
        id=f"{completion.member_id}/{completion.fact}",
        requirement=completion.requirement,
        on=completion.on,
        part=completion.part,
        count=completion.count,
        vouched=Vouched.STAFF,
        is_imported=True,
    )
