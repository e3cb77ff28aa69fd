/** The rows of the memory map: in which order the units stand, how high, and what the colours and the order say. */
import { el } from "app/drawing/draw.js";
import { byChange, byCluster } from "app/map/patterns.js";
import { range } from "app/network/arrays.js";
import { isGate, SITES } from "app/words/terms.js";

/** The first rows are drawn higher, so that one can see them: so many, each as high as so many others. */
const LENS = { rows: 8, high: 8 };

/** Heights in rows as high as the lower ones. */
export function lensOf(view, units) {
  const { rows, high } = view.sort === "cluster" || units < 4 * LENS.rows ? { rows: 0, high: 1 } : LENS;
  return {
    rows,
    high,
    /** Where a row begins. */
    begin: (row) => Math.min(row, rows) * high + Math.max(0, row - rows),
    /** The row at a height. */
    rowAt(line) {
      if (line < rows * high) return Math.floor(line / high);
      return Math.min(units - 1, Math.floor(line - rows * (high - 1)));
    },
  };
}

/**
 * The units in the order that is wanted, and the step at which the gender that is read changes most.
 * @returns {{order: number[], turn: number, tells: {u: Float32Array, mean: Float32Array}|null, ranked: boolean}} tells:
 *   of a state that is sorted by what its units tell of the gender, the direction and the mean against which they do
 */
export function arrange(app, view, run) {
  const { model, readout } = app;
  const units = model.units;
  const part = run[view.side];
  const state = isGate(view.site) || view.site === "g" ? model.memory : view.site;
  const read = `${view.side}.l${view.layer}.${state}`;
  const usual = app.payload.units?.[read];
  const logits = readout.has(read)
    ? range(part.steps).map((t) => readout.logit(read, part.row(`l${view.layer}.${state}`, t)))
    : [0];
  const jumps = logits.map((logit, t) => (t ? Math.abs(logit - logits[t - 1]) : 0));
  const turn = jumps.indexOf(Math.max(...jumps));
  const ranking = app.top(units, view.side, view.layer);
  const values = (site) => part.sites[`l${view.layer}.${site}`];
  let order = ranking.length ? ranking : range(units);
  if (view.sort === "cluster") order = byCluster(values(view.site), units);
  if (view.sort === "switch") {
    const spread = usual ? app.floats(usual.sd) : new Float32Array(units).fill(1);
    order = byChange(values(model.memory), units, turn, spread);
  }
  const isTelling = view.sort === "weight" && view.site === state && usual && readout.has(read);
  const tells = isTelling ? { u: readout.direction(read), mean: app.floats(usual.mean) } : null;
  return { order, turn, tells, ranked: ranking.length > 0 };
}

/** What is shown, what its colours mean, and how the rows are sorted. */
export function legend(app, view, { tells, ranked }) {
  return ["Shown: the ", app.term(SITES[view.site]), ". ", colours(app, view, tells), sorting(app, ranked)[view.sort]];
}

function colours(app, view, tells) {
  if (isGate(view.site)) return "The stronger the colour, the more open: 0 is closed, 1 open. ";
  if (!tells)
    return [
      "Colour: ",
      el("b", { class: "plus" }, "+"),
      " positive, ",
      el("b", { class: "minus" }, "−"),
      ` negative${view.site === "c" ? ", as tanh c" : ""}. `,
    ];
  return [
    "Colour: what the unit adds to the ",
    app.term("readout"),
    ", ",
    el("b", { class: "f" }, "■ feminine"),
    " or ",
    el("b", { class: "m" }, "● masculine"),
    ", against its mean. ",
  ];
}

const sorting = (app, ranked) => ({
  weight: ranked
    ? [
        "Rows: ",
        app.term("probe weight"),
        ", the largest on top; that a unit tells the gender is a ",
        app.term("correlation"),
        ".",
      ]
    : "Rows: the units as they are numbered; this model has no readout that could sort them.",
  switch: "Rows: by how much c changes at ▾, the word where the gender that is read turns most.",
  cluster: "Rows: each beside the one whose values go most like its own (correlation, chained greedily).",
});
