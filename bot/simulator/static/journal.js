// The record beside the chat: webhooks sent, the bot's calls to LINE, and what LINE made of them.

import { clockText, el } from "./dom.js";

const KEPT = 200;

export class Journal {
  constructor(list, redeliver) {
    this.list = list;
    this.redeliver = redeliver;
    this.alarms = 0;
    this.underWay = new Map();
    this.clear();
  }

  clear() {
    this.list.replaceChildren(el("p", { class: "hint nothing" }, "還沒有紀錄。傳一句話就會看到。"));
  }

  // A call to the bot that has just left; `taken` says later what came of it.
  webhook(entry) {
    const { body, url } = entry.body;
    const kinds = body.events?.map((event) => event.type).join("、") || "連線測試";
    const again = el("button", {
      type: "button", class: "plain", onclick: () => this.redeliver(entry.number),
    }, "重送這個事件");
    const record = this.put(entry, { arrow: "→", title: `webhook ${kinds}`, status: "…" }, [
      el("p", { class: "hint" }, `POST ${url}`),
      json(body),
      body.events?.length ? again : null,
    ]);
    this.underWay.set(entry.number, record);
  }

  taken(entry) {
    const { webhook, status, ms, late, error } = entry.body;
    const record = this.underWay.get(webhook);
    if (!record) return;
    this.underWay.delete(webhook);
    record.querySelector(".status").textContent = status || "無回應";
    record.querySelector(".ms").textContent = msText(ms);
    const problems = [
      error ? el("p", { class: "problem" }, `連不到師鐘：${error}`) : null,
      late ? el("p", { class: "problem" }, "超過 2 秒，LINE 會當作逾時。") : null,
    ].filter(Boolean);
    record.querySelector(".record-body").prepend(...problems);
    if (status !== 200 || late) this.alarm(record);
  }

  call(entry) {
    const { method, path, request, status, answer, problems, ms, retryKey } = entry.body;
    const title = path.replace(/^\/v2\/bot\//, "");
    const record = this.put(entry, { arrow: "←", title, status, ms }, [
      ...problems.map((one) =>
        el("p", { class: "problem" }, `${one.property}：${one.message}`)),
      el("p", { class: "hint" }, `${method} ${path}`),
      retryKey ? el("p", { class: "hint" }, `X-Line-Retry-Key: ${retryKey}`) : null,
      request ? json(request) : null,
      answer ? el("p", { class: "hint" }, "LINE 的回應") : null,
      answer ? json(answer) : null,
    ]);
    if (status >= 400 && status !== 409) this.alarm(record);
  }

  put(entry, head, parts) {
    this.list.querySelector(".nothing")?.remove();
    const record = el("details", { class: "record" },
      el("summary", {},
        el("span", { class: `arrow ${head.arrow === "→" ? "out" : "in"}`, "aria-hidden": "true" }, head.arrow),
        el("span", { class: "record-title" }, head.title),
        el("span", { class: "status" }, head.status),
        el("span", { class: "ms" }, head.ms === undefined ? "" : msText(head.ms)),
        el("time", {}, clockText(entry.at))),
      el("div", { class: "record-body" }, ...parts.filter(Boolean)));
    this.list.prepend(record);
    while (this.list.children.length > KEPT) this.list.lastElementChild.remove();
    return record;
  }

  alarm(record) {
    record.classList.add("wrong");
    this.alarms += 1;
  }
}

function msText(ms) {
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`;
}

function json(value) {
  return el("pre", { tabindex: 0 }, JSON.stringify(value, null, 2));
}
