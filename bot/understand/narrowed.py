"""A reader of some of the plans alone, for a channel that serves no others."""

from collections.abc import Collection
from dataclasses import replace
from hashlib import sha256

from bot.understand.reader import Reader


def only(reader: Reader, plans: Collection[str]) -> Reader:
    """A reader of these plans with an index of its own: it knows nothing of the others.

    It takes as long as indexing them at the start; ids that no plan has are passed over. What was
    loaded is shared. Its library's version differs from that of any other choice of plans.
    """
    if set(reader.plans) <= set(plans):
        return reader
    kept = tuple(e for e in reader.library.editions if e.plan in plans)
    chosen = (reader.library.version, *sorted({e.plan for e in kept}))
    version = sha256(",".join(chosen).encode()).hexdigest()[: len(reader.library.version) or 12]
    return Reader(replace(reader.library, editions=kept, version=version))
