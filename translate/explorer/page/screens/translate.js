/** Translate: how sure each word is, and the gender that the memory holds at each word, with where it was stored and erased. */
import { el, fill, svg, picture, scale, gridLines, path, mark, percent } from "app/draw.js";
import { genderOf, said, NAMES } from "app/readout.js";

const TEN = 10;
/** A word is marked where it moves the memory's log-odds by at least this share of the largest such move. */
const MARKED = 0.5;

/** Along the gender direction: what each step writes, u·(i⊙g), and erases, u·((f−1)⊙c), in log-odds. */
export function ledger(app, side, run) {
  const c = app.model.memory,
    site = `${side}.l0.${c}`,
    part = run[side];
  if (c !== "c" || !app.readout.has(site)) return null;
  const u = app.readout.direction(site),
    written = [],
    erased = [];
  for (let t = 0; t < part.steps; t++) {
    const before = part.before("l0.c", t),
      [f, i, g] = ["f", "i", "g"].map((name) => part.row(`l0.${name}`, t));
    let w = 0,
      e = 0;
    for (let k = 0; k < u.length; k++) {
      w += u[k] * i[k] * g[k];
      e += u[k] * (f[k] - 1) * before[k];
    }
    written.push(w);
    erased.push(e);
  }
  return { written, erased };
}

/** The words that move the gender most in the direction asked for, three at most, each at least half of the largest. */
function strongest(values, wanted) {
  const fits = (t) => values[t] * wanted(t) > 0,
    most = Math.max(1, ...values.map((x, t) => (fits(t) ? Math.abs(x) : 0)));
  return new Set(
    [...values.keys()]
      .filter((t) => fits(t) && Math.abs(values[t]) >= MARKED * most)
      .sort((a, b) => Math.abs(values[b]) - Math.abs(values[a]))
      .slice(0, 3),
  );
}

/** Where the gender that is then told was stored, and where the one told before was erased. */
function marksOf(app, side, run) {
  const marks = ledger(app, side, run),
    p = app.genders(side, run);
  if (!marks) return null;
  const sign = (x) => (x >= 0.5 ? 1 : -1),
    first = app.readout.p(`${side}.l0.c`, run[side].initial["l0.c"]);
  return {
    ...marks,
    stored: strongest(marks.written, (t) => sign(p[t])),
    gone: strongest(marks.erased, (t) => -sign(t ? p[t - 1] : first)),
  };
}

/** Rows of steps that fit the width: one for all, or one and more for each side. */
function rowsOf(n, m, fit) {
  if (n + m + 1 <= fit)
    return [
      [
        ["enc", 0, n],
        ["dec", 0, m],
      ],
    ];
  return [
    ["enc", n],
    ["dec", m],
  ].flatMap(([side, words]) => {
    const lines = Math.ceil(words / fit),
      each = Math.ceil(words / lines);
    return Array.from({ length: lines }, (_, k) => [[side, k * each, Math.min(words, (k + 1) * each)]]);
  });
}

const TALL = 254;

/**
 * Every word in its column: p(feminine) as a line of marks; below it what the word wrote into the gender and erased of it.
 * @returns {{node: SVGElement, place: (at: number) => void}} the picture, and what moves its cursor
 */
