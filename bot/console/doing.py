"""Who does something: a colleague as the deeds of `console_work` know them."""

from bot.console.door import Backstage, Colleague
from bot.console_work.doer import Doer


def doer_of(backstage: Backstage, colleague: Colleague) -> Doer:
    """This colleague at work."""
    return Doer(
        engine=backstage.engine,
        channel_id=colleague.channel_id,
        account_id=colleague.account.id,
        mail=colleague.account.mail,
        now=colleague.now,
        real_now=colleague.real_now,
    )


def page_of(text: str | None) -> int:
    """The page that an address names, counted from 0; what is none is the first."""
    return min(int(text), 10_000) if text and text.isascii() and text.isdigit() else 0
