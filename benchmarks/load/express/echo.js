// The bot that a newcomer writes with express and the official SDK: an echo that keeps nothing.
// One process, as Node.js runs it unless somebody adds more.
"use strict";
const express = require("express");
const line = require("@line/bot-sdk");

const client = new line.messagingApi.MessagingApiClient({
  channelAccessToken: process.env.LINE_CHANNEL_ACCESS_TOKEN,
  baseURL: process.env.LINE_API_BASE,
});
const signed = line.middleware({ channelSecret: process.env.LINE_CHANNEL_SECRET });

function echo(event) {
  if (event.type !== "message" || event.message.type !== "text") return Promise.resolve(null);
  return client.replyMessage({
    replyToken: event.replyToken,
    messages: [{ type: "text", text: event.message.text }],
  });
}

const app = express();
app.post("/callback", signed, (request, response) => {
  Promise.all(request.body.events.map(echo))
    .then((done) => response.json(done))
    .catch(() => response.status(500).end());
});
app.listen(Number(process.env.PORT), "127.0.0.1");
