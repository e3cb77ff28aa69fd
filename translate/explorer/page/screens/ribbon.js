/** The gender in the memory, word by word, as one picture: what it is, and where it was stored and erased. */
import { gridLines, mark, path, picture, scale, svg } from "app/drawing/draw.js";
import { between, range } from "app/network/arrays.js";
import { genderOf, lookAlong, storedAt } from "app/network/readout.js";
import { valvesAt } from "app/network/walk.js";
import { GENDERS, genderName, SHAPES, SITES } from "app/words/terms.js";

/** A word is marked where it moves the memory's log-odds by at least this share of the largest such move. */
const MARKED = 0.5;

/** Along the gender direction: what each step writes, u·(i⊙g), and erases, u·((f−1)⊙c), in log-odds. */
function ledger(app, side, run) {
  const c = app.model.memory;
  const site = `${side}.l0.${c}`;
  const part = run[side];
  if (c !== "c" || !app.readout.has(site)) return null;
  const u = app.readout.direction(site);
  const written = [];
  const erased = [];
  for (let t = 0; t < part.steps; t++) {
    const before = part.before("l0.c", t);
    const [f, i, g] = ["f", "i", "g"].map((name) => part.row(`l0.${name}`, t));
    let w = 0;
    let e = 0;
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
  const fits = (t) => values[t] * wanted(t) > 0;
  const most = Math.max(1, ...values.map((x, t) => (fits(t) ? Math.abs(x) : 0)));
  return new Set(
    [...values.keys()]
      .filter((t) => fits(t) && Math.abs(values[t]) >= MARKED * most)
      .sort((a, b) => Math.abs(values[b]) - Math.abs(values[a]))
      .slice(0, 3),
  );
}

/** Where a gender is stored that lasts, and where one is no longer told because most of it was erased. */
export function marksOf(app, side, run) {
  const marks = ledger(app, side, run);
  const p = app.genders(side, run);
  if (!marks) return null;
  const sign = (x) => (x >= 0.5 ? 1 : -1);
  const first = app.readout.p(`${side}.l0.c`, run[side].initial["l0.c"]);
  const turns = (t) => genderOf(t ? p[t - 1] : first) !== genderOf(p[t]);
  return {
    ...marks,
    stored: new Set(
      storedAt(p)
        .slice(side === "dec" ? 1 : 0)
        .map(({ t }) => t),
    ), // the writer begins with the reader's
    gone: new Set([...strongest(marks.erased, (t) => -sign(t ? p[t - 1] : first))].filter(turns)),
  };
}

/** Rows of steps that fit the width: one for all, or one and more for each side. */
function rowsOf(n, m, fit) {
  if (n + m + 0.6 <= fit)
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
    const lines = Math.ceil(words / Math.floor(fit));
    const each = Math.ceil(words / lines);
    return range(lines).map((k) => [[side, k * each, Math.min(words, (k + 1) * each)]]);
  });
}

const TALL = 316;
const LEGEND = 16;
/** Where each part of a row is, from the top: valves from open to closed, genders, words, their English, tags, bars. */
const AT = { open: 34, closed: 90, feminine: 116, masculine: 182, word: 206, gloss: 221, tag: 237, zero: 284 };
/** What p(feminine) of 0, a half and 1 mean. */
const MARKS = [SHAPES.m, SHAPES.null, SHAPES.f];
const NAMES = [`${GENDERS.m} ${SHAPES.m}`, GENDERS.null, `${GENDERS.f} ${SHAPES.f}`];

/** The valves of the memory at each step of a side, as the view looks at them, and where they are read off. */
function valvesOf(app, view, side, run) {
  const look = lookAlong(app, view, side, app.model.memory);
  const all = range(run[side].steps).map((t) => valvesAt(app, look, view.layer, run[side], t));
  const genders = side === "enc" && app.genders(side, run);
  const marked = genders ? storedAt(genders).map(({ t }) => t) : [];
  return all.every(Boolean) ? { f: all.map(({ f }) => f), i: all.map(({ i }) => i), marked, look } : null;
}

/** What all rows share: the room at the left, the genders and marks of both sides, and how high a bar is. */
function measuresOf(app, view, { n, m, now }, width) {
  const wide = width > 500;
  const left = wide ? 92 : 30;
  const marks = { enc: marksOf(app, "enc", now), dec: marksOf(app, "dec", now) };
  const moves = Object.values(marks).flatMap((l) => (l ? [...l.written, ...l.erased].map(Math.abs) : []));
  const most = Math.max(1, ...moves);
  return {
    width,
    wide,
    left,
    rows: rowsOf(n, m, (width - left) / 40),
    marks,
    genders: { enc: app.genders("enc", now), dec: app.genders("dec", now) },
    valves: { enc: valvesOf(app, view, "enc", now), dec: valvesOf(app, view, "dec", now) },
    tall: (value) => (Math.abs(value) / most) * 27,
    y: scale([0, 1], [AT.masculine, AT.feminine]),
    open: scale([0, 1], [AT.closed, AT.open]),
  };
}

/** The two valves over the words, as lines; their numbers where the gender is stored. */
function valveLines({ valves, open }, side, steps, x) {
  if (!valves[side]) return null;
  const { marked, ...lines } = valves[side];
  return ["f", "i"].map((name) => {
    const value = (t) => lines[name][t];
    const other = name === "f" ? "i" : "f";
    const number = (t) => {
      const y = open(value(t)) + (value(t) > lines[other][t] ? -7 : 16);
      return svg("text", { x: x(t), y, "text-anchor": "middle", class: "strong" }, value(t).toFixed(2));
    };
    return svg(
      "g",
      { class: `valve ${name}` },
      svg("path", { d: path(steps.map((t) => [x(t), open(value(t))])) }),
      svg("path", {
        class: "dots",
        d: steps.map((t) => `M${x(t).toFixed(1)} ${open(value(t)).toFixed(1)}h0`).join(""),
      }),
      marked.filter((t) => steps.includes(t)).map(number),
    );
  });
}

