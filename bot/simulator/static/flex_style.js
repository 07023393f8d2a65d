// LINE's words for sizes, in pixels.

const SPACE = { none: 0, xs: 2, sm: 4, md: 8, lg: 12, xl: 16, xxl: 20 };
const FONT = {
  xxs: 11, xs: 13, sm: 14, md: 16, lg: 19, xl: 22, xxl: 29, "3xl": 35, "4xl": 48, "5xl": 74,
};
const IMAGE = {
  xxs: 40, xs: 60, sm: 80, md: 100, lg: 120, xl: 140, xxl: 160,
  "3xl": 180, "4xl": 200, "5xl": 220,
};
const BORDER = { none: 0, light: 0.5, normal: 1, medium: 2, "semi-bold": 3, bold: 4 };
const LENGTH = /^-?\d+(\.\d+)?(px|%)$/;
const COLOUR = /^#[0-9a-f]{6}([0-9a-f]{2})?$/i;

function sized(words, value) {
  if (value === undefined) return "";
  if (Object.hasOwn(words, value)) return `${words[value]}px`;
  return LENGTH.test(value) ? value : "";
}

export const space = (value) => sized(SPACE, value);
export const font = (value) => sized(FONT, value);
export const border = (value) => sized(BORDER, value);
export const colour = (value) => (COLOUR.test(value ?? "") ? value : "");
export const length = (value) => sized({}, value);
export const image = (value) => (value === "full" ? "100%" : sized(IMAGE, value ?? "md"));

export function ratio(value, otherwise) {
  return /^\d+(\.\d+)?:\d+(\.\d+)?$/.test(value ?? "") ? value.replace(":", " / ") : otherwise;
}

// Sets what is not empty; through the style object, so that the page needs no inline styles.
export function dress(node, styles) {
  for (const [name, value] of Object.entries(styles)) {
    if (value) node.style[name] = value;
  }
}

// How a component stands in its box: its share, its distance to the one before, its offset.
export function place(node, component, parent, isFirst) {
  const across = parent.layout !== "vertical";
  const distance = space(component.margin ?? (isFirst ? undefined : parent.spacing));
  if (component.position !== "absolute") node.style[across ? "marginLeft" : "marginTop"] = distance;
  const fallback = across && component.type !== "icon" && !component.width ? 1 : 0;
  const share = component.flex ?? (component.type === "filler" ? 1 : fallback);
  if (component.type !== "separator") node.style.flex = flexOf(share, across);
  if (across && component.gravity) node.style.alignSelf = GRAVITY[component.gravity] ?? "";
  if (!component.position && !component.offsetTop && !component.offsetStart) return;
  dress(node, {
    position: component.position === "absolute" ? "absolute" : "relative",
    top: space(component.offsetTop),
    bottom: space(component.offsetBottom),
    left: space(component.offsetStart),
    right: space(component.offsetEnd),
  });
}

const GRAVITY = { top: "flex-start", center: "center", bottom: "flex-end" };

function flexOf(share, across) {
  if (!share) return "0 0 auto";
  return across ? `${share} ${share} 0` : `${share} 0 auto`;
}