function ribbon(app, runs, width) {
  const wide = width > 500,
    LEFT = wide ? 92 : 30,
    { n, m, now } = runs,
    rows = rowsOf(n, m, Math.floor((width - LEFT) / 50));
  const marks = { enc: marksOf(app, "enc", now), dec: marksOf(app, "dec", now) },
    genders = { enc: app.genders("enc", now), dec: app.genders("dec", now) };
  const most = Math.max(
    1,
    ...Object.values(marks).flatMap((l) => (l ? [...l.written, ...l.erased].map(Math.abs) : [])),
  );
  const tall = (value) => (Math.abs(value) / most) * 38;
  const cursor = svg("rect", { class: "now", height: 230, rx: 6 }),
    places = [];
  const drawn = rows.map((parts, row) => {
    const count = parts.reduce((sum, [, from, to]) => sum + to - from, 0) + (parts.length - 1) * 0.6,
      column = Math.min(96, (width - LEFT) / count);
    const y = scale([0, 1], [126, 32]),
      zero = 214,
      right = LEFT + count * column;
    const layers = [
      gridLines(
        [0, 0.5, 1],
        y,
        LEFT,
        right,
        (p) => (wide ? ["masculine ●", "undecided", "feminine ■"] : ["●", "◇", "■"])[2 * p],
      ),
      svg(
        "text",
        { x: LEFT - 6, y: zero, "text-anchor": "end", "dominant-baseline": "middle", class: "muted" },
        wide ? "moved by" : "±",
      ),
      svg("line", { x1: LEFT, x2: right, y1: zero, y2: zero, class: "axis" }),
    ];
    let left = LEFT;
    for (const [side, from, to] of parts) {
      const x = (t) => left + column * (t - from + 0.5),
        steps = Array.from({ length: to - from }, (_, k) => from + k);
      if (!from)
        layers.push(
          svg("text", { x: left + 4, y: 18, class: "muted" }, side === "enc" ? "reading English" : "writing Czech"),
        );
      if (genders[side])
        layers.push(svg("path", { class: "line thin", d: path(steps.map((t) => [x(t), y(genders[side][t])])) }));
      for (const t of steps) {
        const node = word(app, runs, side, t, {
          x: x(t),
          y,
          zero,
          column,
          marks: marks[side],
          p: genders[side]?.[t],
          tall,
        });
        places[side === "enc" ? t : n + t] = { node, x: x(t) - column / 2, y: row * (TALL + 14) + 24, column };
        layers.push(node);
      }
      left += column * (to - from + 0.6);
    }
    return svg("g", { transform: `translate(0 ${row * (TALL + 14)})` }, layers);
  });
  const node = picture(
    width,
    rows.length * (TALL + 14),
    "The gender in the memory at every word, from masculine (below) to feminine (above)",
    cursor,
    drawn,
  );
  let last = null;
  return {
    node,
    place(at) {
      const { node: now, x, y, column } = places[at];
      for (const [name, value] of [
        ["x", x],
        ["y", y],
        ["width", column],
      ])
        cursor.setAttribute(name, value);
      last?.classList.remove("strong");
      (last = now).classList.add("strong");
    },
  };
}

function word(app, { n, now }, side, t, { x, y, zero, column, marks, p, tall }) {
  const at = side === "enc" ? t : n + t,
    text = side === "enc" ? app.read("enc", t) : app.target.word(now.written[t]),
    fits = Math.floor(column / 6.4);
  const bars =
    marks &&
    [
      ["written", marks.written[t], -9],
      ["erased", marks.erased[t], 1],
    ].map(([kind, value, dx]) =>
      svg("rect", {
        class: `${value > 0 ? "bar-f" : "bar-m"} ${kind}`,
        x: x + dx,
        width: 8,
        y: value > 0 ? zero - tall(value) : zero,
        height: tall(value),
      }),
    );
  const tags = [marks?.stored.has(t) && "stored", marks?.gone.has(t) && "erased"].filter(Boolean);
  return svg(
    "g",
    { onclick: () => app.store.set({ at }) },
    p === undefined ? null : mark(genderOf(p), x, y(p), 6),
    svg(
      "text",
      { x, y: 149, "text-anchor": "middle", lang: side === "dec" ? "cs" : null },
      text.length > fits ? `${text.slice(0, fits - 1)}…` : text,
    ),
    tags.map((tag, k) => svg("text", { x, y: 164 + 11 * k, "text-anchor": "middle", class: `tag ${tag}` }, tag)),
    bars,
    svg(
      "rect",
      { class: "hit", x: x - column / 2, y: 24, width: column, height: TALL - 24 },
      svg(
        "title",
        null,
        `${text}: ${p === undefined ? "" : said(p)}${marks ? `; wrote ${marks.written[t].toFixed(1)}, erased ${marks.erased[t].toFixed(1)} (log-odds of feminine)` : ""}`,
      ),
    ),
  );
}

