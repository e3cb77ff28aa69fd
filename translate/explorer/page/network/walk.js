/**
 * The walk through one cell at one word, as translate/lab/demonstrations/walk.py takes it: what each valve decides,
 * and what becomes of the memory.
 */
import { linear } from "app/network/model.js";
import { lookAlong, openness } from "app/network/readout.js";

/** What would be written, by cell. */
export const CANDIDATES = { lstm: "g", gru: "n", rnn: "h" };

/** What becomes of the memory: kept, changed completely, added to, cleared, or none of these. */
export const caseOf = (walk, forget, memory) =>
  walk.cases[`${openness(forget, walk)} ${openness(memory, walk)}`] ?? walk.between;

/** The two valves of the memory at a step: how much is kept, how much is written. */
export function valvesAt(app, look, layer, side, t) {
  const row = (name) => look.valve(side.row(`l${layer}.${name}`, t));
  if (app.model.config.cell === "lstm") return { f: row("f"), i: row("i"), o: row("o") };
  if (app.model.config.cell === "gru") {
    const z = row("z");
    return { f: z, i: 1 - z };
  }
  return null;
}

/**
 * Everything about one step along what the view looks along. erased + written is what the memory changed by.
 * push(site) → what the word (with the bias) and h before push it by, before it is squashed.
 */
export function stepOf(app, view, side, t, run = app.runs().now) {
  const { model } = app;
  const { cell } = model.config;
  const part = run[side];
  const { memory } = model;
  const layer = `l${view.layer}`;
  const look = lookAlong(app, view, side, memory);
  const shown = lookAlong(app, view, side, "h");
  const row = (name) => part.row(`${layer}.${name}`, t);
  const before = part.before(`${layer}.${memory}`, t);
  const h = part.before(`${layer}.h`, t);
  const n = model.units;
  const weights = model.sides[side].layers[view.layer];
  const hidden = linear(weights.hh, h, weights.late, new Float32Array(model.gates.length * n));
  const push = (site) => {
    const block = model.gates.indexOf(site);
    const pre = row(`${site}_pre`);
    const reset = site === "n" ? row("r") : null;
    const from = hidden.subarray(block * n, block * n + n).map((x, j) => (reset ? reset[j] * x : x));
    return { word: look.valve(pre.map((x, j) => x - from[j])), hidden: look.valve(from), sum: look.valve(pre) };
  };
  const valves = valvesAt(app, look, view.layer, part, t);
  const each = (make) => look.along(Float64Array.from({ length: n }, (_, j) => make(j)));
  let erased = null;
  let written = null;
  if (cell === "lstm") {
    const [f, i, c] = [row("f"), row("i"), row("g")];
    erased = each((j) => (f[j] - 1) * before[j]);
    written = each((j) => i[j] * c[j]);
  } else if (cell === "gru") {
    const [z, c] = [row("z"), row("n")];
    erased = each((j) => (z[j] - 1) * before[j]);
    written = each((j) => (1 - z[j]) * c[j]);
  }
  return {
    look,
    shown,
    valves,
    push,
    erased,
    written,
    candidate: look.along(row(CANDIDATES[cell])),
    before: look.along(before) + look.bias,
    after: look.along(row(memory)) + look.bias,
    hBefore: shown.along(h) + shown.bias,
    hAfter: shown.along(row("h")) + shown.bias,
    case: valves && caseOf(app.payload.walk, valves.f, valves.i),
    squashed: look.along(row(memory).map(Math.tanh)),
  };
}
