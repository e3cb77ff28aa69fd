/** The lesson's drawing of the LSTM cell: the memory pipeline on top, three taps, and what tells them how to stand. */
import { svg } from "app/drawing/draw.js";
import { sigmoid } from "app/network/model.js";
import { genderOf, openness } from "app/network/readout.js";
import { number, signed } from "app/words/numbers.js";
import { genderName, PARTS, SITES } from "app/words/terms.js";

/** What each step of the walk is about. */
const OF_STEP = [null, ["f", "h0", "x"], ["i", "g", "h0", "x"], ["c", "c0", "f", "i", "g"], ["o", "h", "c", "h0", "x"]];

/** A valve without the word valve. */
const withoutValve = (site) => SITES[site].replace(/ valve$/, "");

/** A tap on a pipe: its lever lies along the pipe where it is open and across it where it is closed. */
function tap(x, y, upright) {
  const lever = svg(
    "g",
    { class: "lever", style: { "transform-origin": `${x}px ${y}px` } },
    svg("line", { x1: x - 24, x2: x + 24, y1: y, y2: y }),
    svg("circle", { cx: x + 24, cy: y, r: 4 }),
  );
  return {
    parts: [svg("circle", { cx: x, cy: y, r: 17, class: "tap" }), lever],
    turn: (open) => {
      lever.style.transform = `rotate(${upright ? 90 * open : 90 * (open - 1)}deg)`;
    },
  };
}

const middle = { "text-anchor": "middle" };
const box = (x, y, width = 84, height = 42) =>
  svg("rect", { x: x - width / 2, y: y - height / 2, width, height, rx: 7, class: "box" });
const wire = (d, to) => svg("path", { d, class: "wire", "data-to": to });

/** What makes the parts of the drawing, and keeps by their names those that change. */
function makeParts(pick) {
  const [texts, streams, nodes] = [{}, {}, {}];
  return {
    texts,
    streams,
    nodes,
    stream(name, d, to) {
      streams[name] = svg("path", { d, class: "stream" });
      return [svg("path", { d, class: "pipe", "data-to": to }), streams[name]];
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
      nodes[name] = svg("g", { ...button, onclick: () => pick(name), onkeydown }, inside);
      return nodes[name];
    },
  };
}

/** The pipes that the memory and h flow through, and the wires that tell the valves. */
const pipes = ({ stream }) => [
  stream("in", "M121 92H262", "c"),
  stream("kept", "M262 92H470", "c"),
  stream("out", "M470 92H786", "c"),
  stream("made", "M470 297V196", "c"),
  stream("added", "M470 196V92", "c"),
  stream("shown", "M668 92V214", "h"),
  stream("given", "M668 214V376H786", "h"),
  wire("M121 376H576", "f i g o"),
  wire("M218 376V420", "f i g o"),
  wire("M262 376V339M262 297V109", "f"),
  wire("M366 376V339M366 297V196H453", "i"),
  wire("M470 376V339", "g"),
  wire("M576 376V339M576 297V214H651", "o"),
];

/** What can be asked: the memory and h before and after, the word, and the four gates; then + and tanh. */
function fields({ node, text }) {
  const field = (name, x, y, label) =>
    node(
      name,
      box(x, y, 118, 46),
      svg("text", { x, y: y - 4, class: "muted", ...middle }, label),
      text(name, x, y + 15, { ...middle, class: "strong" }),
    );
  const gate = (name, x, squash) =>
    node(
      name,
      box(x, 318),
      svg("text", { x, y: 314, class: "muted", ...middle }, withoutValve(name)),
      svg("text", { x, y: 331, ...middle }, squash),
    );
  return [
    field("c0", 62, 92, "memory before"),
    field("c", 838, 92, "memory after"),
    field("h0", 62, 376, "h before"),
    field("h", 838, 376, "h after"),
    node("x", box(218, 436, 132, 34), text("x", 218, 441, { ...middle, class: "strong" })),
    gate("f", 262, "σ"),
    gate("i", 366, "σ"),
    gate("g", 470, "tanh"),
    gate("o", 576, "σ"),
    svg(
      "g",
      { class: "plus" },
      svg("circle", { cx: 470, cy: 92, r: 15 }),
      svg("text", { x: 470, y: 97, ...middle }, "+"),
    ),
    svg(
      "g",
      { class: "plus small-plus" },
      svg("rect", { x: 644, y: 134, width: 48, height: 26, rx: 7 }),
      svg("text", { x: 668, y: 151, ...middle }, "tanh"),
    ),
  ];
}

