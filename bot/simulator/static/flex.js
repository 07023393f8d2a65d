// Draws a Flex message as LINE does. Every text is set as text; nothing of a card becomes HTML.

import { el, safeAddress } from "./dom.js";
import { border, colour, dress, font, image, length, place, ratio, space } from "./flex_style.js";

const SIZES = new Set(["nano", "micro", "deca", "hecto", "kilo", "mega", "giga"]);
const BLOCKS = ["header", "hero", "body", "footer"];

// A bubble, or a row of bubbles to swipe; `act` is called with the action that is pressed.
export function flex(container, act) {
  if (container.type !== "carousel") return bubble(container, act);
  const row = el("div", { class: "fx-carousel", tabindex: 0, role: "group", "aria-label": "可左右滑動的卡片" });
  row.append(...(container.contents ?? []).map((one) => bubble(one, act)));
  return row;
}

function bubble(content, act) {
  const size = SIZES.has(content.size) ? content.size : "mega";
  const node = el("article", { class: `fx-bubble fx-${size}`, dir: content.direction });
  for (const name of BLOCKS) {
    if (content[name]) node.append(block(name, content, act));
  }
  pressable(node, content.action, act);
  return node;
}

function block(name, content, act) {
  const style = content.styles?.[name] ?? {};
  const part = el("div", { class: `fx-block fx-${name}` });
  part.append(component(content[name], { layout: "vertical" }, true, act));
  dress(part, { backgroundColor: colour(style.backgroundColor) });
  if (style.separator) {
    part.classList.add("fx-parted");
    dress(part, { borderTopColor: colour(style.separatorColor) });
  }
  return part;
}

const DRAW = { box, text, button, image: picture, video, icon, separator, filler };

function component(content, parent, isFirst, act) {
  const draw = DRAW[content?.type];
  if (!draw) return el("div", { class: "fx-unknown" }, `（無法顯示：${content?.type ?? "?"}）`);
  const node = draw(content, act, parent);
  place(node, content, parent, isFirst);
  return node;
}

function box(content, act) {
  const layout = ["horizontal", "baseline"].includes(content.layout) ? content.layout : "vertical";
  const node = el("div", { class: `fx-box fx-${layout}` });
  dress(node, {
    backgroundColor: colour(content.backgroundColor),
    backgroundImage: gradient(content.background),
    borderRadius: space(content.cornerRadius),
    justifyContent: content.justifyContent,
    alignItems: content.alignItems,
    width: length(content.width),
    maxWidth: length(content.maxWidth),
    height: length(content.height),
    maxHeight: length(content.maxHeight),
    padding: space(content.paddingAll),
    ...padding(content),
  });
  if (border(content.borderWidth)) {
    dress(node, {
      border: `${border(content.borderWidth)} solid ${colour(content.borderColor) || "#000000"}`,
    });
  }
  // Zero needs saying: the block's own padding would show through.
  if (content.paddingAll === "none") node.style.padding = "0px";
  (content.contents ?? []).forEach((child, index) => {
    node.append(component(child, content, index === 0, act));
  });
  pressable(node, content.action, act);
  return node;
}

function padding(content) {
  return {
    paddingTop: space(content.paddingTop),
    paddingBottom: space(content.paddingBottom),
    paddingLeft: space(content.paddingStart),
    paddingRight: space(content.paddingEnd),
  };
}

function gradient(background) {
  if (background?.type !== "linearGradient") return "";
  const centre = colour(background.centerColor);
  const stops = [colour(background.startColor)];
  if (centre) stops.push(`${centre} ${length(background.centerPosition) || "50%"}`);
  stops.push(colour(background.endColor));
  const angle = /^\d+(\.\d+)?deg$/.test(background.angle ?? "") ? background.angle : "0deg";
  return `linear-gradient(${angle}, ${stops.join(", ")})`;
}

const ALIGN = { start: "left", center: "center", end: "right" };
const WEIGHT = { bold: "700", regular: "400" };

