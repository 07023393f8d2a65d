// Who you are, which chat is open, what day it is, and how LINE behaves.

import { dayText, el, fieldText } from "./dom.js";
import { ask } from "./server.js";

const byId = (id) => document.getElementById(id);

export class Controls {
  constructor(page) {
    this.page = page;
    this.drawn = "";
    byId("new-person").addEventListener("submit", (event) => this.newPerson(event));
    byId("clock").addEventListener("submit", (event) => {
      event.preventDefault();
      this.goTo(event.target.elements.at.value);
    });
    byId("real-time").addEventListener("click", () => this.goTo(null));
    byId("fault").addEventListener("change", (event) => {
      page.do("fault", { kind: event.target.value });
    });
  }

  show() {
    const { state, person, group } = this.page;
    byId("pushed").textContent = state.pushed;
    const { now, pushed, ...lasting } = state;
    const key = JSON.stringify([lasting, person, group, fieldText(now).slice(0, 10)]);
    if (key === this.drawn) return; // what is being typed or pressed stays as it is
    this.drawn = key;
    this.people();
    this.rooms();
    this.standing();
    this.days();
    byId("clock").elements.at.value = fieldText(now);
    byId("real-time").hidden = state.real;
  }

  people() {
    const { page } = this;
    byId("people").replaceChildren(...page.state.people.map((one) =>
      el("button", {
        type: "button",
        class: "person",
        "aria-pressed": String(one.id === page.person),
        onclick: () => page.open(one.id, page.group),
      }, el("b", {}, one.name), el("small", {}, one.role))));
  }

  rooms() {
    const { page } = this;
    const room = (name, group) => el("button", {
      type: "button",
      "aria-pressed": String(page.group === group),
      onclick: () => page.open(page.person, group),
    }, name);
    byId("rooms").replaceChildren(
      room("一對一", ""),
      ...page.state.groups.map((one) => room(one.name, one.id)));
  }

  standing() {
    const { page } = this;
    const deed = (text, what) =>
      el("button", { type: "button", class: "plain", onclick: () => page.do(what) }, text);
    const name = page.state.account.name;
    const group = page.state.groups.find((one) => one.id === page.group);
    const me = page.state.people.find((one) => one.id === page.person);
    let buttons;
    if (group) {
      buttons = [group.joined ? deed(`請${name}離開群組`, "remove") : deed(`邀請${name}加入群組`, "invite")];
    } else if (me?.blocked) {
      buttons = [deed("解除封鎖", "follow")];
    } else {
      buttons = [me?.friend ? null : deed("加入好友", "follow"), deed("封鎖", "unfollow")];
    }
    byId("standing").replaceChildren(...buttons.filter(Boolean));
  }

  days() {
    const today = dayText(this.page.state.now);
    byId("days").replaceChildren(...this.page.state.days.map((day) =>
      el("button", {
        type: "button",
        "aria-pressed": String(!this.page.state.real && dayText(day.at) === today),
        onclick: () => this.goTo(day.at),
      }, el("b", {}, dayText(day.at)), el("small", {}, day.label))));
  }

  async goTo(at) {
    if (await this.page.do("clock", { at })) this.page.drawers.close();
  }

  async newPerson(event) {
    event.preventDefault();
    const form = event.target;
    const { name, role } = form.elements;
    const known = new Set(this.page.state.people.map((one) => one.id));
    try {
      await ask("person", { name: name.value, role: role.value });
      await this.page.refresh();
    } catch (error) {
      this.page.toast(error.message);
      return;
    }
    const added = this.page.state.people.find((one) => !known.has(one.id));
    if (added) this.page.open(added.id, "");
    form.reset();
    form.closest("details").open = false;
  }
}
