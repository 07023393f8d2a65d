// The menu under the chat: a picture with places to tap; the bar below it folds it away.

import { el } from "./dom.js";
import { menuOf, menuPicture } from "./server.js";

const byId = (id) => document.getElementById(id);

export class Menu {
  constructor(page, act) {
    this.page = page;
    this.act = act;
    this.known = new Map(); // menus by id, as promises
    this.shown = "";
    this.open = null; // null: as the menu itself wants it
    this.box = byId("menu");
    this.bar = byId("menu-bar");
    this.bar.addEventListener("click", () => {
      this.open = this.box.hidden;
      this.fold();
    });
  }

  // The menu of whoever is shown now; in a group and while blocked there is none.
  async show() {
    const { person, group, state } = this.page;
    const me = state.people.find((one) => one.id === person);
    const id = group || me?.blocked ? "" : (me?.menu ?? "");
    if (person !== this.person) this.open = null;
    else if (this.made) this.open = !this.box.hidden; // a turned menu stays as it was, open or not
    this.person = person;
    if (id === this.shown) return;
    this.shown = id;
    const made = id ? await this.find(id) : null;
    if (this.shown !== id) return; // another one came meanwhile
    this.bar.hidden = !made;
    this.box.replaceChildren(...(made ? this.drawn(id, made) : []));
    this.made = made;
    this.fold();
  }

  async find(id) {
    if (!this.known.has(id)) this.known.set(id, menuOf(id).catch(() => null));
    const made = await this.known.get(id);
    if (!made) this.known.delete(id);
    return made;
  }

  fold() {
    const open = Boolean(this.made) && (this.open ?? this.made.selected);
    const { chat } = this.page;
    const atEnd = chat.atEnd;
    this.box.hidden = !open;
    this.bar.textContent = `${this.made?.chatBarText ?? ""} ${open ? "▾" : "▴"}`;
    this.bar.setAttribute("aria-expanded", String(open));
    if (atEnd) chat.toEnd();
  }

  drawn(id, { size, areas }) {
    const picture = el("img", { src: menuPicture(id), alt: "", width: size.width, height: size.height });
    return [picture, ...areas.map(({ bounds, action }) => this.area(bounds, action, size))];
  }

  area(bounds, action, size) {
    const label = action.label || action.text || action.displayText || action.uri || "選項";
    const area = el("button", { type: "button", "aria-label": label, onclick: () => this.act(action) });
    const across = (pixels) => `${(100 * pixels) / size.width}%`;
    const down = (pixels) => `${(100 * pixels) / size.height}%`;
    Object.assign(area.style, {
      left: across(bounds.x), width: across(bounds.width),
      top: down(bounds.y), height: down(bounds.height),
    });
    return area;
  }
}
