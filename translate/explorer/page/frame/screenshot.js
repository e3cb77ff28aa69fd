/** A part of the page as a canvas: a copy of it, with the page's own style, is drawn as an image. */
import { el, svg } from "app/drawing/draw.js";

const SCALE = 2;
const STILL = "* { animation: none !important; transition: none !important }";

/** What a copy of an element does not carry with it: what was typed or chosen, and what was painted. */
function fillIn(from, copy) {
  const pairs = (name) => {
    const copies = copy.querySelectorAll(name);
    return [...from.querySelectorAll(name)].map((node, k) => [node, copies[k]]);
  };
  for (const [node, other] of pairs("input")) {
    other.setAttribute("value", node.value);
    other.toggleAttribute("checked", node.checked);
    other.setAttribute("name", `copied-${other.name}`); // or the page's own choice would be the copy's
  }
  for (const [node, other] of pairs("option")) other.toggleAttribute("selected", node.selected);
  for (const [node, other] of pairs("canvas"))
    other.replaceWith(el("img", { src: node.toDataURL(), style: { width: node.style.width, display: "block" } }));
  for (const [node, other] of pairs(".wide")) {
    other.style.overflow = "hidden";
    for (const child of other.children) child.style.translate = `${-node.scrollLeft}px`;
  }
}

/** The colours of the scheme as they are now: an image has a scheme of its own. */
function schemeOf(root) {
  const style = getComputedStyle(root);
  const names = [...document.querySelector("style").sheet.cssRules]
    .filter((rule) => rule.selectorText === ":root")
    .flatMap((rule) => [...rule.style].filter((name) => name.startsWith("--")));
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(name)]));
}

/** @param {HTMLElement} node @returns {Promise<HTMLCanvasElement>} */
export async function screenshot(node) {
  const main = document.querySelector("main");
  const [all, box] = [main, node].map((each) => each.getBoundingClientRect());
  const copy = main.cloneNode(true);
  fillIn(main, copy);
  for (const section of copy.querySelectorAll(":scope > [hidden]")) section.remove();
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const scheme = { ...schemeOf(document.documentElement), "color-scheme": dark ? "dark" : "light" };
  const style = el("style", null, document.querySelector("style").textContent, STILL);
  const body = el("body", { style: scheme }, style, copy); // called so that the page's style for its body is its own
  const [width, height] = [document.documentElement.clientWidth, all.height];
  const whole = svg(
    "svg",
    { width, height, viewBox: `0 0 ${width} ${height}` },
    svg("foreignObject", { width, height }, body),
  );
  const image = new Image();
  const text = new XMLSerializer().serializeToString(whole);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = el("canvas", { width: Math.ceil(box.width * SCALE), height: Math.ceil(box.height * SCALE) });
  const context = canvas.getContext("2d");
  context.scale(SCALE, SCALE);
  context.drawImage(image, all.left - box.left, all.top - box.top, width, height);
  return canvas;
}
