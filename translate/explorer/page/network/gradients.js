/**
 * How much of a nudge arrives: exact derivatives of a run, by backpropagation through time written out by hand.
 *
 * The same quantities as translate/lab/tracing/jacobian.py and Trace.gradient, without autograd. No DOM. Steps are
 * counted as in the run, in the order in which they are computed. The run must be a plain one: an edit cuts the chain.
 */

/**
 * ∂target/∂site at a step, directly.
 * @typedef {{side: "enc"|"dec", step: number, site: string, values: ArrayLike<number>}} Seed
 */
/** @typedef {{enc: Object<string, Float64Array>, dec: Object<string, Float64Array>}} Gradients  by site, [step·unit] */

/**
 * The gradient of a number with respect to every state of a run that it depends on, through all paths.
 * @param {Seed[]} seeds where the number is read off, and its derivative there
 * @param {"enc"|"dec"} [within] stay on this side
 * @returns {Gradients}
 */
export function backward(model, run, seeds, within) {
  const { units, states, sides, config } = model;
  const found = { enc: {}, dec: {} };
  const later = sides.enc.layers.map(() => Object.fromEntries(states.map((name) => [name, new Float64Array(units)])));
  for (const side of within ? [within] : ["dec", "enc"]) {
    const part = run[side];
    const { layers } = sides[side];
    const here = seeds.filter((seed) => seed.side === side);
    for (const site of layers.flatMap((_, l) => states.map((name) => `l${l}.${name}`)))
      found[side][site] = new Float64Array(part.steps * units);
    const last = side === "enc" && !within ? part.steps - 1 : Math.max(-1, ...here.map((seed) => seed.step));
    for (let t = last; t >= 0; t--) {
      for (const { step, site, values } of here) if (step === t) add(later[+site[1]][site.slice(3)], values);
      let above = null; // ∂/∂x of the layer above: it reads this layer's h
      for (let l = layers.length - 1; l >= 0; l--) {
        const now = later[l];
        const at = (name) => part.row(`l${l}.${name}`, t);
        if (above) add(now.h, above);
        const { x, before } = STEPS[config.cell](layers[l], at, (name) => part.before(`l${l}.${name}`, t), units, now);
        for (const name of states) found[side][`l${l}.${name}`].set(now[name], t * units);
        above = l ? product(layers[l].ih, x) : null;
        later[l] = before;
      }
    }
  }
  return found;
}

/** From ∂/∂(h, c) after a step to ∂/∂(h, c) before it, and to x: ∂/∂ what the word tells the gates. */
const STEPS = {
  lstm({ hh }, at, past, units, now) {
    const [i, f, g, o, c] = ["i", "f", "g", "o", "c"].map(at);
    const before = past("c");
    const x = new Float64Array(4 * units);
    const kept = new Float64Array(units);
    for (let j = 0; j < units; j++) {
      const tanh = Math.tanh(c[j]);
      now.c[j] += now.h[j] * o[j] * (1 - tanh * tanh); // c_t is also seen through h_t
      const dc = now.c[j];
      x[j] = dc * g[j] * i[j] * (1 - i[j]);
      x[units + j] = dc * before[j] * f[j] * (1 - f[j]);
      x[2 * units + j] = dc * i[j] * (1 - g[j] * g[j]);
      x[3 * units + j] = now.h[j] * tanh * o[j] * (1 - o[j]);
      kept[j] = dc * f[j];
    }
    return { x, before: { h: product(hh, x), c: kept } };
  },
  gru({ hh, late }, at, past, units, now) {
    const [r, z, n] = ["r", "z", "n"].map(at);
    const before = past("h");
    const x = new Float64Array(3 * units);
    const recurrent = new Float64Array(3 * units);
    const kept = new Float64Array(units);
    for (let j = 0; j < units; j++) {
      const dn = now.h[j] * (1 - z[j]) * (1 - n[j] * n[j]);
      const row = 2 * units + j;
      let told = late[row]; // what h tells the candidate; r scales it
      for (let k = 0; k < units; k++) told += hh[row * units + k] * before[k];
      x[j] = recurrent[j] = dn * told * r[j] * (1 - r[j]);
      x[units + j] = recurrent[units + j] = now.h[j] * (before[j] - n[j]) * z[j] * (1 - z[j]);
      x[row] = dn;
      recurrent[row] = dn * r[j];
      kept[j] = now.h[j] * z[j];
    }
    const h = product(hh, recurrent);
    add(h, kept);
    return { x, before: { h } };
  },
  rnn({ hh }, at, _past, _units, now) {
    const h = at("h");
    const x = now.h.map((dh, j) => dh * (1 - h[j] * h[j]));
    return { x, before: { h: product(hh, x) } };
  },
};

