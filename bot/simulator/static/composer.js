// The line at the bottom: write, call the bot by name in a group, send other things.

const byId = (id) => document.getElementById(id);

export class Composer {
  constructor(page) {
    this.page = page;
    this.text = byId("text");
    this.mention = byId("mention");
    this.more = byId("more");
    this.attach = byId("attach");
    byId("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.text.addEventListener("keydown", (event) => this.key(event));
    this.text.addEventListener("input", () => this.fit());
    this.mention.addEventListener("click", () => {
      this.mention.setAttribute("aria-pressed", String(!this.mentions));
    });
    this.more.addEventListener("click", () => this.toggle(this.attach.hidden));
    this.attach.addEventListener("click", (event) => {
      const kind = event.target.closest("button")?.dataset.kind;
      if (!kind) return;
      this.toggle(false);
      page.send(kind);
    });
  }

  get mentions() {
    return this.mention.getAttribute("aria-pressed") === "true";
  }

  show() {
    const { group, person, state } = this.page;
    const blocked = !group && state.people.find((one) => one.id === person)?.blocked;
    this.mention.hidden = !group;
    this.text.disabled = Boolean(blocked);
    this.text.placeholder = blocked ? "已封鎖，解除後才能傳訊息" : "輸入訊息";
  }

  key(event) {
    // While 注音 is being composed, Enter chooses a word and does not send.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.submit();
  }

  async submit() {
    const text = this.text.value.trim();
    if (!text) return;
    this.text.value = "";
    this.fit();
    const sent = await this.page.say(text, Boolean(this.page.group) && this.mentions);
    if (!sent && !this.text.value) this.fill(text);
  }

  fill(text) {
    this.text.value = text;
    this.fit();
    this.text.focus();
  }

  toggle(open) {
    this.attach.hidden = !open;
    this.more.setAttribute("aria-expanded", String(open));
  }

  fit() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, 120)}px`;
  }
}
