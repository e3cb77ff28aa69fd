/** The lesson's drawing of the LSTM cell: the memory pipeline on top, three taps, and what tells them how to stand. */
import { svg } from "app/drawing/draw.js";
import { tap } from "app/drawing/tap.js";
import { travel } from "app/drawing/travel.js";
import { sigmoid } from "app/network/model.js";
import { genderOf, openness } from "app/network/readout.js";
import { number, signed } from "app/words/numbers.js";
import { genderName, PARTS, SITES } from "app/words/terms.js";

/** What each step of the walk is about: parts by their names, pipes and wires by theirs. */
const OF_STEP = [
  null,
  ["f", "h0", "x", "c0", "in", "kept", "w-f", "w", "erased"],
  ["i", "g", "h0", "x", "made", "added", "w-i", "w-g", "w", "written"],
  ["c", "c0", "in", "kept", "added", "out", "plus", "erased", "written"],
  ["o", "h", "c", "out", "shown", "given", "w-o", "w", "h0", "x", "tanh"],
];
/** The pipes that the number takes in each step. */
const WAYS = [[], ["in", "kept"], ["made", "added"], ["kept", "out"], ["shown", "given"]];
const PIPES = {
  in: "M143 92H262",
  kept: "M262 92H478",
  out: "M478 92H757",
  made: "M478 277V190",
  added: "M478 190V92",
  shown: "M668 92V206",
  given: "M668 206V350H757",
};
/** Where the sign of what flows in a pipe stands. */
const SIGNS = {
  in: [190, 92],
  kept: [370, 92],
  out: [580, 92],
  made: [478, 250],
  added: [478, 140],
  given: [720, 350],
};
const WIDEST = 20;

/** A valve without the word valve. */
const withoutValve = (site) => SITES[site].replace(/ valve$/, "");

const middle = { "text-anchor": "middle" };
const box = (x, y, width = 92, height = 44) =>
  svg("rect", { x: x - width / 2, y: y - height / 2, width, height, rx: 7, class: "box" });
const wire = (name, d, to) => svg("path", { d, class: "wire", "data-to": to, "data-part": name });

/** What makes the parts of the drawing, and keeps by their names those that change. */
function makeParts(pick) {
  const [texts, streams, nodes] = [{}, {}, {}];
  return {
    texts,
    streams,
    nodes,
    stream(name, to) {
      const d = PIPES[name];
      streams[name] = svg("path", { d, class: "stream" });
      return svg("g", { "data-part": name }, svg("path", { d, class: "pipe", "data-to": to }), streams[name]);
    },
    sign(name) {
      const [x, y] = SIGNS[name];
      texts[`sign-${name}`] = svg("text", { x, y: y + 6, class: "sign", ...middle }, "");
      return svg("g", { "data-part": name }, texts[`sign-${name}`]);
    },
    text(name, x, y, attributes = {}) {
      texts[name] = svg("text", { x, y, ...attributes }, "");
      return texts[name];
    },
    node(name, ...inside) {
      const onkeydown = (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        pick(name);
        event.preventDefault();
      };
      const button = { class: "node", role: "button", tabindex: 0, "data-node": name, "aria-label": PARTS[name] };
      nodes[name] = svg("g", { ...button, "data-part": name, onclick: () => pick(name), onkeydown }, inside);
      return nodes[name];
    },
  };
}

/** The pipes that the memory and h flow through, and the wires that tell the valves. */
const pipes = ({ stream, sign }) => [
  ["in", "kept", "out"].map((name) => stream(name, "c")),
  ["made", "added"].map((name) => stream(name, "c")),
  ["shown", "given"].map((name) => stream(name, "h")),
  wire("w", "M143 350H576", "f i g o"),
  wire("w", "M218 350V388", "f i g o"),
  wire("w-f", "M262 350V321M262 277V112", "f"),
  wire("w-i", "M370 350V321M370 277V190H456", "i"),
  wire("w-g", "M478 350V321", "g"),
  wire("w-o", "M586 350V321M586 277V206H648", "o"),
  wire("w", "M576 350H586", "f i g o"),
  Object.keys(SIGNS).map(sign),
];

/** What can be asked: the memory and h before and after, the word, and the four gates; then + and tanh. */
function fields({ node, text }) {
  const field = (name, x, y, label) =>
    node(
      name,
      box(x, y, 142, 52),
      svg("text", { x, y: y - 6, class: "muted", ...middle }, label),
      text(name, x, y + 16, { ...middle, class: "strong" }),
    );
  const gate = (name, x, squash) =>
    node(
      name,
      box(x, 299),
      svg("text", { x, y: 295, class: "muted", ...middle }, withoutValve(name)),
      svg("text", { x, y: 313, ...middle }, squash),
    );
  return [
    field("c0", 72, 92, "memory before"),
    field("c", 828, 92, "memory after"),
    field("h0", 72, 350, "h before"),
    field("h", 828, 350, "h after"),
    node("x", box(218, 406, 150, 36), text("x", 218, 412, { ...middle, class: "strong" })),
    gate("f", 262, "σ"),
    gate("i", 370, "σ"),
    gate("g", 478, "tanh"),
    gate("o", 586, "σ"),
    svg(
      "g",
      { class: "plus", "data-part": "plus" },
      svg("circle", { cx: 478, cy: 92, r: 15 }),
      svg("text", { x: 478, y: 97, ...middle }, "+"),
    ),
    svg(
      "g",
      { class: "plus", "data-part": "tanh" },
      svg("rect", { x: 642, y: 130, width: 52, height: 28, rx: 7 }),
      svg("text", { x: 668, y: 149, ...middle }, "tanh"),
    ),
  ];
}

