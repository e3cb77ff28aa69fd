/** Every view as a file that looks like the screen: its pictures, all of it as a PNG, its numbers as JSON. */
import { el } from "app/drawing/draw.js";
import { screenshot } from "app/frame/screenshot.js";

/** What the look of an SVG's parts depends on; `transform` becomes an attribute, which every reader of SVG knows. */
const STYLED = [
  "display",
  "visibility",
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-opacity",
  "stroke-linejoin",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "paint-order",
  "opacity",
  "font-size",
  "font-weight",
  "font-style",
  "font-family",
  "text-anchor",
  "dominant-baseline",
];

/** A transform of the style sheet as an attribute: about its origin, as the style has it. */
function placed({ transform, transformOrigin }) {
  if (!transform || transform === "none") return null;
  const [x, y] = transformOrigin.split(" ").map(parseFloat);
  return `translate(${x} ${y}) ${transform} translate(${-x} ${-y})`;
}

export function save(name, blob) {
  const url = URL.createObjectURL(blob);
  el("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

/** The text of an SVG that looks the same outside the page: every style written out. */
export function svgText(node) {
  const copy = node.cloneNode(true);
  const box = node.getBoundingClientRect();
  const all = [node, ...node.querySelectorAll("*")];
  const copies = [copy, ...copy.querySelectorAll("*")];
  all.forEach((from, k) => {
    const style = getComputedStyle(from);
    copies[k].removeAttribute("class");
    copies[k].setAttribute(
      "style",
      STYLED.map((name) => `${name}:${style.getPropertyValue(name).replaceAll('"', "'")}`).join(";"),
    );
    const place = placed(style);
    if (place && from !== node) copies[k].setAttribute("transform", place);
  });
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", box.width);
  copy.setAttribute("height", box.height);
  copy.style.background = getComputedStyle(document.body).getPropertyValue("--paper");
  return new XMLSerializer().serializeToString(copy);
}

/** A part of the screen, or all of it, as it stands there. */
const shot = async (node) => blobOf(await screenshot(node));

const blobOf = (canvas) => new Promise((done) => canvas.toBlob(done, "image/png"));

async function pngOf(node) {
  const box = node.getBoundingClientRect();
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(node))}`;
  await image.decode();
  const canvas = el("canvas", { width: Math.ceil(box.width * 2), height: Math.ceil(box.height * 2) });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return blobOf(canvas);
}

/**
 * What a screen can be saved as: its own list, or else every picture on it; and always its numbers.
 * @returns {{name: string, kind: string, make: () => Blob|Promise<Blob>}[]}
 */
export function filesOf(name, root, data, own) {
  const found = own ? [...own] : [];
  if (!own) {
    [...root.querySelectorAll("svg.picture")].forEach((node, k) => {
      const each = `${name}${k ? `-${k + 1}` : ""}`;
      found.push({
        name: `${each}.svg`,
        kind: "svg",
        make: () => new Blob([svgText(node)], { type: "image/svg+xml" }),
      });
      found.push({ name: `${each}.png`, kind: "png", make: () => pngOf(node) });
    });
    for (const [k, node] of [...root.querySelectorAll("[data-picture]")].entries())
      found.push({ name: `${name}-${node.dataset.picture}${k || ""}.png`, kind: "png", make: () => shot(node) });
  }
  found.push({ name: `${name}-screen.png`, kind: "png", make: () => shot(root) });
  found.push({
    name: `${name}.json`,
    kind: "json",
    make: () => new Blob([JSON.stringify(data(), null, 1)], { type: "application/json" }),
  });
  return found;
}

/** Every site of a run, by side, rounded as far as float32 carries. */
export function valuesOf(run) {
  const rounded = (values) => [...values].map((x) => Number(x.toPrecision(7)));
  const bySite = (sites) => Object.fromEntries(Object.entries(sites).map(([site, values]) => [site, rounded(values)]));
  return { enc: bySite(run.enc.sites), dec: bySite(run.dec.sites) };
}