/** The numbers beside the taps and the pipes. */
const captions = ({ text }) => [
  text("f", 262, 60, middle),
  text("i", 500, 192),
  text("i2", 500, 208, { class: "muted" }),
  text("o", 698, 210),
  text("o2", 698, 226, { class: "muted" }),
  text("erased", 290, 130, { class: "muted" }),
  text("written", 492, 130, { class: "muted" }),
  text("g", 486, 286, { class: "muted" }),
];

/** Every text of the drawing at a word. */
function textsOf(step, walk, name) {
  const { valves, look } = step;
  const abbreviated = (logit) => genderName(sigmoid(logit)).replace("masculine", "masc.").replace("feminine", "fem.");
  const told = (value) => (look.gender ? abbreviated(value) : number(value));
  return {
    x: name,
    c0: told(step.before),
    c: told(step.after),
    h0: told(step.hBefore),
    h: told(step.hAfter),
    f: `${SITES.f} ${valves.f.toFixed(2)} · ${openness(valves.f, walk)}`,
    i: `${SITES.i} ${valves.i.toFixed(2)}`,
    i2: openness(valves.i, walk),
    erased: `erased ${signed(step.erased)}`,
    written: `written ${signed(step.written)}`,
    g: number(step.candidate),
    ...(valves.o !== undefined && {
      o: `${withoutValve("o")} ${valves.o.toFixed(2)}`,
      o2: openness(valves.o, walk),
    }),
  };
}

/** How much flows through each pipe, and of which gender it is. */
function setStreams(streams, { valves, look, before, after }) {
  const shares = { in: 1, kept: valves.f, made: 1, added: valves.i, out: 1, shown: 1, given: valves.o ?? 1 };
  for (const [name, share] of Object.entries(shares))
    streams[name].style.strokeWidth = `${Math.max(0.8, 15 * share)}px`;
  for (const [name, value] of Object.entries({ in: before, kept: before, out: after }))
    streams[name].style.stroke = look.gender ? `var(--${genderOf(sigmoid(value)) ?? "muted"})` : "";
}

/** The drawing, made once; `set(step)` puts one word's numbers into it. */
export function diagram(app, pick) {
  const taps = { f: tap(262, 92), i: tap(470, 196, true), o: tap(668, 214, true) };
  const parts = makeParts(pick);
  const label = "The LSTM cell at the word under the cursor";
  const drawing = svg(
    "svg",
    { viewBox: "0 26 900 432", class: "picture cell", role: "group", "aria-label": label },
    svg("rect", { x: 150, y: 30, width: 600, height: 366, rx: 18, class: "wall" }),
    pipes(parts),
    fields(parts),
    Object.values(taps).map((each) => each.parts),
    captions(parts),
  );
  return {
    drawing,
    set(step, word, layerName) {
      const short = word.length > 14 ? `${word.slice(0, 13)}…` : word;
      const texts = textsOf(step, app.payload.walk, layerName ?? `“${short}”`);
      for (const [name, text] of Object.entries(texts)) {
        const node = parts.texts[name];
        if (node.textContent !== text) node.textContent = text;
      }
      for (const [name, open] of Object.entries(step.valves)) taps[name].turn(open);
      setStreams(parts.streams, step);
    },
    light(chosen, walk) {
      for (const [name, node] of Object.entries(parts.nodes)) {
        node.toggleAttribute("data-on", name === chosen);
        node.classList.toggle("dim", Boolean(walk) && !OF_STEP[walk].includes(name));
        node.setAttribute("aria-pressed", String(name === chosen));
      }
      for (const line of drawing.querySelectorAll("[data-to]"))
        line.toggleAttribute("data-lit", line.dataset.to.split(" ").includes(chosen));
    },
  };
}
