/**
 * The encoder–decoder, every gate of every unit, as translate/model/network.py and cells.py compute it: float32, the
 * three cells, any number of layers. Nothing here knows of the page.
 *
 * A quantity is a *site*: "l0.f" is the forget gate of the first layer; a Side keeps it as one array [step · unit], in
 * the order of reading. An edit's steps are, as in the laboratory, the words' places in the sentence as it is written.
 */

export const [PAD, UNKNOWN, START, END] = [0, 1, 2, 3];
export const STATES = { lstm: ["h", "c"], gru: ["h"], rnn: ["h"] };
/** Gates of each cell in the order of their blocks of rows. */
export const GATES = { lstm: ["i", "f", "g", "o"], gru: ["r", "z", "n"], rnn: ["h"] };

/**
 * @typedef {{ih: Float32Array, hh: Float32Array, bih: Float32Array, bhh: Float32Array, input: number}} Layer
 * @typedef {{ids: number[], steps: number, width: number, sites: Object<string, Float32Array>,
 *   initial: Object<string, Float32Array>, row: (site: string, t: number) => Float32Array,
 *   before: (site: string, t: number) => Float32Array}} Side
 * @typedef {{site: string, units?: number[]|null, steps?: number[]|null, op: "set"|"scale"|"values", value?: number,
 *   values?: Float32Array}} Edit
 * @typedef {{enc: Side, dec: Side, written: number[], finished: boolean, probs: Float32Array[]}} Run
 */

/** The floats of a base64 text (float32, little-endian). */
export const floats = (base64) => new Float32Array(bytesOf(base64).buffer);

/** The same of float16: a sign, 5 bits of exponent, 10 of fraction. */
export const halves = (base64) =>
  Float32Array.from(new Uint16Array(bytesOf(base64).buffer), (bits) => {
    const [sign, exponent, fraction] = [bits >> 15 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
    if (exponent === 31) return fraction ? Number.NaN : sign / 0;
    return sign * (exponent ? 2 ** (exponent - 15) * (1 + fraction / 1024) : 2 ** -24 * fraction);
  });

/** The bytes of a base64 text. */
export function bytesOf(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  const raw = atob(base64);
  const bytes = new Uint8Array(raw.length);
  for (let k = 0; k < raw.length; k++) bytes[k] = raw.charCodeAt(k);
  return bytes;
}

/** A model as the payload carries it. */
export const unpack = ({ config, weights, half = false }) =>
  makeModel({
    config,
    weights: Object.fromEntries(
      Object.entries(weights).map(([name, value]) => [name, (half ? halves : floats)(value)]),
    ),
  });

export const sigmoid = (x) => 1 / (1 + Math.exp(-x));

/**
 * out = bias + W v for W [rows · v.length]; sums in double precision, four rows at a time, so that none waits for
 * another.
 */
export function linear(weight, v, bias, out) {
  const n = v.length;
  const rows = out.length;
  let row = 0;
  for (; row + 3 < rows; row += 4) {
    let p = row * n;
    let q = p + n;
    let r = q + n;
    let s = r + n;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let k = 0; k < n; k++) {
      const x = v[k];
      a += weight[p++] * x;
      b += weight[q++] * x;
      c += weight[r++] * x;
      d += weight[s++] * x;
    }
    out[row] = a;
    out[row + 1] = b;
    out[row + 2] = c;
    out[row + 3] = d;
  }
  for (; row < rows; row++) {
    let a = 0;
    for (let k = 0; k < n; k++) a += weight[row * n + k] * v[k];
    out[row] = a;
  }
  if (bias) for (let k = 0; k < rows; k++) out[k] += bias[k];
  return out;
}

/**
 * One step of each cell: `put(name, unit → value)` keeps a quantity, edited; x and r are what word and h tell the
 * gates.
 */
