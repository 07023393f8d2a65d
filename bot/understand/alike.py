"""Texts that say nearly the same, put together: for whoever looks at many of them."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process

ALIKE = 70.0  # of 100: how alike two folded texts must be


def groups_of(keys: Sequence[str], alike: float = ALIKE) -> list[list[int]]:
    """The places of texts that are like one another, the largest group first.

    Each text belongs to the group whose first text it is most like, or begins one of its own; so
    the order of the texts counts. Groups of one size stand in the order of their first texts.

    Args:
        keys: folded, so that signs and scripts do not tell them apart.

    >>> groups_of(["停車場在哪", "何時截止", "停車場在哪裡"])
    [[0, 2], [1]]
    """
    found: list[list[int]] = []
    firsts: list[str] = []
    for place, key in enumerate(keys):
        best = process.extractOne(key, firsts, scorer=fuzz.ratio, score_cutoff=alike)
        if best is None:
            firsts.append(key)
            found.append([place])
        else:
            found[best[2]].append(place)
    return sorted(found, key=lambda group: (-len(group), group[0]))
