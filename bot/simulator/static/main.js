// The page: keeps what happened, shows the chat that is open, and does what is pressed.

import { actor } from "./actions.js";
import { Chat } from "./chat.js";
import { Composer } from "./composer.js";
import { Controls } from "./controls.js";
import { dayText, el } from "./dom.js";
import { Drawers } from "./drawers.js";
import { Journal } from "./journal.js";
import { Menu } from "./menu.js";
import { ask, feed } from "./server.js";

const WAIT_S = 5;
const PAUSE_MS = 1500;
const KEPT = 2000;
const REMEMBERED = "simulator.person";

const byId = (id) => document.getElementById(id);

class Page {
  constructor() {
    this.entries = [];
    this.last = 0;
    this.run = "";
    this.person = localStorage.getItem(REMEMBERED) ?? "";
    this.group = ""; // the group's id while its chat is open
    this.drawers = new Drawers();
    this.chat = new Chat(byId("chat"), byId("quick"), actor(this));
    this.journal = new Journal(byId("journal"), (number) => this.do("redeliver", { number }));
    this.composer = new Composer(this);
    this.controls = new Controls(this);
    this.menu = new Menu(this, actor(this));
  }

  get chatId() {
    return this.group || this.person;
  }

  // Reads on for ever; a server that is away is asked again a little later.
  async follow() {
    for (;;) {
      try {
        this.take(await feed(this.last, this.last ? WAIT_S : 0));
      } catch {
        this.toast("連不到模擬器，正在重試…");
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    }
  }

  // How things stand this instant, without waiting for something to happen.
  async refresh() {
    this.state = (await feed(this.last, 0)).state;
    this.arrived = performance.now();
  }

  take({ run, entries, state }) {
    if (this.run && run !== this.run) return location.reload(); // the bot was started anew
    this.run = run;
    this.arrived = performance.now();
    const isFirst = !this.state;
    this.state = state;
    if (!state.people.some((one) => one.id === this.person)) this.person = state.people[0]?.id ?? "";
    this.controls.show();
    this.composer.show();
    this.menu.show();
    this.title();
    this.entries.push(...entries);
    this.entries.splice(0, this.entries.length - KEPT);
    if (entries.length) this.last = entries.at(-1).number;
    for (const entry of entries) this.record(entry);
    if (isFirst) this.redraw();
    else for (const entry of entries) this.draw(entry);
    byId("alarm").hidden = this.journal.alarms === 0;
    byId("alarm").textContent = this.journal.alarms;
  }

  record(entry) {
    if (entry.kind === "webhook") this.journal.webhook(entry);
    if (entry.kind === "taken") this.journal.taken(entry);
    if (entry.kind === "call") this.journal.call(entry);
  }

  redraw() {
    this.chat.clear();
    for (const entry of this.entries) this.draw(entry);
    if (!this.chat.day) this.chat.welcome(this.welcome());
    this.chat.toEnd();
  }

  draw(entry) {
    if (entry.chat !== this.chatId) return;
    const { kind, body } = entry;
    if (kind === "note") this.chat.note(entry, body.text);
    if (kind === "bubble") this.drawBubble(entry);
    if (kind === "taken") this.drawTaken(entry);
    if (kind === "call") this.drawCall(entry);
  }

  drawBubble(entry) {
    const from = entry.body.from;
    const side = from === this.person ? "right" : "left";
    const name = this.group && side === "left" ? this.nameOf(from) : "";
    this.chat.bubble(entry, side, name);
  }

  drawTaken(entry) {
    const { status } = entry.body;
    if (status === 200) this.chat.read();
    else this.chat.note(entry, `師鐘沒有收到（${status || "連不上"}），請看技術紀錄。`, "wrong");
  }

  drawCall(entry) {
    const { path, status } = entry.body;
    if (path.endsWith("/loading/start") && status < 300) this.chat.typing(entry);
    else if (status >= 400 && status !== 409) {
      this.chat.note(entry, `LINE 拒收了師鐘的訊息（${status}），請看技術紀錄。`, "wrong");
    }
  }

  nameOf(id) {
    if (id === "bot") return this.state.account.name;
    return this.state.people.find((one) => one.id === id)?.name ?? "";
  }

  welcome() {
    const name = this.state.account.name;
    const first = this.group
      ? el("button", { type: "button", class: "solid", onclick: () => this.do("invite") }, `邀請${name}加入`)
      : el("button", { type: "button", class: "solid", onclick: () => this.do("follow") }, "加入好友");
    const text = this.group ? `群組裡要提到 @${name}，它才會回答。` : `這裡和 LINE 一樣：直接問${name}就可以。`;
    return el("div", { class: "welcome" }, el("p", {}, text), first,
      el("p", { class: "hint" }, "想換身分或換一天看看，請開「模擬設定」。"));
  }

  title() {
    const me = this.state.people.find((one) => one.id === this.person);
    const group = this.state.groups.find((one) => one.id === this.group);
    const name = this.state.account.name;
    byId("room-name").textContent = group ? `${group.name}（${group.size + Number(group.joined)}）` : name;
    const day = (this.state.real ? "今天 " : "") + dayText(this.now());
    byId("who").textContent = `${me?.name ?? "？"}・${day}`;
  }

  // The simulator's instant now, in milliseconds since 1970.
  now() {
    return this.state.now + (performance.now() - this.arrived);
  }

  open(person, group) {
    this.person = person;
    this.group = group;
    localStorage.setItem(REMEMBERED, person);
    this.controls.show();
    this.composer.show();
    this.menu.show();
    this.title();
    this.redraw();
  }

  async do(what, details = {}) {
    try {
      await ask(what, { person: this.person, chat: this.chatId, ...details });
      return true;
    } catch (error) {
      this.toast(error.message);
      return false;
    }
  }

  say(text, mention = Boolean(this.group)) {
    return this.do("say", { text, mention });
  }

  press(data, shows, params) {
    return this.do("press", { data, shows, params });
  }

  turn(alias, data) {
    return this.do("turn", { alias, data });
  }

  send(kind) {
    return this.do("send", { kind });
  }

  fill(text) {
    this.composer.fill(text);
  }

  toast(text) {
    const toast = byId("toast");
    toast.textContent = text;
    toast.hidden = false;
    clearTimeout(this.toasting);
    this.toasting = setTimeout(() => { toast.hidden = true; }, 4000);
  }
}

new Page().follow();