/**
 * ∂ one unit of the site at T / ∂ the site at every t through all paths of a side, [step·unit]: a row of each
 * Jacobian.
 */
export function jacobianRow(model, run, side, site, T, unit) {
  const values = new Float64Array(model.units);
  values[unit] = 1;
  return backward(model, run, [{ side, step: T, site, values }], side)[side][site];
}

/**
 * ‖∂s_T/∂s_t‖_F / √units for every t through all paths: how much longer a random nudge of the state s at t is when it
 * arrives at T, 1 for the identity. It takes a second: the generator yields after each row of the Jacobian.
 * @returns {Generator<null, Float64Array>} [step], 0 after T
 */
export function* gains(model, run, side, site, T) {
  const squares = new Float64Array(run[side].steps);
  for (let unit = 0; unit < model.units; unit++) {
    lengths(jacobianRow(model, run, side, site, T, unit), model.units).forEach((length, t) => {
      squares[t] += length ** 2;
    });
    yield null;
  }
  return squares.map((sum) => Math.sqrt(sum / model.units));
}

/**
 * What a generator comes to, in slices of some milliseconds, so that a page stays alive; never, once it is not
 * wanted.
 */
export function settled(generator, wanted = () => true) {
  return new Promise((done) => {
    const slice = () => {
      for (const end = performance.now() + 8; performance.now() < end; ) {
        if (!wanted()) return;
        const { value, done: ready } = generator.next();
        if (ready) return done(value);
      }
      setTimeout(slice);
    };
    slice();
  });
}

/** The same gain along the cell alone, diag(∏ f) of an LSTM, diag(∏ z) of a GRU; null without such a path. */
export function directGains(model, run, side, layer, T) {
  const gate = { lstm: "f", gru: "z" }[model.config.cell];
  const { row } = run[side];
  if (!gate) return null;
  const kept = new Float64Array(model.units).fill(1);
  const found = new Float64Array(run[side].steps);
  for (let t = T; t >= 0; t--) {
    found[t] = Math.hypot(...kept) / Math.sqrt(model.units);
    row(`l${layer}.${gate}`, t).forEach((f, j) => {
      kept[j] *= f;
    });
  }
  return found;
}

/**
 * The gradient of log p(word) at a decoder step (less that of another word: the log-odds) with respect to every state.
 * @returns {Gradients}
 */
export function wordGradient(model, run, step, word, other = null) {
  const push = Float64Array.from(run.probs[step], other === null ? (p) => -p : () => 0);
  push[word] += 1;
  if (other !== null) push[other] -= 1;
  return backward(model, run, [
    { side: "dec", step, site: `l${model.config.layers - 1}.h`, values: product(model.output.weight, push) },
  ]);
}

/** The length of a gradient [step·unit] at each step. */
export function lengths(gradient, units) {
  const found = new Float64Array(gradient.length / units);
  for (let t = 0, k = 0; t < found.length; t++) {
    let sum = 0;
    for (const end = k + units; k < end; k++) sum += gradient[k] * gradient[k];
    found[t] = Math.sqrt(sum);
  }
  return found;
}

/** Wᵀ z for W [rows, columns]; four rows at a time, which is three times as fast. */
function product(matrix, z) {
  const n = matrix.length / z.length;
  const out = new Float64Array(n);
  let row = 0;
  for (; row + 3 < z.length; row += 4) {
    const a = z[row];
    const b = z[row + 1];
    const c = z[row + 2];
    const d = z[row + 3];
    if (a || b || c || d)
      for (let k = 0, p = row * n; k < n; k++, p++)
        out[k] += a * matrix[p] + b * matrix[p + n] + c * matrix[p + 2 * n] + d * matrix[p + 3 * n];
  }
  for (; row < z.length; row++) for (let k = 0; k < n; k++) out[k] += z[row] * matrix[row * n + k];
  return out;
}

function add(into, values) {
  for (let j = 0; j < into.length; j++) into[j] += values[j];
}
