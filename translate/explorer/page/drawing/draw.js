/** Elements, SVG and canvases. Data only ever becomes text nodes and attributes, never markup. */

const make = (node, attributes, children) => {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "style") for (const [property, v] of Object.entries(value)) node.style.setProperty(property, v);
    else if (["value", "checked", "disabled", "hidden"].includes(name) && name in node) node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
};

/**
 * el("button", {class: "chip", onclick: go, "aria-pressed": "true", style: {"--x": 1}}, "text", child, [children])
 * A button does nothing by itself: no form is sent.
 * @returns {HTMLElement}
 */
export const el = (tag, attributes, ...children) =>
  make(document.createElement(tag), tag === "button" ? { type: "button", ...attributes } : attributes, children);
/** @returns {SVGElement} the same for SVG */
export const svg = (tag, attributes, ...children) =>
  make(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
/** Put these in the place of everything in `node`. */
export const fill = (node, ...children) => {
  node.replaceChildren();
  return make(node, null, children);
};

/** A figure that is read as one picture: its title, its description, and what is drawn in it. */
export function picture(width, height, title, ...children) {
  return svg(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": title, class: "picture" },
    svg("title", null, title),
    children,
  );
}

/** A linear scale from [a, b] to [c, d]. */
export const scale =
  ([a, b], [c, d]) =>
  (x) =>
    c + ((x - a) / (b - a || 1)) * (d - c);

/** About `count` round numbers from low to high. */
export function ticks(low, high, count = 5) {
  const raw = (high - low) / count || 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  const size = power * [1, 2, 5, 10].find((m) => m * power >= raw);
  const found = [];
  for (let k = Math.ceil(low / size - 1e-9); k * size <= high + 1e-9; k++)
    found.push(Number((k * size).toPrecision(12)));
  return found;
}

/** Horizontal grid lines with their numbers at the left. */
export const gridLines = (values, y, from, to, text = String) =>
  values.map((value) =>
    svg(
      "g",
      { class: "grid" },
      svg("line", { x1: from, x2: to, y1: y(value), y2: y(value) }),
      svg("text", { x: from - 6, y: y(value), "text-anchor": "end", "dominant-baseline": "middle" }, text(value)),
    ),
  );

/** The path through points; a null breaks it. */
export function path(points) {
  let down = false;
  return points
    .map((p) => {
      if (!p) {
        down = false;
        return "";
      }
      const s = `${down ? "L" : "M"}${p[0].toFixed(1)} ${p[1].toFixed(1)}`;
      down = true;
      return s;
    })
    .join("");
}

/** The mark of a gender: a circle is masculine, a square feminine, a diamond neither. */
export function mark(gender, x, y, r = 5, attributes = {}) {
  const common = { class: `mark ${gender ?? "none"}`, ...attributes };
  if (gender === "m") return svg("circle", { cx: x, cy: y, r, ...common });
  if (gender === "f")
    return svg("rect", { x: x - r * 0.9, y: y - r * 0.9, width: r * 1.8, height: r * 1.8, ...common });
  return svg("path", { d: `M${x} ${y - r}L${x + r} ${y}L${x} ${y + r}L${x - r} ${y}Z`, ...common });
}

/** The colours of the scheme as they are now, [r, g, b]: colour("m"), colour("paper") … */
let colours = {};
export const forgetColours = () => {
  colours = {};
};
export function colour(name) {
  if (!colours[name]) {
    const said = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
    colours[name] = [1, 3, 5].map((k) => parseInt(said.slice(k, k + 2), 16));
  }
  return colours[name];
}
const mix = (a, b, share) => a.map((x, k) => Math.round(x + (b[k] - x) * share));
/** −1 … 0 … 1 to masculine blue … paper … feminine orange; for what has a sign but no gender, two other names. */
export const diverging = (x, low = "cold", high = "warm") =>
  mix(colour("paper"), colour(x < 0 ? low : high), Math.min(1, Math.abs(x)));
/** 0 … 1 to paper … ink. */
export const sequential = (x) => mix(colour("paper"), colour("deep"), Math.max(0, Math.min(1, x)));

/**
 * A heat map, one rectangle a value, as sharp as the screen.
 * @param {HTMLCanvasElement} canvas
 * @param {{rows: number, columns: number, width: number, height: number,
 *   value: (row: number, column: number) => number, colour: (value: number) => number[]}} what sizes are in CSS pixels
 */
export function heat(canvas, { rows, columns, width, height, value, colour: of }) {
  const ratio = window.devicePixelRatio || 1;
  const context = canvas.getContext("2d");
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const edge = (k, n, size) => Math.round((k / n) * size);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const [red, green, blue] = of(value(r, c));
      context.fillStyle = `rgb(${red},${green},${blue})`;
      const x = edge(c, columns, canvas.width);
      const y = edge(r, rows, canvas.height);
      context.fillRect(x, y, edge(c + 1, columns, canvas.width) - x, edge(r + 1, rows, canvas.height) - y);
    }
  }
}
