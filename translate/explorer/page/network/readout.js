/**
 * The gender that a state tells: p(feminine) = σ(direction · state + bias), as translate/lab/probes/readout.py reads
 * it.
 */
import { mean } from "app/network/arrays.js";
import { sigmoid } from "app/network/model.js";

export const UNSURE = [0.4, 0.6]; // between these the readout has not decided (as in the terminal)

/** @param {Object<string, {direction: Float32Array, bias: number}>} readout by full site, "dec.l0.c" */
export function makeReadout(readout) {
  const dot = (a, b) => {
    let sum = 0;
    for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
    return sum;
  };
  const clipped = (logit) => sigmoid(Math.max(-50, Math.min(50, logit)));
  return {
    has: (site) => Object.hasOwn(readout, site),
    direction: (site) => readout[site].direction,
    bias: (site) => readout[site].bias,
    /** The log-odds of feminine; without the bias for a change of the state. */
    logit: (site, state) => dot(readout[site].direction, state) + readout[site].bias,
    along: (site, change) => dot(readout[site].direction, change),
    p: (site, state) => clipped(dot(readout[site].direction, state) + readout[site].bias),
  };
}

/** "m", "f", or null where it is undecided. */
export const genderOf = (p) => (p > UNSURE[0] && p < UNSURE[1] ? null : p >= 0.5 ? "f" : "m");

/** A valve's value in a word, by the thresholds of translate/lab/demonstrations/walk.py, which the payload carries. */
export const openness = (value, { open, closed }) => (value > open ? "open" : value < closed ? "closed" : "half");

/** When p tells a gender so surely that it counts as stored. */
const SURE = 0.9;

/**
 * Where a gender is stored: the first word of each run of words at which the memory tells the same one, if it is sure
 * of it at one of them, and if it is not the one that was stored last.
 * @param {number[]} genders p(feminine) after each step @returns {{t: number, gender: "m"|"f"}[]}
 */
export function storedAt(genders) {
  const found = [];
  let begin = null;
  genders.forEach((p, t) => {
    const gender = genderOf(p);
    if (!gender) begin = null;
    else if (begin?.gender !== gender) begin = { t, gender };
    if (gender && Math.max(p, 1 - p) >= SURE && found.at(-1)?.gender !== gender) found.push(begin);
  });
  return found;
}

/**
 * The unit that writes most of the gender which the memory then tells, u·i·g, at any one word of a run of an LSTM; of
 * other cells the one that weighs most.
 */
function chosenUnit(app, run, side, layer) {
  const state = `l${layer}.${app.model.memory}`;
  const site = `${side}.${state}`;
  const part = run[side];
  if (app.model.config.cell !== "lstm" || !app.readout.has(site) || !part.steps) return app.top(1, side, layer)[0] ?? 0;
  const u = app.readout.direction(site);
  let [best, most] = [0, 0];
  for (let t = 0; t < part.steps; t++) {
    const [i, g] = ["i", "g"].map((name) => part.row(`l${layer}.${name}`, t));
    const sign = app.readout.logit(site, part.row(state, t)) > 0 ? 1 : -1;
    u.forEach((weight, k) => {
      const written = sign * weight * i[k] * g[k];
      if (written > most) [best, most] = [k, written];
    });
  }
  return best;
}

/** The unit that a view is about: the one it names, or one chosen for its sentence. Null where it is about many. */
export const unitOf = (app, view, side) => {
  if (Number.isInteger(view.unit)) return view.unit;
  if (view.unit !== "best" || !["cell", "unit"].includes(view.screen)) return null;
  const { plain } = app.runs();
  plain.chosen ??= {};
  plain.chosen[`${side}${view.layer}`] ??= chosenUnit(app, plain, side, view.layer);
  return plain.chosen[`${side}${view.layer}`];
};

/**
 * What a view looks along, as translate/lab/demonstrations/walk.py does: one unit, the mean of all, or the gender's
 * direction u; "best" is the mean of the three units that weigh most in the gender, and in a cell, whose formulas are
 * those of one unit, the one chosen for the sentence.
 * valve: one number for the values of a valve (weighted by |u|); along: u · values; bias: to be added for the log-odds.
 */
export function lookAlong(app, view, side, state) {
  const { unit, layer } = view;
  const single = unitOf(app, view, side);
  const n = app.model.units;
  const site = `${side}.l${layer}.${state}`;
  const gender = unit === "gender" && app.readout.has(site);
  const u = gender ? app.readout.direction(site) : null;
  const total = gender ? u.reduce((sum, x) => sum + Math.abs(x), 0) : n;
  const sum = (values, weight) => {
    let all = 0;
    for (let k = 0; k < n; k++) all += values[k] * weight(k);
    return all;
  };
  if (single !== null)
    return { valve: (v) => v[single], along: (v) => v[single], bias: 0, gender: false, name: `unit ${single}` };
  const three = unit === "best" ? app.top(3, side, layer) : [];
  if (three.length) {
    const average = (v) => mean(three.map((k) => v[k]));
    const name = `mean of units ${three.join(", ")}`;
    return { valve: average, along: average, bias: 0, gender: false, name };
  }
  if (gender)
    return {
      valve: (v) => sum(v, (k) => Math.abs(u[k])) / total,
      along: (v) => sum(v, (k) => u[k]),
      bias: app.readout.bias(site),
      gender,
      name: "the gender direction",
    };
  return {
    valve: (v) => sum(v, () => 1) / n,
    along: (v) => sum(v, () => 1) / n,
    bias: 0,
    gender: false,
    name: `the mean of ${n} units`,
  };
}
