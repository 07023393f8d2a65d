// The chat that is open: bubbles, days, notes, and quick replies under the last message.

import { clockText, dayText, el } from "./dom.js";
import { draw, isWide } from "./messages.js";

const NEAR_END = 120;

export class Chat {
  constructor(list, quick, act) {
    this.list = list;
    this.quick = quick;
    this.act = act;
    this.clear();
  }

  clear() {
    this.day = "";
    this.last = "";
    this.list.replaceChildren();
    this.offer([]);
  }

  // What stands in an empty chat: a first step.
  welcome(node) {
    this.list.replaceChildren(node);
  }

  bubble(entry, side, name) {
    this.begin(entry);
    const message = entry.body.message;
    const follows = this.last === entry.body.from;
    const classes = ["line", side, isWide(message) ? "wide" : "", follows ? "follows" : ""];
    const line = el("div", { class: classes.join(" ").trim() });
    if (side === "left") line.append(el("span", { class: "face", "aria-hidden": "true" }));
    const column = el("div", { class: "column" });
    if (name && !follows) column.append(el("span", { class: "speaker" }, name));
    column.append(el("div", { class: "said" }, draw(message, this.act), this.stamp(entry, side)));
    line.append(column);
    // Quick replies take room from the list: first they, then the end of the list.
    const atEnd = this.atEnd;
    this.offer(side === "left" ? (message.quickReply?.items ?? []) : []);
    this.put(line, atEnd || side === "right");
    this.last = entry.body.from;
  }

  stamp(entry, side) {
    return el("span", { class: "stamp" },
      side === "right" ? el("span", { class: "read" }) : null,
      el("time", { datetime: new Date(entry.at).toISOString() }, clockText(entry.at)));
  }

  note(entry, text, kind = "") {
    this.begin(entry);
    this.put(el("p", { class: `note ${kind}`.trim() }, text));
    this.last = "";
  }

  // The bot has taken what was said: all our bubbles so far are read.
  read() {
    for (const mark of this.list.querySelectorAll(".read:empty")) mark.textContent = "已讀";
  }

  typing(entry) {
    this.begin(entry);
    this.put(el("div", { class: "line left typing", "aria-label": "輸入中" },
      el("span", { class: "face", "aria-hidden": "true" }),
      el("div", { class: "words dots" }, el("i"), el("i"), el("i"))));
  }

  offer(items) {
    const buttons = items.map(({ action, imageUrl }) =>
      el("button", { type: "button", onclick: () => { this.offer([]); this.act(action); } },
        imageUrl ? el("img", { src: imageUrl, alt: "" }) : null, action?.label ?? ""));
    this.quick.replaceChildren(...buttons);
    this.quick.scrollLeft = 0;
    this.quick.hidden = buttons.length === 0;
  }

  begin(entry) {
    this.list.querySelector(".welcome")?.remove();
    this.list.querySelector(".typing")?.remove();
    const day = dayText(entry.at);
    if (day === this.day) return;
    this.day = day;
    this.last = "";
    this.list.append(el("p", { class: "day" }, day));
  }

  get atEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.list;
    return scrollHeight - scrollTop - clientHeight < NEAR_END;
  }

  put(node, andFollow = this.atEnd) {
    this.list.append(node);
    if (andFollow) this.toEnd();
  }

  toEnd() {
    this.list.scrollTop = this.list.scrollHeight;
  }
}
