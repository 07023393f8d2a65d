// Builds nodes. Text goes in as text, never as HTML: what the bot or a person wrote is data.

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

const ADDRESS = /https?:\/\/[^\s<>"'「」『』（）()，。、；]+/g;

// Text with its web addresses made into links, as LINE shows it.
export function linked(text) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    nodes.push(text.slice(from, match.index), link(match[0], match[0]));
    from = match.index + match[0].length;
  }
  nodes.push(text.slice(from));
  return nodes;
}

export function link(address, ...children) {
  return el(
    "a",
    { href: address, target: "_blank", rel: "noopener noreferrer" },
    ...children,
  );
}

const SCHEMES = new Set(["https:", "http:", "tel:", "line:"]);

// The address if it is one that a card may open, else an empty text.
export function safeAddress(address) {
  try {
    return SCHEMES.has(new URL(address).protocol) ? address : "";
  } catch {
    return "";
  }
}

const ZONE = "Asia/Taipei";
const CLOCK = new Intl.DateTimeFormat("zh-TW", {
  hour: "2-digit", minute: "2-digit", hour12: false, timeZone: ZONE,
});
const DAY = new Intl.DateTimeFormat("zh-TW", {
  year: "numeric", month: "numeric", day: "numeric", weekday: "narrow", timeZone: ZONE,
});
const FIELD = new Intl.DateTimeFormat("sv-SE", {
  year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
  timeZone: ZONE,
});

export const clockText = (ms) => CLOCK.format(ms);
export const dayText = (ms) => DAY.format(ms).replace(/\s/g, "");
export const fieldText = (ms) => FIELD.format(ms).replace(" ", "T");