const CELLS = {
  lstm(put, x, r, n, { c }) {
    const gate = (name, block, squash) => {
      const pre = put(`${name}_pre`, (j) => x[block * n + j] + r[block * n + j]);
      return put(name, (j) => squash(pre[j]));
    };
    const i = gate("i", 0, sigmoid);
    const f = gate("f", 1, sigmoid);
    const g = gate("g", 2, Math.tanh);
    const o = gate("o", 3, sigmoid);
    const now = put("c", (j) => f[j] * c[j] + i[j] * g[j]);
    put("h", (j) => o[j] * Math.tanh(now[j]));
  },
  gru(put, x, r, n, { h }) {
    const gate = (name, block) => {
      const pre = put(`${name}_pre`, (j) => x[block * n + j] + r[block * n + j]);
      return put(name, (j) => sigmoid(pre[j]));
    };
    const reset = gate("r", 0);
    const z = gate("z", 1);
    const pre = put("n_pre", (j) => x[2 * n + j] + reset[j] * r[2 * n + j]);
    const fresh = put("n", (j) => Math.tanh(pre[j]));
    put("h", (j) => (1 - z[j]) * fresh[j] + z[j] * h[j]);
  },
  rnn(put, x, r) {
    const pre = put("h_pre", (j) => x[j] + r[j]);
    put("h", (j) => Math.tanh(pre[j]));
  },
};

/** The weights of a side by layer. */
const layersOf = ({ cell, layers, hidden: units, embedding }, weights, side) =>
  Array.from({ length: layers }, (_, l) => {
    const [ih, hh, bih, bhh] = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"].map(
      (name) => weights[`${side}.${name}_l${l}`],
    );
    // Only the GRU's candidate keeps its recurrent bias to itself: the reset gate scales it.
    const late = cell === "gru" ? bhh.map((b, row) => (row < 2 * units ? 0 : b)) : null;
    const early = bih.map((b, row) => b + (late && row >= 2 * units ? 0 : bhh[row]));
    return { ih, hh, bih, bhh, late, early, input: l ? units : embedding };
  });

/** What a layer's input tells its gates, [gates · unit]. */
const project = ({ gates, units }, layer, v) =>
  linear(layer.ih, v, layer.early, new Float32Array(gates.length * units));

/** Room for so many steps of a side. @returns {Side} */
function makeSide({ config, units, gates, states }, steps) {
  const names = [...gates.flatMap((gate) => [`${gate}_pre`, gate]), ...states];
  const sites = {};
  const initial = {};
  for (let l = 0; l < config.layers; l++) {
    for (const name of names) sites[`l${l}.${name}`] ??= new Float32Array(steps * units);
    for (const name of states) initial[`l${l}.${name}`] = new Float32Array(units);
  }
  const side = { ids: [], steps: 0, width: units, sites, initial };
  side.row = (site, t) => side.sites[site].subarray(t * units, (t + 1) * units);
  /** The state that step t started from: c before c. */
  side.before = (site, t) => (t > 0 ? side.row(site, t - 1) : side.initial[site]);
  return side;
}

/** @param {Edit} edit */
function change({ units: some, steps, op, value, values }, row, place) {
  const units = row.length;
  if (steps && !steps.includes(place)) return;
  if (op === "values" && (place + 1) * units > values.length) return; // the other run is over
  for (const j of some ?? row.keys())
    if (j < units) row[j] = op === "set" ? value : op === "scale" ? row[j] * value : values[place * units + j];
}

/** Step t of all layers of a side, reading `id` at `place`; returns h of the last layer. */
function advance(model, name, side, id, t, place, edits) {
  const { config, units, gates, states } = model;
  let x = model.told(name, id);
  let h;
  model.sides[name].layers.forEach((layer, l) => {
    if (l) x = project(model, layer, h);
    const before = Object.fromEntries(states.map((s) => [s, side.before(`l${l}.${s}`, t)]));
    const r = linear(layer.hh, before.h, layer.late, new Float32Array(gates.length * units));
    const put = (quantity, value) => {
      const site = `l${l}.${quantity}`;
      const row = side.row(site, t);
      for (let j = 0; j < units; j++) row[j] = value(j);
      for (const edit of edits[`${name}.${site}`] ?? []) change(edit, row, place);
      return row;
    };
    CELLS[config.cell](put, x, r, units, before);
    h = side.row(`l${l}.h`, t);
  });
  side.ids[t] = id;
  side.steps = t + 1;
  return h;
}

