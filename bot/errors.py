"""Every deliberate error.

BotError
├── AskAgain         the person can mend it; `say` is the sentence to answer with
│   └── Refused          it may not be, or cannot be any more; nothing was done
├── KnowledgeError   plan files are wrong; `findings` names file, line, entry, cure: start-up stops
├── SettingsError    the environment is wrong; names the setting and the cure: start-up stops
├── SealBroken       a secret that was kept cannot be read: the key changed since
├── BadWebhook       forged, missing or malformed: answered with 400, nothing done
└── DeliveryError    LINE, or the mail server, did not take a message
    ├── TryLater     network, 429 for rate, 5xx: the same again, later
    │   └── PerhapsTaken    a mail: nobody knows whether it was taken
    ├── NeverWill    this message: 400, 404: closed with its reason
    │   └── AddressRefused  a mail: there is no such mailbox
    └── NotAllowed   us: 401, 403, monthly limit: the line stops, nothing is lost
"""

from collections.abc import Sequence
from dataclasses import dataclass


class BotError(Exception):
    """Base of every deliberate error."""


class AskAgain(BotError):
    """The person can mend it; `say` is the sentence that answers them."""

    def __init__(self, say: str) -> None:
        super().__init__(say)
        self.say = say


class Refused(AskAgain):
    """A deed that may not be, or cannot be any more; nothing was done, and `say` says why."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing wrong in a plan file, and how to mend it."""

    file: str  # relative to the knowledge folder
    line: int  # from 1; 0: the whole file
    entry: str  # id of the entry, or the section
    what: str  # 中文: what is wrong
    cure: str  # 中文: what to do

    def __str__(self) -> str:
        at = f"{self.file}:{self.line}" if self.line else self.file
        entry = f" [{self.entry}]" if self.entry else ""
        return f"{at}{entry} {self.what}→ {self.cure}"


class KnowledgeError(BotError):
    """Plan files are wrong; carries everything that is wrong at once."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = tuple(findings)


class SettingsError(BotError):
    """A setting is missing or wrong; the message names it and the cure."""


class SealBroken(BotError):
    """A sealed secret that cannot be read: sealed with another key, changed, or never sealed."""


class BadWebhook(BotError):
    """A webhook call that is forged, unsigned or malformed."""


class DeliveryError(BotError):
    """LINE, or the mail server, did not take a message."""


class TryLater(DeliveryError):
    """Network, 429 for rate, 5xx: the same again, later."""


class PerhapsTaken(TryLater):
    """A mail whose server was not heard of any more after it was handed in."""


class NeverWill(DeliveryError):
    """This message will never be taken: 400, 404."""


class AddressRefused(NeverWill):
    """A mail to a mailbox that does not exist."""


class NotAllowed(DeliveryError):
    """We may not send: 401, 403, monthly limit."""
