"""Several official accounts at one address, as LINE has them: the access token says whose call."""

from bot.simulator.platform import Platform
from bot.simulator.wire import Request, Response


class Accounts:
    """Platforms that one server serves; each keeps its own people, tokens, quota and journal."""

    def __init__(self, *platforms: Platform) -> None:
        self._by_token = {f"Bearer {one.account.token}": one for one in platforms}
        self._first = platforms[0]

    def answer(self, request: Request) -> Response:
        """The answer of the account whose token came; of the first one where it is nobody's."""
        token = request.headers.get("authorization", "")
        return self._by_token.get(token, self._first).answer(request)
