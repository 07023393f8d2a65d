"""Pushes: an answer becomes messages and goes to people, without an event to reply to."""

from collections.abc import Sequence
from typing import Any

from bot.errors import NeverWill
from bot.line.outbound import LineClient
from bot.line.render.answer import render
from bot.messages import Answer


class Pusher:
    """Pushes answers over one client; used by all threads of a process."""

    def __init__(self, client: LineClient) -> None:
        self._client = client

    def push(self, user_id: str, answer: Answer, retry_key: str) -> None:
        """Send this answer to this person; raises DeliveryError as `LineClient.push` does."""
        self._client.push(user_id, _messages(answer), retry_key)

    def multicast(self, user_ids: Sequence[str], answer: Answer, retry_key: str) -> None:
        """Send this answer to these people; raises DeliveryError as `LineClient.push` does."""
        self._client.multicast(user_ids, _messages(answer), retry_key)

    def quota(self) -> tuple[int | None, int]:
        """The month's limit and what is used of it, as `LineClient.quota` gives them."""
        return self._client.quota()


def _messages(answer: Answer) -> list[dict[str, Any]]:
    messages = render(answer)
    if not messages:
        raise NeverWill("nothing to say")
    return messages