function lettering(node, content) {
  dress(node, {
    fontSize: font(content.size),
    fontWeight: WEIGHT[content.weight],
    color: colour(content.color),
    fontStyle: content.style === "italic" ? "italic" : "",
    textDecoration: content.decoration === "none" ? "" : content.decoration,
  });
}

function text(content, act) {
  const lines = el("div", { class: "fx-lines" });
  if (content.contents?.length) {
    for (const span of content.contents) {
      const part = el("span", {}, String(span.text ?? ""));
      lettering(part, span);
      lines.append(part);
    }
  } else {
    lines.append(String(content.text ?? ""));
  }
  const node = el("div", { class: content.wrap ? "fx-text fx-wrap" : "fx-text" }, lines);
  lettering(node, content);
  if (!content.size) node.classList.add("fx-plain");
  dress(node, { textAlign: ALIGN[content.align] });
  if (content.wrap && content.maxLines > 0) {
    lines.classList.add("fx-clamped");
    lines.style.webkitLineClamp = String(content.maxLines);
  }
  const extra = length(content.lineSpacing);
  if (extra) lines.style.lineHeight = `calc(1.4em + ${extra})`;
  pressable(node, content.action, act);
  return node;
}

function button(content, act) {
  const action = content.action ?? {};
  const style = ["primary", "secondary"].includes(content.style) ? content.style : "link";
  const node = el(
    "button",
    { type: "button", class: `fx-button fx-${style} fx-${content.height === "sm" ? "low" : "high"}` },
    el("span", {}, String(action.label ?? "")),
  );
  const shade = colour(content.color);
  if (style === "link") dress(node, { color: shade });
  else dress(node, { backgroundColor: shade });
  node.addEventListener("click", (event) => {
    event.stopPropagation();
    act(action);
  });
  return node;
}

function picture(content, act) {
  const frame = el("div", { class: "fx-image" });
  const inner = el("div", { class: "fx-frame" });
  dress(inner, {
    width: image(content.size),
    aspectRatio: ratio(content.aspectRatio, "1 / 1"),
    backgroundColor: colour(content.backgroundColor),
  });
  const drawn = shown(content.url);
  drawn.classList.add(content.aspectMode === "cover" ? "fx-cover" : "fx-fit");
  inner.append(drawn);
  frame.append(inner);
  const across = { start: "flex-start", end: "flex-end" };
  frame.style.justifyContent = across[content.align] ?? "center";
  pressable(frame, content.action, act);
  return frame;
}

function video(content, act) {
  const node = picture({ ...content, url: content.previewUrl, size: "full" }, act);
  node.querySelector(".fx-frame").append(el("span", { class: "fx-play", "aria-hidden": "true" }, "▶"));
  return node;
}

function icon(content) {
  const node = shown(content.url);
  node.className = "fx-icon";
  dress(node, { fontSize: font(content.size ?? "md"), aspectRatio: ratio(content.aspectRatio, "1 / 1") });
  return node;
}

function shown(address) {
  const drawn = el("img", { alt: "", loading: "lazy", referrerpolicy: "no-referrer" });
  drawn.addEventListener("error", () => drawn.classList.add("fx-missing"));
  if (safeAddress(address ?? "")) drawn.src = address;
  return drawn;
}

function separator(content, _act, parent) {
  const upright = parent.layout !== "vertical";
  const node = el("div", { class: upright ? "fx-rule fx-upright" : "fx-rule", role: "separator" });
  dress(node, { backgroundColor: colour(content.color) });
  return node;
}

function filler() {
  return el("div", { class: "fx-filler" });
}

// An area that does something when pressed, also from the keyboard.
function pressable(node, action, act) {
  if (!action) return;
  node.classList.add("fx-pressable");
  node.setAttribute("role", "button");
  node.tabIndex = 0;
  if (action.label) node.setAttribute("aria-label", action.label);
  node.addEventListener("click", (event) => {
    event.stopPropagation();
    act(action);
  });
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === node) act(action);
  });
}
