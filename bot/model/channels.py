"""Channels: the LINE official accounts that one deployment speaks for."""

import re
from dataclasses import dataclass, field

# Of an account's own user id, by which its webhooks say whom they are for.
DESTINATION = re.compile(r"U[0-9a-f]{32}", re.ASCII)
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,31}", re.ASCII)  # what the id of a channel may be


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One LINE official account, with its own people, schools, staff and quota."""

    id: str
    secret: str = field(repr=False)  # signs what LINE sends us
    old_secret: str = field(default="", repr=False)  # taken too, while the secret is replaced
    token: str = field(default="", repr=False)  # lets us speak
    title: str = ""  # as those who run the deployment call it
    destination: str = ""  # the account's own user id; empty: nobody told us
    plans: tuple[str, ...] = ()  # ids of those that it answers from; empty: all
