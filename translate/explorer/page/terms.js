/** A word that explains itself on hover and on focus; one tip for the whole page. Entries: glossary.js. */
import { el } from "app/draw.js";
import { GLOSSARY } from "app/glossary.js";

let tip, owner;

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
  const box = target.getBoundingClientRect(),
    width = tip.offsetWidth,
    height = tip.offsetHeight;
  const above = box.bottom + height + 12 > innerHeight && box.top > height + 12;
  tip.style.left = `${Math.max(8, Math.min(innerWidth - width - 8, box.left))}px`;
  tip.style.top = `${above ? box.top - height - 8 : box.bottom + 8}px`;
}

addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
});
addEventListener("scroll", hide, { passive: true, capture: true });

/** Explain `node` by `text` whenever it is pointed at or focused. */
export function explain(node, text) {
  const on = () => show(node, typeof text === "function" ? text() : text);
  for (const event of ["pointerenter", "focus"]) node.addEventListener(event, on);
  for (const event of ["pointerleave", "blur"]) node.addEventListener(event, hide);
  return node;
}

/** A term of the glossary, shown as it stands or as `shown`. @param {string} name */
export function term(name, shown = name) {
  if (!Object.hasOwn(GLOSSARY, name)) return shown;
  return explain(el("button", { type: "button", class: "term" }, shown), GLOSSARY[name]);
}
