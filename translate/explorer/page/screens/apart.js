/** Where the trained networks differ most in how far back a nudge is felt, and why. */
import { el } from "app/drawing/draw.js";
import { range } from "app/network/arrays.js";
import { short } from "app/words/numbers.js";
import { SITES } from "app/words/terms.js";

/** Of each network its best line, this page's first: the memory, or the one state that there is. */
export const bestOf = (lines) =>
  lines.filter(({ network }, k) => network && lines.findIndex((l) => l.network === network) === k);

/** The word at which the networks differ most, by how many times: of those before the last one. */
export function mostApart(lines) {
  const best = bestOf(lines);
  if (best.length < 2) return null;
  const ratios = range(best[0].values.length - 1).map((t) => {
    const sizes = best.map(({ values }) => Math.max(values[t], 1e-30));
    return Math.max(...sizes) / Math.min(...sizes);
  });
  const word = ratios.indexOf(Math.max(...ratios));
  return { word, ratio: ratios[word] };
}

/** By which factor a nudge goes on in each cell. */
const FACTORS = {
  lstm: "along the LSTM's c it is multiplied by the forget valve alone, once a word",
  gru: `the GRU has no second state: its ${SITES.z} multiplies h and lets the new in, one valve for both`,
  rnn: "all of the RNN's h passes through W_rec and tanh at every word",
};

/** Where the networks differ most, and why. @param {string[]} read the words */
export function apart(lines, read) {
  const found = mostApart(lines);
  if (!found) return null;
  const best = bestOf(lines);
  const left = best.map(({ name, values }) => `${name} ${short(values[found.word])}`);
  const direct = lines.find(({ network }) => !network);
  const valves = direct ? ` (here f·f·…·f = ${short(direct.values[found.word])})` : "";
  const why = best.map(({ network }) => FACTORS[network.config.cell] + (network.config.cell === "lstm" ? valves : ""));
  return el(
    "p",
    { class: "apart" },
    el("b", null, `They differ most at “${read[found.word]}” ▾: ${left.join(", ")}. `),
    `Why: ${why.join("; ")}.`,
  );
}
