/** Cell: the lesson's drawing of the LSTM cell with this word's numbers; every part can be asked how it came about. */

import { diagram } from "app/drawing/diagram.js";
import { el, fill, svg } from "app/drawing/draw.js";
import { formula } from "app/drawing/formula.js";
import { range } from "app/network/arrays.js";
import { genderOf, lookAlong, openness, unitOf } from "app/network/readout.js";
import { caseOf, stepOf, valvesAt } from "app/network/walk.js";
import { makeControls } from "app/screens/cell_controls.js";
import { makeHolds } from "app/state/hold.js";
import { differing } from "app/words/differing.js";
import { count, number, percent, signed } from "app/words/numbers.js";
import { GENDERS, SHAPES, SITES } from "app/words/terms.js";

/** What a step of the walk does at a word, in one sentence. */
const SAYS = [
  null,
  ({ valves, before, erased }, isUnit) =>
    isUnit
      ? `Forget: ${percent(valves.f)} of the memory ${number(before)} is kept, ${number(before + erased)} comes on.`
      : `Forget: the valve takes ${signed(erased)} from the memory of ${number(before)}.`,
  ({ valves, candidate, written }, isUnit) =>
    isUnit
      ? `Candidate: ${number(candidate)} could be written; ${percent(valves.i)} of it goes in, ${signed(written)}.`
      : `Candidate: what goes in adds ${signed(written)}.`,
  ({ before, erased, written, after }) =>
    `Memory: what was kept, ${number(before + erased)}, and what goes in, ${signed(written)}, make ${number(after)}.`,
  ({ valves, squashed, hAfter }, isUnit) =>
    isUnit
      ? `Output: ${percent(valves.o)} of tanh c = ${number(squashed)} is let out, ${number(hAfter)}.`
      : `Output: what is let out tells ${number(hAfter)}.`,
];

/** One cell of the unrolled row: its valves as small levers, the gender after it, the word, and the memory case. */
function mini(app, view, side, t, zoom) {
  const part = app.runs().now[side];
  const c = app.model.memory;
  const look = lookAlong(app, view, side, c);
  const valves = valvesAt(app, look, view.layer, part, t);
  const site = `${side}.l${view.layer}.${c}`;
  const gender = app.readout.has(site) ? genderOf(app.readout.p(site, part.row(`l${view.layer}.${c}`, t))) : null;
  const lever = (x, open) => {
    const a = (Math.PI / 2) * (1 - open);
    const dx = 8 * Math.cos(a);
    const dy = 8 * Math.sin(a);
    return svg("line", { x1: x - dx, x2: x + dx, y1: 12 + dy, y2: 12 - dy, class: "lever" });
  };
  return el(
    "button",
    {
      class: "mini",
      "data-at": app.placeOf(side, t),
      onclick: (event) => {
        zoom(event.currentTarget);
        app.go(side, t);
      },
    },
    svg(
      "svg",
      { viewBox: "0 0 72 24", width: 72, height: 24, "aria-hidden": "true" },
      svg("line", { x1: 0, x2: 72, y1: 12, y2: 12, class: "pipe" }),
      Object.values(valves).map((open, k) => lever(14 + 22 * k, open)),
    ),
    el("span", { class: `shape ${gender}` }, SHAPES[gender]),
    el("span", { lang: side === "dec" ? "cs" : null }, app.wordAt(side, t)),
    el("span", { class: "small" }, caseOf(app.payload.walk, valves.f, valves.i)),
  );
}

const stands = (walk, value) => ({ half: "half open" })[openness(value, walk)] ?? openness(value, walk);

/** What becomes of the memory at the word, in a sentence. */
function verdictOf({ payload: { walk } }, step, word, writes) {
  const is = step.case === walk.between ? "partly kept, partly rewritten" : step.case;
  return [
    writes ? ["Having read “", el("b", { lang: "cs" }, word), "”, it writes “"] : "At “",
    el("b", writes ? { lang: "cs" } : null, writes ?? word),
    writes ? "”: the memory is " : "” the memory is ",
    el("b", null, is),
    `: ${SITES.f} ${stands(walk, step.valves.f)}, ${SITES.i} ${stands(walk, step.valves.i)}.`,
  ];
}

/** What the small cells show. */
function legendOf(app, { look }) {
  const { walk } = app.payload;
  const levers = app.model.config.cell === "lstm" ? "forget, memory, output valve" : "keeping, writing";
  const cases = Object.entries(walk.cases).map(([standing, name]) => `${name}: ${standing.replace(" ", ", ")}`);
  return [
    `Lever along the pipe: open; across it: closed. Left to right: ${levers}, ${look.name}. `,
    `${SHAPES.m} ${GENDERS.m}, ${SHAPES.f} ${GENDERS.f}, ${SHAPES.null} neither: the gender in the memory. `,
    `Open is above ${walk.open.toFixed(2)}, closed below ${walk.closed.toFixed(2)}; `,
    `${cases.join("; ")}; ${walk.between}: one is half open. `,
  ];
}

