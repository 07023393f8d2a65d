"""The bot that a newcomer writes with the official SDK: Flask, the SDK's handler, an echo.

    gunicorn --workers 2 --threads 8 benchmarks.load.echo_sample:app

It answers within the request, as the SDK's documentation shows, and keeps nothing.
"""

import os

from flask import Flask, abort, request
from linebot.v3 import WebhookHandler
from linebot.v3.exceptions import InvalidSignatureError
from linebot.v3.messaging import (
    ApiClient,
    Configuration,
    MessagingApi,
    ReplyMessageRequest,
    TextMessage,
)
from linebot.v3.webhooks import MessageEvent, TextMessageContent

app = Flask("echo")
ways_to_line = Configuration(
    access_token=os.environ.get("LINE_CHANNEL_ACCESS_TOKEN", ""),
    host=os.environ.get("LINE_API_BASE", "https://api.line.me"),
)
webhooks = WebhookHandler(os.environ.get("LINE_CHANNEL_SECRET", "none"))


@app.post("/callback")
def callback() -> str:
    """Hand the signed body to the SDK."""
    signature = request.headers.get("X-Line-Signature", "")
    try:
        webhooks.handle(request.get_data(as_text=True), signature)
    except InvalidSignatureError:
        abort(400)
    return "OK"


@webhooks.add(MessageEvent, message=TextMessageContent)  # type: ignore[untyped-decorator]
def echo(event: MessageEvent) -> None:
    """Say what was said."""
    with ApiClient(ways_to_line) as client:
        said = TextMessage(text=event.message.text)
        MessagingApi(client).reply_message(
            ReplyMessageRequest(replyToken=event.reply_token, messages=[said])
        )
