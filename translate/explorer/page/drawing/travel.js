/** A number that travels through the drawing: along which pipes in each step of the walk, and how. */
import { svg } from "app/drawing/draw.js";

/**
 * @param {SVGElement} drawing @param {{d: string, text: string}[]} ways one after the other @param {number} time in ms
 */
export function travel(drawing, ways, time) {
  drawing.querySelector(".traveller")?.remove();
  if (matchMedia("(prefers-reduced-motion: reduce)").matches || !ways.length) return;
  const label = svg("text", { "text-anchor": "middle", y: 5 });
  const node = svg(
    "g",
    { class: "traveller", "aria-hidden": "true" },
    svg("rect", { x: -27, y: -13, width: 54, height: 26, rx: 13 }),
    label,
  );
  drawing.append(node);
  const go = ([way, ...rest]) => {
    if (!way) return node.remove();
    label.textContent = way.text;
    node.style.offsetPath = `path("${way.d}")`;
    node.style.offsetRotate = "0deg";
    const moved = node.animate([{ offsetDistance: "0%" }, { offsetDistance: "100%" }], {
      duration: time / ways.length,
      easing: "ease-in-out",
    });
    moved.onfinish = () => go(rest);
  };
  go(ways);
}