function cut(side) {
  for (const site in side.sites) side.sites[site] = side.sites[site].slice(0, side.steps * side.width);
  return side;
}

/** p of every word after h, and the likeliest that may be written: never <pad>, <unk>, <s>. */
function choose({ output, config }, h) {
  const p = softmax(linear(output.weight, h, output.bias, new Float32Array(config.target_vocabulary)));
  let best = END;
  for (let id = END + 1; id < p.length; id++) if (p[id] > p[best]) best = id;
  return { p, best };
}

/**
 * Read `ids` and write freely, as translate/model/search.py does (greedy).
 * forced: the decoder is fed these words instead of its own; it then takes forced.length + 1 steps.
 * @param {number[]} ids
 * @param {{edits?: Edit[], maxSteps?: number, forced?: number[]|null}} [options]
 * @returns {Run}
 */
function run(model, ids, { edits = [], maxSteps = 2 * ids.length + 20, forced = null } = {}) {
  const bySite = {};
  for (const edit of edits) bySite[edit.site] = [...(bySite[edit.site] ?? []), edit];
  const enc = makeSide(model, ids.length);
  const limit = forced ? forced.length + 1 : maxSteps;
  const dec = makeSide(model, limit);
  for (let t = 0; t < ids.length; t++) {
    const place = model.placeOf(t, ids.length);
    advance(model, "enc", enc, ids[place], t, place, bySite);
  }
  for (const site in dec.initial) dec.initial[site].set(enc.before(site, ids.length));
  const written = [];
  const probs = [];
  for (let t = 0, word = START; t < limit; t++) {
    const { p, best } = choose(model, advance(model, "dec", dec, word, t, t, bySite));
    written.push(best);
    probs.push(p);
    word = forced ? forced[t] : best;
    if (!forced && best === END) break;
  }
  return { enc: cut(enc), dec: cut(dec), written, finished: written.at(-1) === END, probs };
}

/**
 * @param {{config: Object, weights: Object<string, Float32Array>}} given
 */
export function makeModel({ config, weights }) {
  const { cell } = config;
  const side = (name, words) => ({
    layers: layersOf(config, weights, name),
    embedding: weights[`${words}_embedding.weight`],
    told: [],
  });
  const model = {
    config,
    weights,
    units: config.hidden,
    gates: GATES[cell],
    states: STATES[cell],
    memory: STATES[cell].at(-1),
    sides: { enc: side("encoder", "source"), dec: side("decoder", "target") },
    output: { weight: weights["output.weight"], bias: weights["output.bias"] },
    /** What word `id` tells the gates of a side's first layer; computed once a word. */
    told(name, id) {
      const { layers, embedding, told } = model.sides[name];
      const n = config.embedding;
      told[id] ??= project(model, layers[0], embedding.subarray(id * n, (id + 1) * n));
      return told[id];
    },
    /** Where in the written sentence of n words the encoder's step t reads. */
    placeOf: (t, n) => (config.reverse_source ? n - 1 - t : t),
    run: (ids, options) => run(model, ids, options),
  };
  return model;
}

export function softmax(logits) {
  let most = -Infinity;
  let sum = 0;
  for (const x of logits) if (x > most) most = x;
  for (let k = 0; k < logits.length; k++) sum += logits[k] = Math.exp(logits[k] - most);
  for (let k = 0; k < logits.length; k++) logits[k] /= sum;
  return logits;
}
