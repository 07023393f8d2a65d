// On a narrow screen the panels are drawers over the chat; on a wide one they always stand there.

const byId = (id) => document.getElementById(id);

export class Drawers {
  constructor() {
    this.shade = byId("shade");
    for (const opener of document.querySelectorAll("[data-open]")) {
      opener.addEventListener("click", () => this.open(opener.dataset.open));
    }
    for (const closer of document.querySelectorAll("[data-close]")) {
      closer.addEventListener("click", () => this.close());
    }
    this.shade.addEventListener("click", () => this.close());
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
  }

  open(name) {
    this.close();
    const panel = byId(name);
    panel.classList.add("open");
    this.shade.hidden = false;
    panel.querySelector(".panel-close").focus({ preventScroll: true });
  }

  close() {
    for (const panel of document.querySelectorAll(".panel.open")) panel.classList.remove("open");
    this.shade.hidden = true;
  }
}