/** Which line is which valve, and of which units. */
function valveLegend(left, { enc }, isBest, wide) {
  if (!enc) return null;
  const line = (name, x, text) =>
    svg("g", { class: `valve ${name}` }, svg("path", { d: `M${x} 10h22` }), svg("text", { x: x + 28, y: 14 }, text));
  return [
    line("f", left, SITES.f),
    line("i", left + 118, SITES.i),
    wide
      ? svg(
          "text",
          { x: left + 248, y: 14, class: "muted" },
          `(${enc.look.name}${isBest ? ", which tell the gender best" : ""})`,
        )
      : null,
  ];
}

/** One row: its parts beside each other. `places` are given where its words stand. */
function drawRow(app, measures, parts, top, places) {
  const { width, wide, genders, marks, y, open, tall, valves } = measures;
  const count = parts.reduce((sum, [, from, to]) => sum + to - from, 0) + (parts.length - 1) * 0.6;
  const column = Math.min(96, (width - measures.left) / count);
  const right = measures.left + count * column;
  const { zero } = AT;
  const layers = [
    valves.enc ? gridLines([0, 1], open, measures.left, right, (v) => ["closed", "open"][v]) : null,
    gridLines([0, 0.5, 1], y, measures.left, right, (p) => (wide ? NAMES : MARKS)[2 * p]),
    svg(
      "text",
      { x: measures.left - 6, y: zero, "text-anchor": "end", "dominant-baseline": "middle", class: "muted" },
      wide ? "moved by" : "±",
    ),
    svg("line", { x1: measures.left, x2: right, y1: zero, y2: zero, class: "axis" }),
  ];
  let left = measures.left;
  for (const [side, from, to] of parts) {
    const start = left;
    const x = (t) => start + column * (t - from + 0.5);
    const steps = between(from, to - 1);
    if (!from)
      layers.push(
        svg("text", { x: left + 4, y: 14, class: "muted" }, side === "enc" ? "reading English" : "writing Czech"),
      );
    layers.push(valveLines(measures, side, steps, x));
    if (genders[side])
      layers.push(svg("path", { class: "line thin", d: path(steps.map((t) => [x(t), y(genders[side][t])])) }));
    for (const t of steps) {
      const here = { x: x(t), y, tall, column, marks: marks[side], p: genders[side]?.[t] };
      const node = word(app, side, t, here);
      places[app.placeOf(side, t)] = { node, x: x(t) - column / 2, y: top + 22, column };
      layers.push(node);
    }
    left += column * (to - from + 0.6);
  }
  return svg("g", { transform: `translate(0 ${top})` }, layers);
}

/**
 * Every word in its column: the two valves of the memory, p(feminine) as a line of marks, its English; below it what
 * the word wrote into the gender and erased.
 * @returns {{node: SVGElement, place: (at: number) => void}} the picture, and what moves its cursor
 */
export function ribbon(app, view, runs, width) {
  const measures = measuresOf(app, view, runs, width);
  const { rows } = measures;
  const cursor = svg("rect", { class: "now", height: TALL - 22, rx: 6 });
  const places = [];
  const node = picture(
    width,
    LEGEND + rows.length * (TALL + 14),
    "The valves of the memory and the gender in it at every word, from masculine (below) to feminine (above)",
    cursor,
    valveLegend(measures.left, measures.valves, view.unit === "best", width > 800),
    rows.map((parts, k) => drawRow(app, measures, parts, LEGEND + k * (TALL + 14), places)),
  );
  let last = null;
  return {
    node,
    place(at) {
      const { node: now, x, y, column } = places[at];
      for (const [name, value] of Object.entries({ x, y, width: column })) cursor.setAttribute(name, value);
      last?.classList.remove("strong");
      now.classList.add("strong");
      last = now;
    },
  };
}

/** A word in its column: its mark, its text, and the bars of what it moved. */
function word(app, side, t, { x, y, column, marks, p, tall }) {
  const { zero } = AT;
  const text = app.wordAt(side, t);
  const cut = (name, size) => (name.length * size > column ? `${name.slice(0, Math.floor(column / size) - 1)}…` : name);
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
  const amounts = marks && ["written", "erased"].map((kind) => marks[kind][t].toFixed(1));
  const moved = marks ? `; wrote ${amounts[0]}, erased ${amounts[1]} (log-odds of feminine)` : "";
  const tags = [marks?.stored.has(t) && "stored", marks?.gone.has(t) && "erased"].filter(Boolean);
  return svg(
    "g",
    { onclick: () => app.go(side, t) },
    p === undefined ? null : mark(genderOf(p), x, y(p), 6),
    svg(
      "text",
      { x, y: AT.word, "text-anchor": "middle", class: "name", lang: side === "dec" ? "cs" : null },
      cut(text, 7.6),
    ),
    side === "dec"
      ? svg(
          "text",
          { x, y: AT.gloss, "text-anchor": "middle", class: "gloss" },
          cut(app.gloss(text).replace(/(.) [(/;,].*/, "$1"), 6.2),
        )
      : null,
    tags.map((tag, k) => svg("text", { x, y: AT.tag + 11 * k, "text-anchor": "middle", class: `tag ${tag}` }, tag)),
    bars,
    svg(
      "rect",
      { class: "hit", x: x - column / 2, y: 22, width: column, height: TALL - 22 },
      svg("title", null, `${text}: ${p === undefined ? "" : genderName(p)}${moved}`),
    ),
  );
}
