"""The channel as LINE sees it, for `bot line check`. The only importer of the SDK."""

from dataclasses import dataclass
from typing import Any

import urllib3
from linebot.v3.messaging import ApiClient, Configuration, MessagingApi
from linebot.v3.messaging.exceptions import ApiException

from bot.errors import DeliveryError, NeverWill, NotAllowed, TryLater

TIMEOUT = (3, 15)  # to connect, to read: a webhook test calls us back before it answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Who the access token speaks for."""

    name: str
    basic_id: str
    user_id: str  # by which its webhooks name it
    endpoint: str  # empty: no webhook address is set
    is_active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """How LINE's own call to our webhook went."""

    success: bool
    status: int
    reason: str
    detail: str


class ChannelApi:
    """Asks LINE about the channel of one access token."""

    def __init__(self, api_base: str, token: str) -> None:
        configuration = Configuration(access_token=token, host=api_base)
        self._api = MessagingApi(ApiClient(configuration))

    def account(self) -> Account:
        """The account and its webhook address. Raises DeliveryError."""
        info = _ask(self._api.get_bot_info)
        try:
            webhook = _ask(self._api.get_webhook_endpoint)
        except NeverWill:  # 404: no address was ever set
            webhook = None
        return Account(
            name=info.display_name,
            basic_id=info.basic_id,
            user_id=info.user_id,
            endpoint=webhook.endpoint if webhook else "",
            is_active=bool(webhook and webhook.active),
        )

    def try_webhook(self) -> Trial:
        """Let LINE call the webhook once, with no events. Raises DeliveryError."""
        result = _ask(self._api.test_webhook_endpoint)
        return Trial(
            success=bool(result.success),
            status=result.status_code,
            reason=result.reason,
            detail=result.detail,
        )


def _ask(call: Any) -> Any:
    try:
        return call(_request_timeout=TIMEOUT)
    except ApiException as err:
        raise _refusal(err.status or 0) from err
    except urllib3.exceptions.HTTPError as err:
        raise TryLater(type(err).__name__) from err
    except ValueError as err:  # an answer that lacks what LINE promises
        raise TryLater(f"unexpected answer: {type(err).__name__}") from err


def _refusal(status: int) -> DeliveryError:
    if status in (401, 403):
        return NotAllowed(str(status))
    return TryLater(str(status)) if status == 429 or status >= 500 else NeverWill(str(status))