function likeliest(app, runs, t) {
  const p = runs.now.probs[t],
    order = [...p.keys()].sort((a, b) => p[b] - p[a]).slice(0, TEN);
  return el(
    "div",
    { class: "bars" },
    order.map((id, k) =>
      el(
        "div",
        { class: k ? "" : "first" },
        app.explain(el("span", null, app.czech(app.target.word(id))), app.about(app.target.word(id))),
        el("i", { style: { width: `${Math.max(0.6, 100 * p[id])}%` } }),
        el("span", null, percent(p[id])),
      ),
    ),
  );
}

/** What the ribbon shows, in a sentence or two about this sentence. */
function story(app, runs) {
  const marks = marksOf(app, "dec", runs.now),
    genders = app.genders("dec", runs.now);
  if (!genders || !marks || !runs.n) return "";
  const name = (set) => [...set].map((t) => `“${app.target.word(runs.now.written[t])}”`).join(", ");
  const turns = genders.flatMap((p, t) =>
    t &&
    genderOf(p) &&
    genderOf(genders[t - 1]) !== genderOf(p) &&
    genders.slice(0, t).some((q) => genderOf(q) && genderOf(q) !== genderOf(p))
      ? [t]
      : [],
  );
  const begin = `The writer starts with ${said(genders[0])} in its memory, which the reader handed over`;
  return `${begin}${turns.length ? `, and it turns to ${NAMES[genderOf(genders[turns[0]])]} at “${app.target.word(runs.now.written[turns[0]])}”` : ", and the gender never turns"}. Most of it is stored at ${name(marks.stored) || "no word in particular"}, and most is erased at ${name(marks.gone) || "no word"}.`;
}

export const screen = {
  id: "translate",
  title: "Translate",
  question: "Where in the sentence does the network hold the gender, and how sure is it of each Czech word?",
  mount(root, app) {
    const figure = el("div"),
      text = el("p"),
      list = el("div"),
      title = el("h3");
    const pick = el("div", { class: "choice" });
    root.append(
      el(
        "div",
        { class: "card" },
        el("h3", null, "The ", app.term("gender"), " in the ", app.term("cell state"), ", word by word"),
        text,
        figure,
        el(
          "p",
          { class: "small" },
          "Above: the gender that one fixed direction of the memory tells after each word. Below: by how much the word moved it, left bar written, right bar erased, up towards feminine; ",
          "“stored” stands where most of the gender then told was written, “erased” where most of the one before was taken away (three words at most, each at least half of the largest). ",
          "The direction is read from the memory, it is a correlation; what it does is asked under What if.",
        ),
      ),
      el(
        "div",
        { class: "two" },
        el("div", { class: "card" }, title, pick, list),
        el(
          "div",
          { class: "card" },
          el("h3", null, "Is this sentence typical?"),
          app.aggregate("stored-decoder"),
          el("br"),
          app.aggregate("agreement"),
        ),
      ),
    );
    let drawn = null,
      width = 0; // asked for only where it may have changed: it costs a layout
    return {
      update(view, runs, why) {
        const { side, t } = app.where(),
          step = side === "dec" ? t : 0;
        if (why.has("shown") || why.has("size")) width = Math.max(260, figure.clientWidth);
        if (["runs", "shown", "size"].some((name) => why.has(name))) {
          drawn = ribbon(app, runs, width);
          fill(figure, drawn.node);
          fill(text, story(app, runs));
        }
        drawn.place(view.at);
        const read = step ? `after “${app.target.word(runs.now.written[step - 1])}”` : "the first word";
        fill(
          title,
          side === "dec"
            ? `The ten likeliest words ${read}`
            : "The ten likeliest first words (no Czech word is under the cursor)",
        );
        fill(list, likeliest(app, runs, step));
      },
    };
  },
};
