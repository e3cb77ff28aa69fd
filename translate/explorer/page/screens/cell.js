/** Cell: the lesson's drawing of the LSTM cell with this word's numbers; every part can be asked how it came about. */

import { diagram } from "app/drawing/diagram.js";
import { el, fill, svg } from "app/drawing/draw.js";
import { formula } from "app/drawing/formula.js";
import { range } from "app/network/arrays.js";
import { genderOf, lookAlong, openness } from "app/network/readout.js";
import { caseOf, stepOf, valvesAt } from "app/network/walk.js";
import { GENDERS, SHAPES, SITES } from "app/words/terms.js";

/** The choices of the screen: what a button says, the view that it makes, and whether that is so. */
const SIDES = [
  ["English (encoder)", () => ({ side: "enc" }), (view) => view.side === "enc"],
  ["Czech (decoder)", () => ({ side: "dec" }), (view) => view.side === "dec"],
];
const LOOKS = [
  ["mean of all", () => ({ unit: "mean" }), (view) => view.unit === "mean"],
  ["gender direction", () => ({ unit: "gender" }), (view) => view.unit === "gender"],
  [
    "one unit",
    (app, { side, layer }) => ({ unit: app.top(1, side, layer)[0] ?? 0 }),
    (view) => Number.isInteger(view.unit),
  ],
];
const WALKS = ["All", "1 Forget", "2 Candidate", "3 Memory", "4 Output"].map((label, k) => [
  label,
  () => ({ walk: k, ...(k ? { node: ["", "f", "g", "c", "h"][k] } : {}) }),
  (view) => view.walk === k,
]);

/**
 * What stands open and closed where the memory is in a case: "the forget valve is open and the memory valve closed".
 */
function standing({ cases }, name) {
  const [forget, memory] = Object.keys(cases)
    .find((each) => cases[each] === name)
    .split(" ");
  return forget === memory ? `both valves are ${forget}` : `the ${SITES.f} is ${forget} and the ${SITES.i} ${memory}`;
}

/** The cases between which the memory is where a valve is half open. */
function between(walk, { f, i }) {
  const ends = (value) => {
    const word = openness(value, walk);
    return word === "half" ? ["open", "closed"] : [word];
  };
  return ends(f)
    .flatMap((a) => ends(i).map((b) => `“${walk.cases[`${a} ${b}`]}”`))
    .join(" and ")
    .replace(/^(.*) and (.*) and (.*) and (.*)$/, "$1, $2, $3 and $4");
}

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

/** What becomes of the memory at the word, in a sentence. */
function verdictOf(app, step, word, writes) {
  const { walk } = app.payload;
  const held = step.case !== walk.between;
  return [
    writes
      ? [
          "Having read “",
          el("b", { lang: "cs" }, word),
          "”, it writes “",
          el("b", { lang: "cs" }, writes),
          "”: the memory is ",
        ]
      : ["At “", el("b", null, word), "” the memory is "],
    el("b", { class: "case" }, held ? step.case : `between ${between(walk, step.valves)}`),
    held
      ? ` (${standing(walk, step.case)}).`
      : `: ${SITES.f} ${openness(step.valves.f, walk)}, ${SITES.i} ${openness(step.valves.i, walk)}.`,
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
    `${cases.join("; ")}; ${walk.between}: one is half open.`,
  ];
}

/** Buttons of which one is pressed, by what the view says. */
function group(app, name, choices, ...more) {
  const { store } = app;
  const buttons = choices.map(([label, patch]) =>
    el("button", { onclick: () => store.set(patch(app, store.get())) }, label),
  );
  return {
    node: el("fieldset", { class: "choice" }, el("legend", null, name), buttons, ...more),
    show(view) {
      for (const [k, [, , isSo]] of choices.entries()) buttons[k].setAttribute("aria-pressed", String(isSo(view)));
    },
  };
}

/** Which side, along what, which layer, and the steps of the walk. */
function makeControls(app) {
  const { store, model } = app;
  const number = (attributes) => el("input", { type: "number", ...attributes });
  const unit = number({
    min: 0,
    max: model.units - 1,
    "aria-label": "Unit",
    onchange: () => {
      if (unit.value !== "")
        store.set({ unit: Math.max(0, Math.min(model.units - 1, Math.round(Number(unit.value)))) });
    },
  });
  const { layers } = model.config;
  const onchange = (event) => store.set({ layer: event.target.value - 1 });
  const layer = layers > 1 ? el("label", null, "layer ", number({ min: 1, max: layers, value: 1, onchange })) : [];
  const [sides, looks] = [group(app, "Side", SIDES), group(app, "Look at", LOOKS, unit)];
  const walks = group(app, "Step", WALKS);
  return {
    node: el("div", { class: "controls" }, sides.node, looks.node, layer),
    walk: el("div", { class: "controls" }, walks.node),
    show(view) {
      for (const { show } of [sides, looks, walks]) show(view);
      unit.hidden = !Number.isInteger(view.unit);
      unit.value = Number.isInteger(view.unit) ? view.unit : "";
    },
  };
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
    const picture = diagram(app, (name) => app.store.set({ node: name }));
    const controls = makeControls(app);
    const row = el("div", { class: "minis" });
    const panel = el("div", { class: "card", "aria-live": "polite" });
    const verdict = el("p", { class: "verdict" });
    const legend = el("p", { class: "small" });
    const named = { tabindex: 0, role: "group", "aria-label": "Drawing of the cell" };
    const stage = el("div", { class: "wide", ...named }, picture.drawing);
    root.append(
      controls.node,
      el("div", { class: "side" }, el("div", { class: "card" }, controls.walk, verdict, stage), panel),
      el("div", { class: "card" }, el("h3", null, "The same cell at every word"), row, legend),
      app.aggregate("gates"),
    );
    const small = (view, side, t) => mini(app, view, side, t, (from) => zoom(from, stage, picture.drawing));
    return {
      update(view, runs, why) {
        if (!runs.n) return void fill(row);
        const { side, t } = app.where();
        const step = stepOf(app, view, side, t);
        const word = app.read(side, t);
        const writes = side === "dec" ? app.target.word(runs.now.written[t]) : null;
        controls.show(view);
        if (["runs", "shown", "side", "unit", "layer"].some((name) => why.has(name))) {
          const cells = range(runs.now[side].steps).map((k) => small(view, side, k));
          fill(row, cells);
        }
        for (const node of row.children) node.setAttribute("aria-current", String(Number(node.dataset.at) === view.at));
        picture.set(step, word, view.layer ? `layer ${view.layer}` : undefined);
        picture.light(view.node, view.walk);
        fill(verdict, verdictOf(app, step, word, writes));
        fill(legend, legendOf(app, step));
        const hint = view.walk ? null : el("p", { class: "small" }, "Click any part of the drawing.");
        fill(panel, formula(app, view, step, view.node, word, writes), hint);
      },
    };
  },
};
