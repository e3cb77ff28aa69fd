/**
 * A word that explains itself on hover and on focus; one tip for the whole page. Its entries:
 * translate/glossary.toml.
 */
import { el } from "app/drawing/draw.js";
import { payload } from "app/words/payload.js";

/** Every term of the page, in one or two plain sentences. */
export const GLOSSARY = payload.glossary;

let tip;
let owner;

function hide() {
  tip?.remove();
  owner?.removeAttribute("aria-describedby");
  tip = owner = null;
}

function show(target, text) {
  hide();
  owner = target;
  tip = el("div", { id: "tip", role: "tooltip" }, text);
  document.body.append(tip);
  target.setAttribute("aria-describedby", "tip");
  const box = target.getBoundingClientRect();
  const width = tip.offsetWidth;
  const height = tip.offsetHeight;
  const above = box.bottom + height + 12 > innerHeight && box.top > height + 12;
  tip.style.left = `${Math.max(8, Math.min(innerWidth - width - 8, box.left))}px`;
  tip.style.top = `${above ? box.top - height - 8 : box.bottom + 8}px`;
}

addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
});
addEventListener("pointerdown", (event) => {
  if (!owner?.contains(event.target)) hide();
});
addEventListener("scroll", hide, { passive: true, capture: true });

/** Explain `node` by `text` whenever it is pointed at, focused or tapped. */
export function explain(node, text) {
  const on = () => show(node, typeof text === "function" ? text() : text);
  for (const event of ["pointerenter", "focus", "click"]) node.addEventListener(event, on);
  for (const event of ["pointerleave", "blur"]) node.addEventListener(event, hide);
  return node;
}

/** A term of the glossary, shown as it stands or as `shown`. @param {string} name */
export function term(name, shown = name) {
  if (!Object.hasOwn(GLOSSARY, name)) return shown;
  return explain(el("button", { class: "term" }, shown), GLOSSARY[name]);
}

const TERM_OF = Object.fromEntries(Object.keys(GLOSSARY).map((name) => [name.toLowerCase(), name]));
const NAMES = Object.keys(GLOSSARY).filter((name) => /^\w[\w ]+\w$/.test(name));
const TERMS = new RegExp(`\\b(${NAMES.sort((a, b) => b.length - a.length).join("|")})\\b`, "i");

/** A text with every term of the glossary explained where it first stands. */
export function glossed(text) {
  const seen = new Set();
  return text.split(TERMS).map((part) => {
    const known = TERM_OF[part.toLowerCase()];
    if (!known || seen.has(known)) return part;
    seen.add(known);
    return term(known, part);
  });
}
