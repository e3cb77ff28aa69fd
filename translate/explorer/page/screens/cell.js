/** Cell: the lesson's drawing of the LSTM cell with this word's numbers; every part can be asked how it came about. */

import { diagram } from "app/drawing/diagram.js";
import { el, fill, svg } from "app/drawing/draw.js";
import { formula } from "app/drawing/formula.js";
import { genderOf, lookAlong, openness } from "app/network/readout.js";
import { caseOf, stepOf, valvesAt } from "app/network/walk.js";
import { GENDERS, SHAPES, SITES } from "app/words/terms.js";

const STEPS = ["All", "1 Forget", "2 Candidate", "3 Memory", "4 Output"];

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
  const { now, n } = app.runs();
  const part = now[side];
  const at = side === "enc" ? t : n + t;
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
  const word = side === "enc" ? app.read("enc", t) : app.target.word(now.written[t]);
  return el(
    "button",
    {
      type: "button",
      class: "mini",
      "data-at": at,
      onclick: (event) => {
        zoom(event.currentTarget);
        app.store.set({ at });
      },
    },
    svg(
      "svg",
      { viewBox: "0 0 72 24", width: 72, height: 24, "aria-hidden": "true" },
      svg("line", { x1: 0, x2: 72, y1: 12, y2: 12, class: "pipe" }),
      Object.values(valves).map((open, k) => lever(14 + 22 * k, open)),
    ),
    el("span", { class: `shape ${gender}` }, SHAPES[gender]),
    el("span", { lang: side === "dec" ? "cs" : null }, word),
    el("span", { class: "small" }, caseOf(app.payload.walk, valves.f, valves.i)),
  );
}

export const screen = {
  id: "cell",
  title: "Cell",
  question: "What do the three valves do at this word, and what becomes of the memory?",
  mount(root, app) {
    if (app.model.config.cell === "rnn") {
      root.append(
        el(
          "div",
          { class: "card" },
          el(
            "p",
            null,
            "This model is a plain RNN: h = tanh(W x + b + U h before). It has no valves and no memory pipeline, ",
            "so that all of its memory is squeezed through tanh at every word. ",
            "The drawing is of the LSTM; open the page of an LSTM to see it.",
          ),
        ),
      );
      return { update() {} };
    }
    const { store } = app;
    const picked = (name) => store.set({ node: name });
    const drawing = diagram(app, picked);
    const row = el("div", { class: "minis" });
    const panel = el("div", { class: "card", "aria-live": "polite" });
    const verdict = el("p", { class: "verdict" });
    const legend = el("p", { class: "small" });
    const stage = el(
      "div",
      { class: "wide", tabindex: 0, role: "group", "aria-label": "Drawing of the cell" },
      drawing.drawing,
    );
    const press = (label, patch, on) => {
      const node = el("button", { type: "button", onclick: () => store.set(patch()) }, label);
      return { node, show: (view) => node.setAttribute("aria-pressed", String(on(view))) };
    };
    const best = () => app.top(1, store.get().side, store.get().layer)[0] ?? 0;
    const unit = el("input", {
      type: "number",
      min: 0,
      max: app.model.units - 1,
      "aria-label": "Unit",
      onchange: () => {
        if (unit.value !== "")
          store.set({ unit: Math.max(0, Math.min(app.model.units - 1, Math.round(Number(unit.value)))) });
      },
    });
    const group = (name, buttons, ...more) =>
      el(
        "fieldset",
        { class: "choice" },
        el("legend", null, name),
        buttons.map(({ node }) => node),
        ...more,
      );
    const sides = [
      press(
        "English (encoder)",
        () => ({ side: "enc" }),
        (v) => v.side === "enc",
      ),
      press(
        "Czech (decoder)",
        () => ({ side: "dec" }),
        (v) => v.side === "dec",
      ),
    ];
    const looks = [
      press(
        "mean of all",
        () => ({ unit: "mean" }),
        (v) => v.unit === "mean",
      ),
      press(
        "gender direction",
        () => ({ unit: "gender" }),
        (v) => v.unit === "gender",
      ),
      press(
        "one unit",
        () => ({ unit: best() }),
        (v) => Number.isInteger(v.unit),
      ),
    ];
    const walks = STEPS.map((label, k) =>
      press(
        label,
        () => ({ walk: k, ...(k ? { node: ["", "f", "g", "c", "h"][k] } : {}) }),
        (v) => v.walk === k,
      ),
    );
    const buttons = [...sides, ...looks, ...walks];
    const layers =
      app.model.config.layers > 1
        ? [
            el(
              "label",
              null,
              "layer ",
              el("input", {
                type: "number",
                min: 1,
                max: app.model.config.layers,
                value: 1,
                onchange: (event) => store.set({ layer: event.target.value - 1 }),
              }),
            ),
          ]
        : [];
    root.append(
      el("div", { class: "controls" }, group("Side", sides), group("Look at", looks, unit), layers),
      el(
        "div",
        { class: "side" },
        el("div", { class: "card" }, el("div", { class: "controls" }, group("Step", walks)), verdict, stage),
        panel,
      ),
      el("div", { class: "card" }, el("h3", null, "The same cell at every word"), row, legend),
      app.aggregate("gates"),
    );
    /** The drawing grows out of the word that was clicked. */
    function zoom(from) {
      const a = from.getBoundingClientRect();
      const b = stage.getBoundingClientRect();
      drawing.drawing.style.transformOrigin = `${a.left + a.width / 2 - b.left}px 0px`;
      drawing.drawing.classList.remove("zoom");
      void drawing.drawing.getBoundingClientRect();
      drawing.drawing.classList.add("zoom");
    }
    return {
      update(view, runs, why) {
        if (!runs.n) {
          fill(row);
          return;
        }
        const { side, t } = app.where();
        const step = stepOf(app, view, side, t);
        const word = app.read(side, t);
        const writes = side === "dec" ? app.target.word(runs.now.written[t]) : null;
        for (const { show } of buttons) show(view);
        unit.hidden = !Number.isInteger(view.unit);
        unit.value = view.unit;
        if (["runs", "shown", "side", "unit", "layer"].some((name) => why.has(name)))
          fill(
            row,
            Array.from({ length: runs.now[side].steps }, (_, k) => mini(app, view, side, k, zoom)),
          );
        for (const node of row.children) node.setAttribute("aria-current", String(Number(node.dataset.at) === view.at));
        drawing.set(step, word, view.layer ? `layer ${view.layer}` : undefined);
        drawing.light(view.node, view.walk);
        const { walk } = app.payload;
        const held = step.case !== walk.between;
        fill(
          verdict,
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
        );
        const levers = app.model.config.cell === "lstm" ? "forget, memory, output valve" : "keeping, writing";
        const cases = Object.entries(walk.cases).map(([standing, name]) => `${name}: ${standing.replace(" ", ", ")}`);
        fill(
          legend,
          `Lever along the pipe: open; across it: closed. Left to right: ${levers}, ${step.look.name}. `,
          `${SHAPES.m} ${GENDERS.m}, ${SHAPES.f} ${GENDERS.f}, ${SHAPES.null} neither: the gender in the memory. `,
          `Open is above ${walk.open.toFixed(2)}, closed below ${walk.closed.toFixed(2)}; `,
          `${cases.join("; ")}; ${walk.between}: one is half open.`,
        );
        fill(
          panel,
          formula(app, view, step, view.node, word, writes),
          view.walk ? null : el("p", { class: "small" }, "Click any part of the drawing."),
        );
      },
    };
  },
};
