/** A tap on a pipe: its lever lies along the pipe where it is open, across it where it is closed. It can be turned. */
import { svg } from "app/drawing/draw.js";

const KEYS = { ArrowUp: 0.05, ArrowRight: 0.05, ArrowDown: -0.05, ArrowLeft: -0.05, Home: -1, End: 1 };
const LOCK = "M-5 -1v-3a5 5 0 0 1 10 0v3M-7 -1h14v10h-14z";

/**
 * @param {{name: string, label: string, x: number, y: number, upright?: boolean}} what
 * @param {{turned: (value: number) => void, hold: () => void, release: () => void, freed: () => void}|null} hand
 *   what is told of a hand that turns it; without one it cannot be turned
 */
export function tap({ name, label, x, y, upright = false }, hand) {
  const lever = svg(
    "g",
    { class: "lever", style: { "transform-origin": `${x}px ${y}px` } },
    svg("line", { x1: x - 27, x2: x + 27, y1: y, y2: y }),
    svg("circle", { cx: x + 27, cy: y, r: 6 }),
  );
  const lock = svg("path", { class: "lock", transform: `translate(${x - 30} ${y - 24})`, d: LOCK });
  const slider = hand && {
    role: "slider",
    tabindex: 0,
    "aria-label": `${label}: drag it to hold it`,
    "aria-valuemin": 0,
    "aria-valuemax": 1,
  };
  const node = svg(
    "g",
    { class: "tap", "data-tap": name, ...slider },
    svg("circle", { cx: x, cy: y, r: 34, class: "reach" }),
    svg("circle", { cx: x, cy: y, r: 18, class: "disc" }),
    lever,
    lock,
  );
  let value = 0;
  if (hand) follow(node, { x, y, upright }, hand, () => value);
  return {
    node,
    turn(open, isHeld) {
      value = open;
      lever.style.transform = `rotate(${upright ? 90 * open : 90 * (open - 1)}deg)`;
      node.toggleAttribute("data-held", isHeld);
      if (hand) node.setAttribute("aria-valuenow", open.toFixed(2));
      if (hand) node.setAttribute("aria-valuetext", `${open.toFixed(2)}${isHeld ? ", held" : ""}`);
    },
  };
}

/** What a hand does: the lever points to it; arrow keys turn it, Delete or a second click lets it go. */
function follow(node, { x, y, upright }, { turned, hold, release, freed }, now) {
  const valueAt = ({ clientX, clientY }) => {
    const at = new DOMPoint(clientX, clientY).matrixTransform(node.getScreenCTM().inverse());
    const [dx, dy] = [Math.abs(at.x - x), Math.abs(at.y - y)];
    if (dx + dy < 8) return null; // too near to the middle to point anywhere
    const share = Math.atan2(dy, dx) / (Math.PI / 2);
    return Math.round(100 * (upright ? share : 1 - share)) / 100;
  };
  let isMoving = false;
  node.addEventListener("pointerdown", (event) => {
    isMoving = true;
    node.setPointerCapture(event.pointerId);
    hold();
    event.preventDefault();
    node.focus({ preventScroll: true });
  });
  node.addEventListener("pointermove", (event) => {
    const value = isMoving ? valueAt(event) : null;
    if (value !== null && value !== now()) turned(value);
  });
  for (const end of ["pointerup", "pointercancel"])
    node.addEventListener(end, () => {
      isMoving = false;
      release();
    });
  node.addEventListener("dblclick", freed);
  node.addEventListener("keydown", (event) => {
    if (["Delete", "Backspace"].includes(event.key)) freed();
    else if (event.key in KEYS) turned(Math.round(100 * Math.max(0, Math.min(1, now() + KEYS[event.key]))) / 100);
    else return;
    event.preventDefault();
  });
}
