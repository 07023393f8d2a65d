"""People who ask, for the pages on which staff look at what they asked."""

from bot.dispatch import Office
from bot.handlers.table import handle
from bot.links import Links
from tests.console.office import ADDRESS, JUNE, OfficeOfTests
from tests.handlers.whole_bot import Bot


def people_of(office: OfficeOfTests) -> Bot:
    """Everybody who writes to the bot of this office."""
    links = Links(ADDRESS, "a key of a test's own")
    return Bot(Office(office.engine, handle, office.reader, links), at=JUNE)
