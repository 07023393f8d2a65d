"""Pushes: an answer becomes messages and goes to one person, without an event to reply to."""

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
        messages = render(answer)
        if not messages:
            raise NeverWill("nothing to say")
        self._client.push(user_id, messages, retry_key)