/** The drawing grows out of the word that was clicked. */
function zoom(from, stage, drawing) {
  const a = from.getBoundingClientRect();
  const b = stage.getBoundingClientRect();
  drawing.style.transformOrigin = `${a.left + a.width / 2 - b.left}px 0px`;
  drawing.classList.remove("zoom");
  void drawing.getBoundingClientRect();
  drawing.classList.add("zoom");
}

/** What a hand on each tap does; nothing where the cell has no such valve. */
const handsOf = (app, holds) =>
  Object.fromEntries(
    ["f", "i", "o"].map((name) => {
      const { hold, release } = app.history;
      const hand = { turned: (value) => holds.turn(name, value), freed: () => holds.free(name), hold, release };
      return [name, holds.can(app.store.get(), name) ? hand : null];
    }),
  );

/** What the held valves do to the Czech. */
function effectOf(app, view, runs) {
  if (!view.edits.length)
    return el("p", { class: "small" }, "Drag a tap of the drawing: it stays there, and the Czech follows.");
  const changed = differing(runs.words, runs.newWords);
  const words = runs.newWords.slice(0, runs.now.finished ? -1 : undefined);
  const said =
    changed.size || runs.words.length !== runs.newWords.length
      ? `${count(Math.max(1, changed.size), "word changes", "words change")}.`
      : "No word changes.";
  return [
    el(
      "p",
      { class: "czechline" },
      words.map((word, t) => [" ", el("span", { class: changed.has(t) ? "differs" : "" }, app.czech(word))]),
    ),
    el("p", null, el("b", null, said), " ", el("button", { onclick: () => app.store.set({ edits: [] }) }, "Let go")),
  ];
}

/** Whose numbers these are. */
const whoseOf = (view, { look }) => (view.unit === "best" ? `${look.name}, chosen for this sentence` : look.name);

/** The cards of the screen, around the parts that are filled later. */
const layout = ({ controls, verdict, stage, panel, effect, row, legend }) => [
  controls.node,
  el(
    "div",
    { class: "side" },
    el("div", { class: "card" }, verdict, stage),
    el("div", { class: "card" }, panel, el("h3", null, "If a valve is held"), effect, controls.hold),
  ),
  el("div", { class: "card" }, el("h3", null, "The same cell at every word"), row, legend),
];

const WITHOUT_VALVES = [
  "This model is a plain RNN: h = tanh(W x + b + U h before). It has no valves and no memory pipeline, ",
  "so that all of its memory is squeezed through tanh at every word. ",
  "The drawing is of the LSTM; open the page of an LSTM to see it.",
];

export const screen = {
  id: "cell",
  title: "Cell",
  question: "What do the three valves do at this word, and what becomes of the memory?",
  mount(root, app) {
    if (app.model.config.cell === "rnn") {
      root.append(el("div", { class: "card" }, el("p", null, WITHOUT_VALVES)));
      return { update() {} };
    }
    const how = { reach: "here", width: "one" };
    const holds = makeHolds(app, how);
    const controls = makeControls(app, holds, how);
    const picture = diagram(app, (name) => app.store.set({ node: name }), handsOf(app, holds));
    const row = el("div", { class: "minis" });
    const panel = el("div", { "aria-live": "polite" });
    const effect = el("div", { class: "effect", "aria-live": "polite" });
    const verdict = el("p", { class: "verdict" });
    const legend = el("p", { class: "small whole" });
    const named = { tabindex: 0, role: "group", "aria-label": "Drawing of the cell" };
    const stage = el("div", { class: "wide", ...named }, picture.drawing);
    root.append(...layout({ controls, verdict, stage, panel, effect, row, legend }), app.aggregate("gates"));
    const small = (view, side, t) => mini(app, view, side, t, (from) => zoom(from, stage, picture.drawing));
    return {
      update(view, runs, why) {
        const any = (...names) => names.some((name) => why.has(name));
        const { side, t } = app.where();
        const step = stepOf(app, view, side, t);
        const word = app.read(side, t);
        const writes = side === "dec" ? app.target.word(runs.now.written[t]) : null;
        const isUnit = unitOf(app, view, side) !== null;
        controls.show(view);
        if (any("runs", "shown", "side", "unit", "layer")) {
          const cells = range(runs.now[side].steps).map((k) => small(view, side, k));
          fill(row, cells);
          fill(effect, effectOf(app, view, runs));
        }
        for (const node of row.children) node.setAttribute("aria-current", String(Number(node.dataset.at) === view.at));
        const isHeld = (name) => holds.isHeld(view, name);
        const layerName = view.layer ? `layer ${view.layer}` : undefined;
        picture.set(step, { word, layerName, whose: whoseOf(view, step), isHeld });
        picture.light(view.node, view.walk);
        if (view.walk && any("walk", "at") && !why.has("shown")) picture.travel(view.walk, 0.9 * controls.time());
        fill(verdict, view.walk ? SAYS[view.walk](step, isUnit) : verdictOf(app, step, word, writes));
        fill(legend, legendOf(app, step));
        fill(panel, formula(app, view, step, view.node, word, writes));
      },
    };
  },
};
