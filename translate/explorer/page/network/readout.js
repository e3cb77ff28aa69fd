/**
 * The gender that a state tells: p(feminine) = σ(direction · state + bias), as translate/lab/probes/readout.py reads
 * it.
 */
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

/**
 * What a view looks along, as translate/lab/demonstrations/walk.py does: one unit, the mean of all, or the gender's
 * direction u.
 * valve: one number for the values of a valve (weighted by |u|); along: u · values; bias: to be added for the log-odds.
 */
export function lookAlong(app, { unit, layer }, side, state) {
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
  if (Number.isInteger(unit))
    return { valve: (v) => v[unit], along: (v) => v[unit], bias: 0, gender: false, name: `unit ${unit}` };
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
