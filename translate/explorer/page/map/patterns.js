/**
 * Which units are on at some words, and where else in the corpus they are; three orders of a heat map's rows. No DOM.
 *
 * On: more than one standard deviation above (high) or below (low) the unit's mean over the corpus sentences that
 * translate/explorer/patterns.py has coded.
 */

import { range } from "app/network/arrays.js";
import { bytesOf, floats } from "app/network/model.js";

/** @typedef {{high: number[], low: number[]}} Pattern  units */
/**
 * Where a pattern is, and the share of it that is found there.
 * @typedef {{sentence: number, from: number, share: number, gender: string}} Match
 */

/** One side of the payload's corpus, decoded. */
export function decoded(side) {
  const high = floats(side.high);
  const starts = [0];
  for (const words of side.words) starts.push(starts.at(-1) + words.length);
  return { ...side, high, low: floats(side.low), on: bytesOf(side.on), starts, units: high.length };
}

/** @returns {Pattern} the units that are on at every one of the steps from…to of `values`, [step·unit] */
export function patternOf(corpus, values, from, to) {
  const { units, high, low } = corpus;
  const everywhere = (test) =>
    range(units).filter((j) => range(to - from + 1).every((k) => test(values[(from + k) * units + j], j)));
  return { high: everywhere((v, j) => v > high[j]), low: everywhere((v, j) => v < low[j]) };
}

/**
 * The likest window of `length` words in each corpus sentence, the likest first; and the genders at all windows.
 * @param {Pattern} pattern
 * @returns {{best: Match[], all: Object<string, number>}}
 */
export function matches(corpus, pattern, length) {
  const { starts, on } = corpus;
  const plane = Math.ceil(corpus.units / 8);
  const size = 2 * plane;
  const all = { m: 0, f: 0, "-": 0 };
  const mask = new Uint8Array(size);
  const total = pattern.high.length + pattern.low.length || 1;
  for (const j of pattern.high) mask[j >> 3] |= 1 << (j & 7);
  for (const j of pattern.low) mask[plane + (j >> 3)] |= 1 << (j & 7);
  const count = (step) => {
    let found = 0;
    for (let b = 0; b < size; b++) {
      let bits = mask[b];
      for (let k = 0; k < length; k++) bits &= on[(step + k) * size + b];
      for (; bits; bits &= bits - 1) found++;
    }
    return found;
  };
  const best = corpus.words.flatMap((words, sentence) => {
    let top = null;
    for (let from = 0; from + length <= words.length; from++) {
      const gender = corpus.gender[sentence][from + length - 1];
      const share = count(starts[sentence] + from) / total;
      all[gender]++;
      if (!top || share > top.share) top = { sentence, from, share, gender };
    }
    return top ?? [];
  });
  return { best: best.sort((a, b) => b.share - a.share), all };
}

/** Units by how much they change from step `at - 1` to `at + 1` (in their own spread), the most first. */
export function byChange(values, units, at, spread) {
  const last = values.length / units - 1;
  const [before, after] = [Math.max(at - 1, 0) * units, Math.min(at + 1, last) * units];
  return sorted(units, (j) => Math.abs(values[after + j] - values[before + j]) / (spread[j] || 1));
}

/** Units in a chain: each next to the one that goes most like it (correlation over the steps); a greedy clustering. */
export function byCluster(values, units) {
  const steps = values.length / units;
  const rows = range(units).map((j) => {
    const row = range(steps).map((t) => values[t * units + j]);
    const mean = row.reduce((a, b) => a + b, 0) / steps;
    const length = Math.hypot(...row.map((v) => v - mean));
    return { row: row.map((v) => (v - mean) / (length || 1)), length };
  });
  const dot = (a, b) => rows[a].row.reduce((sum, v, t) => sum + v * rows[b].row[t], 0);
  const left = new Set(range(units));
  const chain = [];
  let next = sorted(units, (j) => rows[j].length)[0];
  while (left.size) {
    chain.push(next);
    left.delete(next);
    let nearest = -2;
    const from = next;
    for (const j of left) {
      const likeness = dot(from, j);
      if (likeness > nearest) [nearest, next] = [likeness, j];
    }
  }
  return chain;
}

const sorted = (count, key) => {
  const keys = range(count).map(key);
  return range(count).sort((a, b) => keys[b] - keys[a] || a - b);
};
