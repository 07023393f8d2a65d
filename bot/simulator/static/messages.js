// One message, of a person or of the bot, as a node.

import { el, linked, safeAddress } from "./dom.js";
import { flex } from "./flex.js";

const DRAW = {
  text: (message) => words(message.text),
  textV2: (message) => words(substituted(message)),
  flex: (message, act) => {
    const node = el("div", { class: "card", role: "group", "aria-label": message.altText });
    node.append(flex(message.contents ?? {}, act));
    return node;
  },
  template: (message, act) => template(message.template ?? {}, message.altText, act),
  sticker: (message) =>
    el("div", { class: "sticker", role: "img", "aria-label": "貼圖" },
      el("i", { class: "icon icon-sticker" }), el("small", {}, stickerWords(message))),
  image: (message) => picture(message, "照片"),
  video: (message) => picture(message, "影片"),
  audio: () => tile("voice", "語音訊息", ""),
  file: (message) => tile("file", message.fileName ?? "檔案", sizeText(message.fileSize)),
  location: (message) => tile("place", message.title ?? "位置", message.address ?? ""),
};

export function draw(message, act) {
  const how = DRAW[message.type];
  return how ? how(message, act) : words(`（這則「${message.type}」訊息請在 LINE 上看）`);
}

export function isWide(message) {
  return message.type === "flex" || message.type === "template";
}

function words(text) {
  return el("div", { class: "words" }, ...linked(String(text ?? "")));
}

function substituted(message) {
  return String(message.text ?? "").replace(/\{(\w+)\}/g, (whole, key) => {
    const mentionee = message.substitution?.[key]?.mentionee;
    if (!mentionee) return whole;
    return mentionee.type === "all" ? "@All" : "@成員";
  });
}

function stickerWords(message) {
  return message.keywords?.[0] ?? `${message.packageId}/${message.stickerId}`;
}

function picture(message, label) {
  const address = safeAddress(message.previewImageUrl ?? "");
  if (!address) return tile("photo", label, "");
  const shown = el("img", { class: "photo", alt: label, src: address, referrerpolicy: "no-referrer" });
  shown.addEventListener("error", () => shown.replaceWith(tile("photo", label, "無法載入")));
  return shown;
}

function tile(mark, title, detail) {
  return el("div", { class: "tile" },
    el("i", { class: `icon icon-${mark}` }),
    el("span", { class: "tile-words" }, el("b", {}, title), detail ? el("small", {}, detail) : null));
}

function sizeText(bytes) {
  if (!bytes) return "";
  return bytes < 1024 ? `${bytes} B` : `${Math.round(bytes / 1024)} KB`;
}

function template(content, altText, act) {
  const columns = content.columns ?? [content];
  const cards = columns.map((column) => templateCard(column, act));
  const class_ = content.columns ? "fx-carousel" : "card";
  const node = el("div", { class: class_, role: "group", "aria-label": altText });
  node.append(...cards);
  return node;
}

function templateCard(column, act) {
  const node = el("article", { class: "template fx-bubble fx-kilo" });
  const address = safeAddress(column.thumbnailImageUrl ?? column.imageUrl ?? "");
  if (address) node.append(el("img", { class: "template-image", alt: "", src: address }));
  if (column.title || column.text) {
    node.append(el("div", { class: "template-words" },
      column.title ? el("b", {}, column.title) : null,
      el("span", {}, String(column.text ?? ""))));
  }
  const actions = column.actions ?? (column.action ? [column.action] : []);
  for (const action of actions) {
    node.append(el("button", { type: "button", class: "template-button", onclick: () => act(action) },
      action.label ?? "開啟"));
  }
  return node;
}