/** The numbers beside the taps and the pipes. */
const captions = ({ text }) => [
  svg("g", { "data-part": "f" }, text("f", 262, 50, middle)),
  svg("g", { "data-part": "i" }, text("i", 510, 188), text("i2", 510, 206, { class: "muted" })),
  svg("g", { "data-part": "o" }, text("o", 702, 204), text("o2", 702, 222, { class: "muted" })),
  svg("g", { "data-part": "erased" }, text("erased", 290, 132, { class: "muted" })),
  svg("g", { "data-part": "written" }, text("written", 500, 132, { class: "muted" })),
  text("whose", 440, 412, { class: "muted" }),
  svg("g", { "data-part": "g" }, text("g", 496, 268, { class: "muted" })),
];

/** What flows in each pipe: the memory and what is kept of it, what is written and let in, what is let out. */
const flows = ({ before, erased, written, after, candidate, squashed, hAfter }) => ({
  in: before,
  kept: before + erased,
  made: candidate,
  added: written,
  out: after,
  shown: squashed,
  given: hAfter,
});

/** Every text of the drawing at a word. */
function textsOf(step, walk, name) {
  const { valves, look } = step;
  const abbreviated = (logit) => genderName(sigmoid(logit)).replace("masculine", "masc.").replace("feminine", "fem.");
  const told = (value) => (look.gender ? abbreviated(value) : number(value));
  const signs = Object.entries(flows(step)).map(([pipe, value]) => [
    `sign-${pipe}`,
    Math.abs(value) < 0.005 ? "" : value > 0 ? "+" : "−",
  ]);
  return {
    x: name,
    c0: told(step.before),
    c: told(step.after),
    h0: told(step.hBefore),
    h: told(step.hAfter),
    f: `${SITES.f} ${valves.f.toFixed(2)} · ${openness(valves.f, walk)}`,
    i: `${withoutValve("i")} ${valves.i.toFixed(2)}`,
    i2: openness(valves.i, walk),
    erased: `erased ${signed(step.erased)}`,
    written: `written ${signed(step.written)}`,
    g: `${look.gender ? "u · g = " : ""}${number(step.candidate)}`,
    ...(valves.o !== undefined && {
      o: `${withoutValve("o")} ${valves.o.toFixed(2)}`,
      o2: openness(valves.o, walk),
    }),
    ...Object.fromEntries(signs.filter(([pipe]) => pipe !== "sign-shown")),
  };
}

/** Width is size, against the largest that flows at this word; colour is sign, or the gender where that is shown. */
function setStreams(streams, step) {
  const all = flows(step);
  const most = Math.max(1, ...Object.values(all).map(Math.abs));
  for (const [name, value] of Object.entries(all)) {
    const sign = step.look.gender ? (genderOf(sigmoid(value)) ?? "muted") : value > 0 ? "plus" : "minus";
    streams[name].style.strokeWidth = `${Math.max(1, (WIDEST * Math.abs(value)) / most)}px`;
    streams[name].style.stroke = `var(--${sign})`;
  }
}

/** The three taps by their names. */
function makeTaps(hands) {
  const at = { f: [262, 92], i: [478, 190, true], o: [668, 206, true] };
  return Object.fromEntries(
    Object.entries(at).map(([name, [x, y, upright]]) => [
      name,
      tap({ name, label: SITES[name], x, y, upright }, hands[name]),
    ]),
  );
}

/**
 * The drawing, made once; `set(step)` puts one word's numbers into it.
 * @param pick called with the part that is asked @param hands by tap what is told when it is turned, or null
 */
export function diagram(app, pick, hands) {
  const taps = makeTaps(hands);
  const parts = makeParts(pick);
  const label = "The LSTM cell at the word under the cursor";
  const drawing = svg(
    "svg",
    { viewBox: "0 30 900 396", class: "picture cell", role: "group", "aria-label": label },
    svg("rect", { x: 150, y: 32, width: 598, height: 336, rx: 18, class: "wall" }),
    pipes(parts),
    fields(parts),
    Object.entries(taps).map(([name, { node }]) => svg("g", { "data-part": name }, node)),
    captions(parts),
  );
  let shown = null;
  return {
    drawing,
    set(step, { word, layerName, whose, isHeld }) {
      shown = step;
      const short = word.length > 14 ? `${word.slice(0, 13)}…` : word;
      const texts = { ...textsOf(step, app.payload.walk, layerName ?? `“${short}”`), whose };
      for (const [name, text] of Object.entries(texts)) {
        const node = parts.texts[name];
        if (node.textContent !== text) node.textContent = text;
      }
      for (const [name, open] of Object.entries(step.valves)) taps[name].turn(open, isHeld(name));
      setStreams(parts.streams, step);
    },
    light(chosen, walk) {
      for (const [name, node] of Object.entries(parts.nodes)) {
        node.toggleAttribute("data-on", name === chosen);
        node.setAttribute("aria-pressed", String(name === chosen));
      }
      for (const part of drawing.querySelectorAll("[data-part]"))
        part.classList.toggle("dim", Boolean(walk) && !OF_STEP[walk].includes(part.dataset.part));
      for (const line of drawing.querySelectorAll("[data-to]"))
        line.toggleAttribute("data-lit", line.dataset.to.split(" ").includes(chosen));
    },
    /** The numbers of a step of the walk travel through their pipes. */
    travel(walk, time) {
      const all = flows(shown);
      const ways = WAYS[walk].map((name) => ({ d: PIPES[name], text: number(all[name]) }));
      travel(drawing, ways, time);
    },
  };
}
